package dev.affray.agent.spool;

import dev.affray.frame.Frame;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * The index's row for a frame on disk.
 *
 * @param order its place in the queue: later frames have larger ones
 * @param size of the picture in bytes
 * @param footprint bytes of disk that it takes up
 * @param heldSinceNanos monotonic time since which it counts towards the age bound
 * @param spooledNanos monotonic time at which it was spooled, when that is certain
 */
record Entry(
        long order, Frame frame, Path file, long size, long footprint, long heldSinceNanos, OptionalLong spooledNanos) {
    String camera() {
        return frame.camera().camera();
    }
}
