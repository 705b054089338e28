package dev.affray.camera;

import java.util.Optional;

/**
 * Where a camera's video comes from. Credentials are never part of it: {@code secret} names an entry in the gateway's own secrets file.
 *
 * @param url rtsp, rtsps, http or https, without user information; or v4l2, of a {@link VideoDevice}
 * @param transport how RTP travels; only RTSP has a choice
 * @param secret the name of a secret on the gateway, written {@code secret:NAME}
 * @param fingerprint the SHA-256 of the only certificate it may show, 64 lower-case hexadecimal digits; without one the gateway's trust decides
 * @param decoder what decodes the video; where it cannot, the gateway falls back to software and says so
 */
public record Source(
        String url, Transport transport, Optional<String> secret, Optional<String> fingerprint, Decoder decoder) {
    /** RTP over the RTSP connection, over UDP, or UDP first and then TCP. */
    public enum Transport {
        TCP,
        UDP,
        AUTO
    }

    /** The processor alone; or hardware, of one kind, or of whichever kind the gateway has. */
    public enum Decoder {
        AUTO,
        SOFTWARE,
        VAAPI,
        V4L2M2M,
        CUDA
    }
}
