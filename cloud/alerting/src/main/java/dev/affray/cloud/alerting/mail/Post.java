package dev.affray.cloud.alerting.mail;

import dev.affray.cloud.alerting.Publisher.PublishException;

/** Sends mails: SMTP, or SES. Thread-safe. */
public interface Post {
    /**
     * Sends a mail.
     *
     * @param to the one address that it goes to
     * @return the receipt
     * @throws PublishException when nobody said that it was taken
     */
    String send(OutgoingMail mail, String to) throws PublishException;
}
