package dev.affray.agent.enroll;

/** Why a gateway could not be enrolled, for the person at the terminal. */
public final class EnrolmentException extends Exception {
    private static final long serialVersionUID = 1;

    EnrolmentException(String message) {
        super(message);
    }
}
