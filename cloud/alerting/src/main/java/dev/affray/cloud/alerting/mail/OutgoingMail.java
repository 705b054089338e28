package dev.affray.cloud.alerting.mail;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A mail to send.
 *
 * @param messageId the left part of its Message-ID, so that a mail sent twice can be recognised; letters, digits and {@code ._+-}
 * @param subject any text; line breaks and other control characters become spaces
 * @param text the plain text body
 * @param html the same as HTML
 * @param images what the HTML shows
 * @param thread the {@code messageId} of an earlier mail to which this one belongs, from the same sender
 * @param urgent whether it asks to be looked at before others
 */
public record OutgoingMail(
        String messageId,
        String subject,
        String text,
        String html,
        List<InlineImage> images,
        Optional<String> thread,
        boolean urgent) {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_+-]+(?:\\.[A-Za-z0-9_+-]+)*");
    private static final int LONGEST_ID = 200;

    /** @throws IllegalArgumentException when the message id or the thread has other characters or more than 200 */
    public OutgoingMail {
        check("messageId", messageId);
        thread.ifPresent(id -> check("thread", id));
        images = List.copyOf(images);
    }

    private static void check(String field, String id) {
        if (id.length() > LONGEST_ID || !ID.matcher(id).matches()) {
            throw new IllegalArgumentException(field + " '" + id + "' is not 1 to 200 characters of " + ID);
        }
    }
}
