package dev.affray.cloud.local.mail;

import jakarta.activation.DataHandler;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Sends mails by SMTP, each to one address, as text, HTML and the pictures in it. A connection per mail, few at once, with time-outs. Thread-safe. */
public final class SmtpPublisher {
    private static final int CONNECTIONS = 4;

    /** With the time-outs of a connection still well within the lease of a claim. */
    private static final int LONGEST_WAIT_SECONDS = 30;

    private final Semaphore turns = new Semaphore(CONNECTIONS, true);
    private final SmtpRelay relay;
    private final Session session;
    private final InternetAddress from;
    private final Clock clock;

    /**
     * @param from the sender's address
     * @throws IllegalArgumentException when the address is malformed, naming it
     */
    public SmtpPublisher(SmtpRelay relay, String from, Clock clock) {
        this.relay = relay;
        this.session = Session.getInstance(relay.properties());
        this.from = address("from", from);
        this.clock = clock;
    }

    /**
     * Sends a mail.
     *
     * @param to whom
     * @return its Message-ID, the same whenever the same mail is sent
     * @throws MailException when the server did not accept it; sending it again is right
     */
    public String send(OutgoingMail mail, String to) throws MailException {
        InternetAddress recipient = address("to", to);
        takeTurn();
        try {
            String id = headerId(mail.messageId());
            MimeMessage message = message(mail, recipient, id);
            try (Transport transport = session.getTransport()) {
                connect(transport);
                transport.sendMessage(message, message.getAllRecipients());
            }
            return id;
        } catch (MessagingException e) {
            throw new MailException(
                    "mail server " + relay.host() + ":" + relay.port() + " did not take the mail: " + reason(e), e);
        } finally {
            turns.release();
        }
    }

    /** Servers take few connections at once from one sender. */
    private void takeTurn() throws MailException {
        try {
            if (!turns.tryAcquire(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new MailException("mail server " + relay.host() + ":" + relay.port() + " is too slow: "
                        + CONNECTIONS + " mails are still on their way to it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MailException("interrupted while other mails are on their way");
        }
    }

    private void connect(Transport transport) throws MessagingException {
        if (relay.login().isPresent()) {
            SmtpRelay.Login login = relay.login().get();
            transport.connect(login.user(), login.password());
        } else {
            transport.connect();
        }
    }

    private MimeMessage message(OutgoingMail mail, InternetAddress to, String id) throws MessagingException {
        MimeMessage message = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", id);
            }
        };
        message.setFrom(from);
        message.setRecipient(Message.RecipientType.TO, to);
        message.setSubject(oneLine(mail.subject()), StandardCharsets.UTF_8.name());
        message.setSentDate(Date.from(clock.instant()));
        message.setHeader("Auto-Submitted", "auto-generated");
        if (mail.thread().isPresent()) {
            message.setHeader("In-Reply-To", headerId(mail.thread().get()));
            message.setHeader("References", headerId(mail.thread().get()));
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
    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+|[\\u0085\\u2028\\u2029]+", " ").strip();
    }

    /** The messages of the exception and of what caused it, which are the server's words or the network's. */
    private static String reason(MessagingException e) {
        List<String> words = new ArrayList<>();
        Throwable cause = e;
        for (int depth = 0; cause != null && depth < 4; depth++) {
            String message = cause.getMessage();
            if (message != null && !words.contains(oneLine(message))) {
                words.add(oneLine(message));
            }
            cause = cause instanceof MessagingException messaging && messaging.getNextException() != null
                    ? messaging.getNextException()
                    : cause.getCause();
        }
        return words.isEmpty() ? e.getClass().getSimpleName() : String.join("; ", words);
    }
}
