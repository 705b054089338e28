package dev.affray.cloud.inference;

import dev.affray.frame.FrameKey;

/** Judges one frame. Implementations are thread-safe. */
public interface Detector {
    /** What a detector says. */
    sealed interface Opinion {
        /**
         * It has looked.
         *
         * @param detector the name of the one that did, stored with the detection
         * @param label what it saw, in its own words
         * @param confidence 0 to 100
         */
        record Judged(String detector, String label, double confidence) implements Opinion {}

        /**
         * It cannot look now; the frame must come back later.
         *
         * @param cause what it is waiting for
         * @param reason the same in words, with what to do; no secrets, no account
         */
        record Later(Cause cause, String reason) implements Opinion {}

        /** It can never judge this frame. */
        record Unusable(String reason) implements Opinion {}
    }

    /** A short name. */
    String name();

    /** Judges the frame behind a key. */
    Opinion judge(String bucket, FrameKey key);
}
