package dev.affray.cloud.local;

import dev.affray.cloud.alerting.webhook.WebhookSecret;
import dev.affray.cloud.alerting.webhook.WebhookTarget;
import dev.affray.cloud.local.Recipients.Audience;
import dev.affray.cloud.local.Recipients.Webhook;
import dev.affray.document.Problem;
import dev.affray.document.Reading;
import dev.affray.recipient.Filter;
import dev.affray.recipient.Recipient;
import dev.affray.recipient.RecipientFields;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The part of the command line that says who is told. */
final class RecipientOptions {
    private static final String NOBODY_ELSE = "guard@localhost";

    @Option(
            names = "--mail-to",
            paramLabel = "ADDRESS",
            description =
                    "Who gets the alerts, and is told of cameras that are gone. May be given several times. Default: guard@localhost.")
    private List<String> mailTo = List.of();

    @Option(
            names = "--webhook",
            paramLabel = "URL",
            description = {
                "A program that is told the same as JSON, by signed HTTPS requests. May be given several times.",
                "Its secret is taken from AFFRAY_WEBHOOK_SECRET."
            })
    private List<String> webhooks = List.of();

    @Option(
            names = "--escalate-to",
            paramLabel = "ADDRESS",
            description = "Who is told of a fight of which nobody took charge. May be given several times.")
    private List<String> escalateTo = List.of();

    @Option(
            names = "--escalate-after",
            paramLabel = "MINUTES",
            description = "How long the others have for that, 1 to 240. Default: 5.")
    private @Nullable Integer escalateAfter;

    @Option(
            names = "--recipients",
            paramLabel = "FILE",
            description = "All of this in a YAML file, with a filter for each recipient: recipients.schema.json.")
    private @Nullable Path file;

    /**
     * Who is told.
     *
     * @param smtp whether a mail server was named
     * @param environment where the secrets of webhooks are
     * @throws IllegalArgumentException when the options do not go together, or the file is wrong
     */
    Recipients choice(boolean smtp, Map<String, String> environment) {
        Recipients recipients = file == null ? fromOptions(smtp) : fromFile(file);
        if (smtp && recipients.addresses().isEmpty()) {
            throw new IllegalArgumentException("--smtp needs --mail-to: nobody would get the mail");
        }
        recipients.webhooks().forEach(webhook -> secret(webhook, environment));
        return recipients;
    }

    private Recipients fromFile(Path from) {
        if (!mailTo.isEmpty() || !webhooks.isEmpty() || !escalateTo.isEmpty() || escalateAfter != null) {
            throw new IllegalArgumentException(
                    "--recipients goes without --mail-to, --webhook, --escalate-to and --escalate-after: all is in the file");
        }
        return switch (RecipientsYaml.load(from)) {
            case Reading.Accepted<Recipients>(Recipients recipients) -> recipients;
            case Reading.Refused<Recipients>(List<Problem> problems) ->
                throw new IllegalArgumentException("--recipients " + from + ": "
                        + problems.stream().map(Problem::toString).collect(Collectors.joining("; ")));
        };
    }

    private Recipients fromOptions(boolean smtp) {
        mailTo.forEach(text -> email("--mail-to", text));
        escalateTo.forEach(text -> email("--escalate-to", text));
        webhooks.forEach(RecipientOptions::target);
        if (escalateAfter != null && escalateTo.isEmpty()) {
            throw new IllegalArgumentException("--escalate-after needs --escalate-to: nobody would be told");
        }
        if (escalateAfter != null && (escalateAfter < 1 || escalateAfter > 240)) {
            throw new IllegalArgumentException("--escalate-after " + escalateAfter + " is not 1 to 240");
        }
        // An inbox of our own shows the mail even where nobody is named.
        Audience both = new Audience(
                people(mailTo.isEmpty() && !smtp ? List.of(NOBODY_ELSE) : mailTo),
                webhooks.stream()
                        .distinct()
                        .map(url -> new Webhook(url, false, Webhook.SECRET_VARIABLE, Filter.ALL))
                        .toList());
        return new Recipients(
                both,
                new Audience(people(escalateTo), List.of()),
                escalateAfter == null ? Recipients.ESCALATE_AFTER : Duration.ofMinutes(escalateAfter),
                both);
    }

    /** @throws IllegalArgumentException when the text is no mail address, naming the option */
    static String email(String option, String text) {
        if (!RecipientFields.isEmail(text)) {
            throw new IllegalArgumentException(option + " '" + text + "' is not a mail address");
        }
        return text;
    }

    private static List<Recipient> people(List<String> addresses) {
        return addresses.stream()
                .distinct()
                .map(address -> new Recipient(address, Filter.ALL))
                .toList();
    }

    private static void target(String url) {
        try {
            WebhookTarget.of(url, false);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a --webhook " + e.getMessage(), e);
        }
    }

    private static void secret(Webhook webhook, Map<String, String> environment) {
        String text = environment.getOrDefault(webhook.secretVariable(), "");
        try {
            WebhookSecret.of(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the secret of a webhook, in the environment variable " + webhook.secretVariable() + ", "
                            + (text.isEmpty() ? "is missing; it " : "") + e.getMessage(),
                    e);
        }
    }
}
