package dev.affray.cloud.inference;

import dev.affray.cloud.inference.Inference.Outcome;
import java.util.List;

/** What becomes of a queue message. Whatever it is, the frames in {@link #done} have their detections. */
public sealed interface Fate {
    /** The frames of the message that are judged and stored. */
    List<Outcome.Done> done();

    /** How many frames of the message were captured while their camera was disarmed: nothing is stored of them. */
    long disarmed();

    /** Nothing is left to do: the message may be deleted. */
    record Settled(List<Outcome.Done> done, long disarmed) implements Fate {}

    /** The message must be delivered again. One that holds refused events too is put off first; those are set aside when all else is done. */
    record PutOff(List<Outcome.Done> done, long disarmed, List<Outcome.Later> waiting) implements Fate {
        /** Whether every event that waits does so for this cause. */
        public boolean only(Cause cause) {
            return waiting.stream().allMatch(later -> later.cause() == cause);
        }
    }

    /** Nothing is left to do, and part of the message, or all of it, can never be judged: keep it for people to look at, then delete it. */
    record SetAside(List<Outcome.Done> done, long disarmed, List<String> reasons) implements Fate {}
}
