package dev.affray.agent.capture;

/** A source that cannot be opened or read (on). The message is the reason in words for a person, without credentials. */
final class CaptureException extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean hopeless;

    private CaptureException(String reason, boolean hopeless) {
        super(reason);
        this.hopeless = hopeless;
    }

    /** Something that may pass. */
    static CaptureException passing(String reason) {
        return new CaptureException(reason, false);
    }

    /** Something that only a person can put right. */
    static CaptureException hopeless(String reason) {
        return new CaptureException(reason, true);
    }

    boolean isHopeless() {
        return hopeless;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
