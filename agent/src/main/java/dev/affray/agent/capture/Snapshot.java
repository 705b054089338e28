package dev.affray.agent.capture;

import java.time.Instant;

/** What came of asking a camera for a picture of now. */
public sealed interface Snapshot {
    /**
     * The file is there, whole: a JPEG as frames are, masks painted over.
     *
     * @param at when it was taken
     * @param bytes the size of the file
     */
    record Written(Instant at, long bytes) implements Snapshot {}

    /**
     * There is no file.
     *
     * @param detail why, in one line for a person
     */
    record Refused(Reason reason, String detail) implements Snapshot {}

    /** Why there is no picture. */
    enum Reason {
        /** The camera is disarmed: nobody sees through it then. */
        DISARMED,
        /** None came in time. */
        NO_PICTURE,
        /** No such camera runs (any more). */
        NOT_RUNNING
    }
}
