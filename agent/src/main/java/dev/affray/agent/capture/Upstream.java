package dev.affray.agent.capture;

import java.util.Optional;

/**
 * The agent's own connection to a camera, behind what FFmpeg reads. So certificates are verified, redirects refused and logins answered here, and FFmpeg
 * never has a login.
 */
interface Upstream extends AutoCloseable {
    /** Why the camera was given up, in words for a person; empty while it was not. */
    Optional<String> refusal();

    /** Ends the connection. Idempotent. */
    @Override
    void close();
}
