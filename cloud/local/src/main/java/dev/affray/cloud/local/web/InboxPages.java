package dev.affray.cloud.local.web;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The mails that the local edition keeps, as the console shows them. Nothing in them is trusted. Implementations are thread-safe. */
public interface InboxPages {
    /** The newest first, at most as many as a person would scroll through. */
    List<Heading> list();

    /** One mail; empty when it is not there, or no longer. */
    Optional<Mail> read(String id);

    /**
     * A mail's envelope.
     *
     * @param id unique and stable in this inbox
     * @param from as in its header
     * @param to as in its header
     * @param subject as in its header, decoded
     * @param date when it arrived
     */
    record Heading(String id, String from, String to, String subject, Instant date) {}

    /**
     * A whole mail.
     *
     * @param heading its envelope
     * @param text its plain text; empty when it has none
     * @param html its HTML with images as {@code cid:} URLs; absent when it has none
     * @param images its inline images by content id, without angle brackets
     */
    record Mail(Heading heading, String text, @Nullable String html, Map<String, Image> images) {
        public Mail {
            images = Map.copyOf(images);
        }
    }

    /** An inline image. Only types beginning with {@code image/} are served, and no SVG. */
    final class Image {
        private final String type;
        private final byte[] bytes;

        /** @param type its media type, such as {@code image/jpeg} */
        public Image(String type, byte[] bytes) {
            this.type = type;
            this.bytes = bytes.clone();
        }

        /** Its media type. */
        public String type() {
            return type;
        }

        /** A copy of its content. */
        public byte[] bytes() {
            return bytes.clone();
        }
    }
}
