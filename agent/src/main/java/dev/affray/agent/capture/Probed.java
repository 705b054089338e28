package dev.affray.agent.capture;

/** What came of a {@link Probe}. */
public sealed interface Probed {
    /** What was learned of the camera itself. */
    Access access();

    /**
     * There is video.
     *
     * @param facts what it is like
     * @param ending why it was lost before it was watched for long enough; empty when it was not
     */
    record Video(Access access, StreamFacts facts, String ending) implements Probed {}

    /**
     * There is none.
     *
     * @param reason why, in words for a person
     */
    record Nothing(Access access, String reason) implements Probed {}
}
