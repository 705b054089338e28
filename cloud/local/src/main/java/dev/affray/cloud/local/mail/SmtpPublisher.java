package dev.affray.cloud.local.mail;

import dev.affray.cloud.alerting.Publisher.PublishException;
import dev.affray.cloud.alerting.mail.Mime;
import dev.affray.cloud.alerting.mail.OutgoingMail;
import dev.affray.cloud.alerting.mail.Post;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends mails by SMTP. The receipt is the Message-ID, the same whenever the same mail is sent. A connection per mail, few at once, with time-outs. */
public final class SmtpPublisher implements Post {
    /** Servers take few connections at once from one sender. */
    private static final int CONNECTIONS = 4;

    /** With the time-outs of a connection still well within the lease of a claim. */
    private static final int LONGEST_WAIT_SECONDS = 30;

    private final Semaphore turns = new Semaphore(CONNECTIONS, true);
    private final SmtpRelay relay;
    private final Session session;
    private final Mime mime;

    /**
     * @param from the sender's address
     * @throws IllegalArgumentException when the address is malformed, naming it
     */
    public SmtpPublisher(SmtpRelay relay, String from, Clock clock) {
        this.relay = relay;
        this.session = Session.getInstance(relay.properties());
        this.mime = new Mime(from, clock);
    }

    /** @throws PublishException when the server did not accept it; the message says why and holds no credentials */
    @Override
    public String send(OutgoingMail mail, String to) throws PublishException {
        takeTurn();
        try {
            MimeMessage message = mime.message(mail, to, session);
            try (Transport transport = session.getTransport()) {
                connect(transport);
                transport.sendMessage(message, message.getAllRecipients());
            }
            return mime.id(mail);
        } catch (MessagingException e) {
            throw new PublishException(server() + " did not take the mail: " + reason(e), e);
        } finally {
            turns.release();
        }
    }

    private void takeTurn() throws PublishException {
        try {
            if (!turns.tryAcquire(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
                String slow = server() + " is too slow: " + CONNECTIONS + " mails are still on their way to it";
                throw new PublishException(slow, new TimeoutException(slow));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PublishException("interrupted while other mails are on their way to " + server(), e);
        }
    }

    private String server() {
        return "mail server " + relay.host() + ":" + relay.port();
    }

    private void connect(Transport transport) throws MessagingException {
        if (relay.login().isPresent()) {
            SmtpRelay.Login login = relay.login().get();
            transport.connect(login.user(), login.password());
        } else {
            transport.connect();
        }
    }

    /** The messages of the exception and of what caused it, which are the server's words or the network's. */
    private static String reason(MessagingException e) {
        List<String> words = new ArrayList<>();
        Throwable cause = e;
        for (int depth = 0; cause != null && depth < 4; depth++) {
            String message = cause.getMessage();
            if (message != null && !words.contains(Mime.oneLine(message))) {
                words.add(Mime.oneLine(message));
            }
            cause = cause instanceof MessagingException messaging && messaging.getNextException() != null
                    ? messaging.getNextException()
                    : cause.getCause();
        }
        return words.isEmpty() ? e.getClass().getSimpleName() : String.join("; ", words);
    }
}
