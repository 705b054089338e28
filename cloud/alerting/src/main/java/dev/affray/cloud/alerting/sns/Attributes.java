package dev.affray.cloud.alerting.sns;

import dev.affray.cloud.alerting.Alert;
import dev.affray.incident.Incident;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;

/** The message attributes, by which subscriptions filter; all of type String, none empty. */
final class Attributes {
    private Attributes() {}

    static Map<String, MessageAttributeValue> of(Alert alert) {
        Incident incident = alert.incident();
        Map<String, MessageAttributeValue> attributes = new HashMap<>();
        attributes.put("site", string(site(alert)));
        attributes.put("camera", string(incident.camera().toString()));
        attributes.put("kind", string(incident.kind().name()));
        attributes.put("step", string(alert.step().name()));
        attributes.put("severity", string(incident.severity().name()));
        attributes.put("line", string(incident.line().name()));
        attributes.put("incident", string(incident.id()));
        attributes.put("alert", string(alert.id()));
        // An account sends SMS as promotional, which may wait, unless it is told otherwise.
        attributes.put("AWS.SNS.SMS.SMSType", string("Transactional"));
        return attributes;
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
}
