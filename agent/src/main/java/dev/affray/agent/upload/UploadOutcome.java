package dev.affray.agent.upload;

/** What became of one attempt to store a frame, named by the reaction it asks for. */
public sealed interface UploadOutcome {
    /** S3 has the frame, by this attempt or an earlier one: it may leave the spool. */
    record Stored() implements UploadOutcome {}

    /** It may work later; the frame stays. {@code reason} is fit for a log. */
    record Retry(String reason) implements UploadOutcome {}

    /** No answer came; the uplink may be back at any moment, and the frame stays. {@code reason} is fit for a log. */
    record Unreachable(String reason) implements UploadOutcome {}

    /** It can never work with this frame. {@code reason} is fit for a log. */
    record Rejected(String reason) implements UploadOutcome {}
}
