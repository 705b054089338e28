package dev.affray.cloud.local.web;

import java.util.Optional;

/** Where the console finds pictures. */
@FunctionalInterface
public interface FrameBytes {
    /**
     * A frame's JPEG; empty when it is not kept, or no longer.
     *
     * @param key a well-formed frame key, and nothing else
     */
    Optional<byte[]> read(String key);
}
