package dev.affray.agent.spool;

import dev.affray.frame.Frame;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A frame that is being uploaded. It is on no one else's hands and cannot be evicted until it is given back by exactly one of {@code done}, {@code
 * retry}, {@code reject} and {@code unreadable}.
 *
 * @param frame which
 * @param file its picture
 * @param size of the picture in bytes
 * @param age since it was spooled, by the monotonic clock; empty when that cannot be known for certain: then it counts as late
 */
public record Lease(Frame frame, Path file, long size, Optional<Duration> age) {}
