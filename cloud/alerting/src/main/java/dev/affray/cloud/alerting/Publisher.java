package dev.affray.cloud.alerting;

/** Takes an alert to people: SNS in AWS, SMTP in the local edition. Thread-safe; returns or throws within the claim's lease. */
public interface Publisher {
    /**
     * Hands an alert over.
     *
     * @return the other side's receipt, such as a message id
     * @throws PublishException when it was not taken; it will be tried again
     */
    String publish(Alert alert) throws PublishException;

    /** An alert was not taken. The message says why, and holds no secret. */
    final class PublishException extends Exception {
        private static final long serialVersionUID = 1;

        public PublishException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
