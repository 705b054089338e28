package dev.affray.cloud.local;

import dev.affray.cloud.alerting.Alert;
import dev.affray.cloud.alerting.AlertMail;
import dev.affray.cloud.alerting.Digest;
import dev.affray.cloud.alerting.Message;
import dev.affray.cloud.alerting.Publisher;
import dev.affray.cloud.local.mail.InlineImage;
import dev.affray.cloud.local.mail.MailException;
import dev.affray.cloud.local.mail.OutgoingMail;
import dev.affray.cloud.local.mail.SmtpPublisher;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends alerts by SMTP, with their strongest frames. A frame that cannot be read is left out: the mail never waits for a picture. */
final class MailPublisher implements Publisher {
    private static final Logger log = LoggerFactory.getLogger(MailPublisher.class);
    private static final int PICTURES = 1;

    private final SmtpPublisher smtp;
    private final FrameStore frames;
    private final Supplier<Optional<URI>> page;

    MailPublisher(SmtpPublisher smtp, FrameStore frames, Supplier<Optional<URI>> page) {
        this.smtp = smtp;
        this.frames = frames;
        this.page = page;
    }

    @Override
    public String publish(Message message) throws PublishException {
        return switch (message) {
            case Alert alert -> publish(alert);
            case Digest _ -> throw new IllegalStateException("not written yet");
        };
    }

    private String publish(Alert alert) throws PublishException {
        AlertMail mail = AlertMail.of(alert, page.get(), PICTURES);
        List<InlineImage> images = new ArrayList<>();
        for (int i = 0; i < mail.frames().size(); i++) {
            String key = mail.frames().get(i).key();
            Optional<byte[]> jpeg = picture(key);
            if (jpeg.isPresent()) {
                images.add(new InlineImage("frame-" + i, "frame-" + i + ".jpg", jpeg.get()));
            }
        }
        AlertMail sent = images.isEmpty() ? AlertMail.of(alert, page.get(), 0) : mail;
        boolean urgent = !alert.incident().kind().isCondition();
        try {
            return smtp.send(new OutgoingMail(alert.id(), sent.subject(), sent.text(), sent.html(), images, urgent));
        } catch (MailException e) {
            throw new PublishException(String.valueOf(e.getMessage()), e);
        }
    }

    private Optional<byte[]> picture(String key) {
        try {
            return frames.read(key);
        } catch (RuntimeException e) {
            log.warn("the mail goes without its picture {}: {}", key, e.getMessage());
            return Optional.empty();
        }
    }
}
