package dev.affray.agent.capture;

import java.time.Instant;
import java.util.Optional;

/** What came of asking a camera for a clip. */
public sealed interface Clip {
    /**
     * The file is there, whole: MP4 with the camera's own packets, not encoded again, without audio.
     *
     * @param from when its first picture was taken, a key picture: at or before the time asked for, or the first that is kept
     * @param to when its last picture was taken
     * @param pictures how many it holds
     * @param bytes the size of the file
     * @param rest where the stream changed its form, so that what was taken from then on does not fit in; ask for it on its own
     */
    record Written(Instant from, Instant to, int pictures, long bytes, Optional<Instant> rest) implements Clip {}

    /**
     * There is no file, and asking again is no use.
     *
     * @param detail why, in one line for a person
     */
    record Refused(Reason reason, String detail) implements Clip {}

    /** Why there is no clip. */
    enum Reason {
        /** The gateway keeps no video. */
        OFF,
        /** The camera has privacy masks, which only decoded pictures can be given. */
        MASKED,
        /** Nothing that was taken at that time is in memory (any more). */
        NOTHING_KEPT,
        /** An MP4 file cannot hold this video. */
        UNFIT,
        /** No such camera runs. */
        NOT_RUNNING
    }
}
