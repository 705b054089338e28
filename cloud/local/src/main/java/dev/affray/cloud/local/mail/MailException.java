package dev.affray.cloud.local.mail;

/** A mail was not accepted by the server, or the server not reached; the message says why and holds no credentials. */
public final class MailException extends Exception {
    private static final long serialVersionUID = 1;

    MailException(String message) {
        super(message);
    }

    MailException(String message, Throwable cause) {
        super(message, cause);
    }
}
