package dev.affray.cloud.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.cloud.alerting.webhook.WebhookTarget;
import dev.affray.cloud.local.Recipients.Audience;
import dev.affray.cloud.local.Recipients.Webhook;
import dev.affray.document.Fields;
import dev.affray.document.Problem;
import dev.affray.document.Reading;
import dev.affray.document.Yaml;
import dev.affray.recipient.FilterFields;
import dev.affray.recipient.RecipientFields;
import dev.affray.recipient.Told;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** Reads a file of recipients: strictly, and with all of its problems at once. */
final class RecipientsYaml {
    private static final int MOST_MINUTES = 240;
    private static final Pattern VARIABLE = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");
    private static final Pattern ANY = Pattern.compile(".*", Pattern.DOTALL);

    private RecipientsYaml() {}

    /** Reads the file. */
    static Reading<Recipients> load(Path file) {
        return switch (Yaml.read(file)) {
            case Reading.Refused<JsonNode>(List<Problem> problems) -> new Reading.Refused<>(problems);
            case Reading.Accepted<JsonNode>(JsonNode document) -> read(document);
        };
    }

    /** Reads the document alone. */
    static Reading<Recipients> read(JsonNode document) {
        return Fields.read(document, RecipientsYaml::recipients);
    }

    private static Recipients recipients(Fields fields) {
        Audience alerts = fields.objectOrDefaults("alerts", f -> audience(f, Told.FIGHTS), Audience.NOBODY);
        Escalation escalation = fields.objectOrDefaults(
                "escalation", RecipientsYaml::escalation, new Escalation(Recipients.ESCALATE_AFTER, Audience.NOBODY));
        Audience operations = fields.objectOrDefaults("operations", f -> audience(f, Told.CONDITIONS), Audience.NOBODY);
        return new Recipients(alerts, escalation.audience, escalation.after, operations);
    }

    private record Escalation(Duration after, Audience audience) {}

    private static Escalation escalation(Fields fields) {
        int minutes = fields.integer("afterMinutes", 1, MOST_MINUTES, (int) Recipients.ESCALATE_AFTER.toMinutes());
        return new Escalation(Duration.ofMinutes(minutes), audience(fields, Told.FIGHTS));
    }

    private static Audience audience(Fields fields, Told told) {
        if (fields.has("sms")) {
            fields.problem("sms", "is for AWS; here a webhook to an SMS provider takes its place");
        }
        return new Audience(
                RecipientFields.emails(fields, told),
                RecipientFields.list(fields, "webhook", item -> webhook(item, told), Webhook::to));
    }

    private static Webhook webhook(Fields item, Told told) {
        String to = RecipientFields.to(item, ANY, "a URL such as https://alarms.example.org/affray");
        boolean unprotected = item.flag("unprotected", false);
        try {
            if (!to.isBlank()) {
                WebhookTarget.of(to, unprotected);
            }
        } catch (IllegalArgumentException e) {
            item.problem("to", String.valueOf(e.getMessage()));
        }
        String variable = item.optionalText(
                        "secretVariable", VARIABLE, "the name of an environment variable, of A-Z 0-9 and _")
                .orElse(Webhook.SECRET_VARIABLE);
        return new Webhook(to, unprotected, variable, FilterFields.read(item, told));
    }
}
