package dev.affray.cloud.alerting.ses;

import dev.affray.cloud.alerting.Publisher.PublishException;
import dev.affray.cloud.alerting.aws.Calls;
import dev.affray.cloud.alerting.aws.Failures;
import dev.affray.cloud.alerting.mail.Mime;
import dev.affray.cloud.alerting.mail.OutgoingMail;
import dev.affray.cloud.alerting.mail.Post;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.Properties;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ses.SesClient;

/**
 * Sends mails through SES, a call for each address. The receipt is the id that SES gives the mail; it also puts it in the place of the Message-ID, so that the
 * first mail of a thread names the thread as the later ones do. Takes at most {@link Calls#LONGEST}.
 */
public final class SesPost implements Post {
    private final SesClient ses;
    private final Mime mime;
    private final Session session = Session.getInstance(new Properties());

    /**
     * @param ses from {@link SesClients}; stays the caller's
     * @param from the sender's address, which SES has verified
     * @throws IllegalArgumentException when it is malformed
     */
    public SesPost(SesClient ses, String from, Clock clock) {
        this.ses = ses;
        this.mime = new Mime(from, clock);
    }

    @Override
    public String send(OutgoingMail mail, String to) throws PublishException {
        SdkBytes raw = SdkBytes.fromByteArrayUnsafe(bytes(threaded(mail), to));
        try {
            return ses.sendRawEmail(request ->
                            request.source(mime.sender()).destinations(to).rawMessage(message -> message.data(raw)))
                    .messageId();
        } catch (SdkException e) {
            throw Failures.of(e, "SES", "identity " + mime.sender());
        }
    }

    private byte[] bytes(OutgoingMail mail, String to) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            mime.message(mail, to, session).writeTo(bytes);
        } catch (MessagingException | IOException e) {
            throw new IllegalStateException("the mail " + mail.messageId() + " cannot be written", e);
        }
        return bytes.toByteArray();
    }

    private static OutgoingMail threaded(OutgoingMail mail) {
        return new OutgoingMail(
                mail.messageId(),
                mail.subject(),
                mail.text(),
                mail.html(),
                mail.images(),
                Optional.of(mail.thread().orElse(mail.messageId())),
                mail.urgent());
    }
}
