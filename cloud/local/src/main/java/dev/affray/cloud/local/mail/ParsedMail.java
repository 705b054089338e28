package dev.affray.cloud.local.mail;

import java.util.List;

/**
 * A kept mail, taken apart. Its HTML is what somebody sent: show it only in a sandbox.
 *
 * @param text the first plain text part, empty when there is none
 * @param html the first HTML part, empty when there is none
 * @param parts everything else, such as inline images
 */
public record ParsedMail(MailSummary summary, String text, String html, List<Attachment> parts) {
    public ParsedMail {
        parts = List.copyOf(parts);
    }

    /**
     * An inline image or attachment.
     *
     * @param contentId without angle brackets; empty when it has none
     * @param fileName empty when it has none
     * @param type such as image/jpeg, lower case, without parameters
     * @param bytes decoded
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Attachment(String contentId, String fileName, String type, byte[] bytes) {}
}
