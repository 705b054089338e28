package dev.affray.agent.capture;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a camera lets itself be spoken to.
 *
 * @param logins the ways to sign in that it offered when it asked for a login, such as {@code Digest, realm "Camera", MD5}; empty when it never asked
 * @param certificate what it showed over TLS; null when there was none
 * @param transport how RTP came: {@code TCP} or {@code UDP}; null when it is not known or not RTSP
 * @param contentType of what was sent over HTTP; null when there was nothing
 * @param audio whether it offers sound; null when it did not come to that
 */
public record Access(
        List<String> logins,
        @Nullable Certificate certificate,
        @Nullable String transport,
        @Nullable String contentType,
        @Nullable Boolean audio) {
    public Access {
        logins = List.copyOf(logins);
    }

    /** Whether anything answered over the network at all; a file does not. */
    public boolean answered() {
        return transport != null || contentType != null || !logins.isEmpty();
    }

    /**
     * A camera's certificate.
     *
     * @param sha256 its fingerprint, pairs of upper-case hexadecimal digits with colons between them
     * @param trust why it is trusted, or that it is not
     */
    public record Certificate(String sha256, Trust trust) {}

    /** Whether and why a certificate is trusted. */
    public enum Trust {
        /** An authority vouches for it, and for this host. */
        AUTHORITY,

        /** It is the pinned one. */
        PINNED,

        /** It is not. */
        NONE
    }
}
