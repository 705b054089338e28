package dev.affray.agent.upload;

import java.util.OptionalLong;

/**
 * How much of the uplink may be used.
 *
 * @param concurrency frames uploaded at once
 * @param bytesPerSecond of pictures, over all; empty for as fast as it goes
 */
public record UploadLimits(int concurrency, OptionalLong bytesPerSecond) {
    public static final UploadLimits DEFAULT = new UploadLimits(4, OptionalLong.empty());
}
