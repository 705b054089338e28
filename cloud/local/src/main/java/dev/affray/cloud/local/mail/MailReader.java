package dev.affray.cloud.local.mail;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimePart;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads mails as they were kept, one file each. What is malformed in a mail becomes empty; only an unreadable file is an error. */
final class MailReader {
    private static final int DEEPEST = 12;
    private static final Session SESSION = Session.getInstance(new Properties());

    private MailReader() {}

    static MailSummary summary(String id, Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return summary(id, file, new MimeMessage(SESSION, in));
        } catch (MessagingException e) {
            throw new IOException(file + " is no mail: " + e.getMessage(), e);
        }
    }

    static ParsedMail read(String id, Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            MimeMessage message = new MimeMessage(SESSION, in);
            Walk walk = new Walk();
            walk.visit(message, 0);
            return new ParsedMail(summary(id, file, message), or(walk.text), or(walk.html), walk.parts);
        } catch (MessagingException e) {
            throw new IOException(file + " is no mail: " + e.getMessage(), e);
        }
    }

    private static MailSummary summary(String id, Path file, MimeMessage message) throws IOException {
        return new MailSummary(
                id,
                tolerant(() -> addresses(message.getFrom())),
                tolerant(() -> addresses(message.getRecipients(MimeMessage.RecipientType.TO))),
                tolerant(message::getSubject).replaceAll("\\p{Cntrl}+", " "),
                date(file, message),
                Files.size(file));
    }

    private static Instant date(Path file, MimeMessage message) throws IOException {
        try {
            Date sent = message.getSentDate();
            if (sent != null) {
                return sent.toInstant();
            }
        } catch (MessagingException e) {
            return Files.getLastModifiedTime(file).toInstant();
        }
        return Files.getLastModifiedTime(file).toInstant();
    }

    private static String addresses(Address @Nullable [] addresses) {
        if (addresses == null) {
            return "";
        }
        return Arrays.stream(addresses)
                .map(address ->
                        address instanceof InternetAddress internet ? internet.toUnicodeString() : address.toString())
                .collect(Collectors.joining(", "));
    }

    private interface Source {
        @Nullable
        String get() throws MessagingException;
    }

    private static String tolerant(Source source) {
        try {
            return or(source.get());
        } catch (MessagingException e) {
            return "";
        }
    }

    private static String or(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** Collects the leaves of a message. */
    private static final class Walk {
        private @Nullable String text;
        private @Nullable String html;
        private final List<ParsedMail.Attachment> parts = new ArrayList<>();

        /** What cannot be taken apart is kept whole; the file has been read already, so an IOException means a malformed part as well. */
        void visit(Part part, int depth) throws MessagingException, IOException {
            int before = parts.size();
            try {
                takeApart(part, depth);
            } catch (MessagingException | IOException e) {
                if (parts.size() == before) {
                    parts.add(new ParsedMail.Attachment("", "", "application/octet-stream", raw(part)));
                }
            }
        }

        private void takeApart(Part part, int depth) throws MessagingException, IOException {
            if (depth < DEEPEST && part.isMimeType("multipart/*") && part.getContent() instanceof Multipart inner) {
                for (int i = 0; i < inner.getCount(); i++) {
                    visit(inner.getBodyPart(i), depth + 1);
                }
            } else if (text == null && isBody(part, "text/plain")) {
                text = lines(part);
            } else if (html == null && isBody(part, "text/html")) {
                html = lines(part);
            } else {
                parts.add(attachment(part));
            }
        }

        private static String lines(Part part) throws MessagingException, IOException {
            return String.valueOf(part.getContent()).replace("\r\n", "\n");
        }

        private static byte[] raw(Part part) throws MessagingException, IOException {
            try (InputStream in = part instanceof MimeMessage message
                    ? message.getRawInputStream()
                    : part instanceof MimeBodyPart body ? body.getRawInputStream() : InputStream.nullInputStream()) {
                return in.readAllBytes();
            }
        }

        private static boolean isBody(Part part, String type) throws MessagingException {
            return part.isMimeType(type) && !Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition());
        }

        private static ParsedMail.Attachment attachment(Part part) throws MessagingException, IOException {
            String id = part instanceof MimePart mime ? tolerant(mime::getContentID) : "";
            String type = new ContentType(part.getContentType()).getBaseType().toLowerCase(Locale.ROOT);
            try (InputStream in = part.getInputStream()) {
                return new ParsedMail.Attachment(
                        id.replaceAll("[<>]", ""), tolerant(part::getFileName), type, in.readAllBytes());
            }
        }
    }
}
