package dev.affray.cloud.alerting.mail;

import dev.affray.cloud.alerting.Alert;
import dev.affray.cloud.alerting.AlertMail;
import dev.affray.cloud.alerting.Digest;
import dev.affray.cloud.alerting.Message;
import dev.affray.cloud.alerting.Pictures;
import dev.affray.cloud.alerting.Publisher;
import dev.affray.frame.Line;
import dev.affray.incident.BestFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Sends messages to one address, alerts with the frames that {@link Pictures} gets hold of in a moment. */
public final class MailPublisher implements Publisher {
    private final Post post;
    private final String to;
    private final Pictures pictures;

    /** @param pictures stays the caller's */
    public MailPublisher(Post post, String to, Pictures pictures) {
        this.post = post;
        this.to = to;
        this.pictures = pictures;
    }

    @Override
    public String publish(Message message) throws PublishException {
        Map<BestFrame, byte[]> jpegs = pictures.of(message);
        AlertMail mail = AlertMail.of(message, jpegs.keySet());
        List<InlineImage> images = new ArrayList<>();
        for (BestFrame frame : mail.frames()) {
            String name = "frame-" + images.size();
            images.add(new InlineImage(name, name + ".jpg", Objects.requireNonNull(jpegs.get(frame))));
        }
        OutgoingMail sent = new OutgoingMail(
                message.id(), mail.subject(), mail.text(), mail.html(), images, mail.thread(), isUrgent(message));
        return post.send(sent, to);
    }

    private static boolean isUrgent(Message message) {
        return switch (message) {
            case Alert alert -> isUrgent(alert);
            case Digest digest -> digest.alerts().stream().anyMatch(MailPublisher::isUrgent);
        };
    }

    /** What somebody should act on now; not what somebody did, nor what came late after an outage. */
    private static boolean isUrgent(Alert alert) {
        return switch (alert.step()) {
            case OPENED, RAISED, ESCALATED ->
                !alert.incident().kind().isCondition() && alert.incident().line() == Line.LIVE;
            case ACKNOWLEDGED, FALSE_ALARM, CLOSED, MUTED, UNMUTED -> false;
        };
    }
}
