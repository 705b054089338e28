package dev.affray.cloud.inference;

/** Why a frame must come again. Each calls for something else, so that callers can count and alarm by it. */
public enum Cause {
    /** Asked too often: it passes by itself, or a quota wants raising. */
    THROTTLED,
    /** The model is stopped or still starting: somebody must start it. */
    MODEL_NOT_RUNNING,
    /** Credentials or permissions are missing or expired: somebody must grant them. */
    DENIED,
    /** The detector does not know what it was asked for, such as a model that is not there: somebody must correct the configuration. */
    MISCONFIGURED,
    /** The picture cannot be read: it is gone, or the reader lacks the permission; nobody but the reader's owner can tell which. */
    UNREADABLE,
    /** No answer in time. */
    SLOW,
    /** Something failed: the detector's service, or a store. */
    FAILED,
    /** Not looked at: the caller's time was up. */
    NO_TIME
}
