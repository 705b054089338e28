package dev.affray.cloud.alerting;

/** Takes messages to people: SNS and SES in AWS, SMTP and webhooks in the local edition. Thread-safe; returns or throws within the claim's lease. */
public interface Publisher {
    /**
     * Hands a message over.
     *
     * @return the other side's receipt, such as a message id
     * @throws PublishException when nobody said that it was taken; it will be tried again
     */
    String publish(Message message) throws PublishException;

    /** Why an alert has no receipt, as far as the next try is concerned. */
    enum Reason {
        /** The other side takes nothing now: it is out of reach, throttles or forbids. Leave it alone for a moment. */
        UNAVAILABLE,
        /** The other side does not want this one alert; others may well be taken. */
        UNFIT,
        /** The alert left, and no answer came: it may have been taken, so that the next try may repeat it. */
        UNANSWERED
    }

    /** An alert has no receipt. The message says why, and holds no secret. */
    final class PublishException extends Exception {
        private static final long serialVersionUID = 1;
        private final Reason reason;

        /** The other side is unavailable. */
        public PublishException(String message, Throwable cause) {
            this(Reason.UNAVAILABLE, message, cause);
        }

        public PublishException(Reason reason, String message, Throwable cause) {
            super(message, cause);
            this.reason = reason;
        }

        public Reason reason() {
            return reason;
        }
    }
}
