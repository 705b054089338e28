package dev.affray.camera;

import java.util.Optional;

/**
 * Where a camera's video comes from. Credentials are never part of it: {@code secret} names an entry in the gateway's own secrets file.
 *
 * @param url rtsp, rtsps, http or https, without user information
 * @param transport how RTP travels; only RTSP has a choice
 * @param secret the name of a secret on the gateway, written {@code secret:NAME}
 * @param fingerprint the SHA-256 of the only certificate it may show, 64 lower-case hexadecimal digits; without one the gateway's trust decides
 */
public record Source(String url, Transport transport, Optional<String> secret, Optional<String> fingerprint) {
    /** RTP over the RTSP connection, over UDP, or UDP first and then TCP. */
    public enum Transport {
        TCP,
        UDP,
        AUTO
    }
}
