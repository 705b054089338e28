package dev.affray.recipient;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.document.Fields;
import dev.affray.document.Json;
import dev.affray.document.Reading;
import dev.affray.incident.Severity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who gets mails, by group: what the CDK app writes for the functions that send them, in the words of {@code recipients.schema.json}. */
public record MailRecipients(List<Recipient> alerts, List<Recipient> escalation, List<Recipient> operations) {
    public MailRecipients {
        alerts = List.copyOf(alerts);
        escalation = List.copyOf(escalation);
        operations = List.copyOf(operations);
    }

    /** Reads what {@link #write} wrote. */
    public static Reading<MailRecipients> read(JsonNode document) {
        return Fields.read(
                document,
                fields -> new MailRecipients(
                        section(fields, "alerts", Told.FIGHTS),
                        section(fields, "escalation", Told.FIGHTS),
                        section(fields, "operations", Told.CONDITIONS)));
    }

    /** The document. */
    public String write() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("alerts", section(alerts));
        document.put("escalation", section(escalation));
        document.put("operations", section(operations));
        return Json.write(document);
    }

    private static List<Recipient> section(Fields fields, String name, Told told) {
        return fields.objectOrDefaults(name, section -> RecipientFields.publicEmails(section, told), List.of());
    }

    private static Map<String, Object> section(List<Recipient> recipients) {
        return Map.of("email", recipients.stream().map(MailRecipients::item).toList());
    }

    private static Map<String, Object> item(Recipient recipient) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("to", recipient.to());
        Filter filter = recipient.filter();
        Map.of("sites", filter.sites(), "cameras", filter.cameras(), "kinds", filter.kinds())
                .forEach((name, values) -> {
                    if (!values.isEmpty()) {
                        item.put(name, values);
                    }
                });
        if (filter.severity() != Severity.NORMAL) {
            item.put("severity", filter.severity());
        }
        return item;
    }
}
