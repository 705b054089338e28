package dev.affray.cloud.alerting.lambda;

import dev.affray.cloud.alerting.Channel;
import dev.affray.cloud.alerting.Channels;
import dev.affray.cloud.alerting.Group;
import dev.affray.cloud.alerting.Pictures;
import dev.affray.cloud.alerting.mail.MailPublisher;
import dev.affray.cloud.alerting.ses.Frames;
import dev.affray.cloud.alerting.ses.SesClients;
import dev.affray.cloud.alerting.ses.SesPost;
import dev.affray.cloud.function.Environment;
import dev.affray.document.Json;
import dev.affray.document.Problem;
import dev.affray.document.Reading;
import dev.affray.recipient.MailRecipients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who gets mails through SES. The addresses are in a file beside the code, as an environment holds 4 KB.
 *
 * @param from the sender
 * @param recipients those of each group
 * @param bucket where the pictures are
 */
record Mails(String from, MailRecipients recipients, String bucket) {
    /** Empty where mails go by SNS. */
    static Optional<Mails> of(Environment environment) {
        Optional<String> from = environment.optional("MAIL_FROM");
        if (from.isEmpty()) {
            return Optional.empty();
        }
        Path file = Path.of(environment.text("RECIPIENTS_FILE"));
        String bucket = environment.text("BUCKET");
        try {
            return switch (MailRecipients.read(Json.tree(Files.readAllBytes(file)))) {
                case Reading.Accepted<MailRecipients>(MailRecipients recipients) ->
                    Optional.of(new Mails(from.get(), recipients, bucket));
                case Reading.Refused<MailRecipients>(List<Problem> problems) -> {
                    environment.problem("RECIPIENTS_FILE " + file + " is wrong: " + problems);
                    yield Optional.empty();
                }
            };
        } catch (IOException | IllegalArgumentException e) {
            environment.problem("RECIPIENTS_FILE " + file + " cannot be read: " + e);
            return Optional.empty();
        }
    }

    /** A channel for each. */
    List<Channel> channels(Clock clock) {
        SesPost ses = new SesPost(SesClients.create(), from, clock);
        Pictures pictures = new Pictures(Frames.of(bucket)::read);
        return Channels.each(
                "ses",
                Map.of(
                        Group.ALERTS, recipients.alerts(),
                        Group.ESCALATION, recipients.escalation(),
                        Group.OPERATIONS, recipients.operations()),
                address -> new MailPublisher(ses, address, pictures));
    }
}
