package dev.affray.agent.desired;

import java.io.IOException;

/** What is desired could not be read or changed; the message says why, and what to do. */
public final class DesiredException extends IOException {
    private static final long serialVersionUID = 1;

    private final boolean conflict;

    DesiredException(String message, Throwable cause) {
        this(message, false, cause);
    }

    DesiredException(String message, boolean conflict, Throwable cause) {
        super(message, cause);
        this.conflict = conflict;
    }

    public DesiredException(String message) {
        super(message);
        this.conflict = false;
    }

    /** Whether somebody else changed the shadow meanwhile. */
    boolean isConflict() {
        return conflict;
    }
}
