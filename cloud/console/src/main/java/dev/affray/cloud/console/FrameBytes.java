package dev.affray.cloud.console;

import java.util.Optional;

/** Where the console finds pictures. Thread-safe. */
@FunctionalInterface
public interface FrameBytes {
    /**
     * A frame's JPEG; empty when it is not kept, or no longer.
     *
     * @param key a well-formed frame key, and nothing else
     */
    Optional<byte[]> read(String key);
}
