package dev.affray.cloud.alerting.mail;

import java.util.regex.Pattern;

/**
 * A picture that the HTML of a mail shows as {@code cid:contentId}.
 *
 * @param contentId unique in the mail; letters, digits, dot, underscore, hyphen
 * @param fileName what it is called when saved; the same characters
 * @param jpeg its bytes, not copied: leave them alone afterwards
 */
@SuppressWarnings("ArrayRecordComponent")
public record InlineImage(String contentId, String fileName, byte[] jpeg) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,120}");

    /** @throws IllegalArgumentException when a name has other characters */
    public InlineImage {
        if (!NAME.matcher(contentId).matches()) {
            throw new IllegalArgumentException("contentId '" + contentId + "' is not " + NAME);
        }
        if (!NAME.matcher(fileName).matches()) {
            throw new IllegalArgumentException("fileName '" + fileName + "' is not " + NAME);
        }
    }
}
