package dev.affray.agent.capture;

import java.util.Optional;

/**
 * What FFmpeg connects to instead of a camera: an address on the loopback interface, behind which the agent itself speaks to the camera. So certificates are
 * verified, redirects refused and logins answered here, and FFmpeg never has a login. Whoever does not know the address, which is random, gets nothing there.
 */
interface Relay extends AutoCloseable {
    /** What FFmpeg is to open. */
    String url();

    /** Why the relay gave the camera up, in words for a person; empty while it did not. */
    Optional<String> refusal();

    /** Ends both connections. Idempotent. */
    @Override
    void close();
}
