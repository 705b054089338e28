package dev.affray.cloud.alerting.sns;

import dev.affray.cloud.alerting.Alert;
import dev.affray.cloud.alerting.Digest;
import dev.affray.cloud.alerting.Message;
import dev.affray.document.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;

/**
 * The message attributes, by which subscriptions filter; none empty. Those of an alert are of type String; those of a digest of type String.Array with what
 * its alerts have, so that a filter takes it that would take one of them.
 */
final class Attributes {
    private Attributes() {}

    static Map<String, MessageAttributeValue> of(Message message) {
        Map<String, MessageAttributeValue> attributes = new HashMap<>();
        put(message, attributes, "site", Attributes::site);
        put(message, attributes, "camera", alert -> alert.incident().camera().toString());
        put(message, attributes, "kind", alert -> alert.incident().kind().name());
        put(message, attributes, "step", alert -> alert.step().name());
        put(
                message,
                attributes,
                "severity",
                alert -> alert.incident().severity().name());
        put(message, attributes, "line", alert -> alert.incident().line().name());
        if (message instanceof Alert alert) {
            attributes.put("incident", string(alert.incident().id()));
        }
        attributes.put("alert", string(message.id()));
        // An account sends SMS as promotional, which may wait, unless it is told otherwise.
        attributes.put("AWS.SNS.SMS.SMSType", string("Transactional"));
        return attributes;
    }

    private static void put(
            Message message,
            Map<String, MessageAttributeValue> attributes,
            String name,
            Function<Alert, String> value) {
        attributes.put(
                name,
                switch (message) {
                    case Alert alert -> string(value.apply(alert));
                    case Digest digest ->
                        strings(digest.alerts().stream().map(value).distinct().toList());
                });
    }

    /** The site as people call it, without what XML 1.0 cannot carry; where nothing is left, its gateway. */
    private static String site(Alert alert) {
        StringBuilder kept = new StringBuilder();
        alert.site().name().codePoints().forEach(c -> kept.appendCodePoint(isXml(c) ? c : ' '));
        String name = kept.toString().strip();
        return name.isEmpty() ? alert.incident().camera().thing() : name;
    }

    private static boolean isXml(int character) {
        return !Character.isISOControl(character)
                && Character.getType(character) != Character.SURROGATE
                && (character & 0xFFFE) != 0xFFFE;
    }

    private static MessageAttributeValue string(String value) {
        return MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(value)
                .build();
    }

    private static MessageAttributeValue strings(List<String> values) {
        return MessageAttributeValue.builder()
                .dataType("String.Array")
                .stringValue(Json.write(values))
                .build();
    }
}
