package dev.affray.cloud.alerting.sns;

import dev.affray.cloud.alerting.Attributes;
import dev.affray.cloud.alerting.Message;
import dev.affray.document.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;

/** The message attributes, by which subscriptions filter: of type String, and String.Array where there are several values. */
final class MessageAttributes {
    private MessageAttributes() {}

    static Map<String, MessageAttributeValue> of(Message message) {
        Map<String, MessageAttributeValue> attributes = new HashMap<>();
        Attributes.of(message).forEach((name, values) -> attributes.put(name, attribute(values)));
        // An account sends SMS as promotional, which may wait, unless it is told otherwise.
        attributes.put("AWS.SNS.SMS.SMSType", attribute(List.of("Transactional")));
        return attributes;
    }

    private static MessageAttributeValue attribute(List<String> values) {
        return MessageAttributeValue.builder()
                .dataType(values.size() == 1 ? "String" : "String.Array")
                .stringValue(values.size() == 1 ? values.getFirst() : Json.write(values))
                .build();
    }
}
