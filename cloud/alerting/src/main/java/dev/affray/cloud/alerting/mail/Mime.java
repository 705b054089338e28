package dev.affray.cloud.alerting.mail;

import jakarta.activation.DataHandler;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Date;
import java.util.Optional;

/** Mails of one sender as MIME messages: text, HTML and the pictures in it. Thread-safe. */
public final class Mime {
    private final InternetAddress from;
    private final Clock clock;

    /**
     * @param from the sender's address
     * @throws IllegalArgumentException when it is malformed
     */
    public Mime(String from, Clock clock) {
        this.from = address("from", from);
        this.clock = clock;
    }

    /** The sender's address alone. */
    public String sender() {
        return from.getAddress();
    }

    /** The mail's {@code Message-ID}, the same whenever the same mail is sent. */
    public String id(OutgoingMail mail) {
        return headerId(mail.messageId());
    }

    /**
     * The mail to one address, with its {@link #id}.
     *
     * @throws IllegalArgumentException when the address is malformed, naming it
     */
    public MimeMessage message(OutgoingMail mail, String to, Session session) throws MessagingException {
        MimeMessage message = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", id(mail));
            }
        };
        message.setFrom(from);
        message.setRecipient(Message.RecipientType.TO, address("to", to));
        message.setSubject(oneLine(mail.subject()), StandardCharsets.UTF_8.name());
        message.setSentDate(Date.from(clock.instant()));
        message.setHeader("Auto-Submitted", "auto-generated");
        Optional<String> thread = mail.thread().map(this::headerId);
        if (thread.isPresent()) {
            message.setHeader("In-Reply-To", thread.get());
            message.setHeader("References", thread.get());
        }
        if (mail.urgent()) {
            message.setHeader("X-Priority", "1 (Highest)");
            message.setHeader("Importance", "high");
        }
        message.setContent(related(mail));
        message.saveChanges();
        return message;
    }

    private static MimeMultipart related(OutgoingMail mail) throws MessagingException {
        MimeBodyPart text = new MimeBodyPart();
        text.setText(mail.text(), StandardCharsets.UTF_8.name());
        MimeBodyPart html = new MimeBodyPart();
        html.setText(mail.html(), StandardCharsets.UTF_8.name(), "html");
        MimeBodyPart bodies = new MimeBodyPart();
        bodies.setContent(new MimeMultipart("alternative", text, html));
        MimeMultipart related = new MimeMultipart("related", bodies);
        for (InlineImage image : mail.images()) {
            MimeBodyPart part = new MimeBodyPart();
            part.setDataHandler(new DataHandler(new ByteArrayDataSource(image.jpeg(), "image/jpeg")));
            part.setContentID("<" + image.contentId() + ">");
            part.setFileName(image.fileName());
            part.setDisposition(Part.INLINE);
            related.addBodyPart(part);
        }
        return related;
    }

    private String headerId(String left) {
        String address = from.getAddress();
        return "<" + left + address.substring(address.lastIndexOf('@')) + ">";
    }

    private static InternetAddress address(String field, String text) {
        try {
            InternetAddress address = new InternetAddress(text, true);
            address.validate();
            if (!address.getAddress().contains("@")) {
                throw new IllegalArgumentException(field + ": '" + text + "' has no @");
            }
            return address;
        } catch (MessagingException e) {
            throw new IllegalArgumentException(field + ": '" + text + "' is no e-mail address: " + e.getMessage(), e);
        }
    }

    /** A camera may be called anything; a header is one line. */
    public static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+|[\\u0085\\u2028\\u2029]+", " ").strip();
    }
}
