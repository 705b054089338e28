package dev.affray.cloud.alerting.sns;

import dev.affray.cloud.alerting.Attributes;
import dev.affray.cloud.alerting.Digest;
import dev.affray.cloud.alerting.Message;
import dev.affray.document.Json;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;

/** The message attributes, by which subscriptions filter: of type String, and String.Array where there may be several values, as in a digest. */
final class MessageAttributes {
    private MessageAttributes() {}

    static Map<String, MessageAttributeValue> of(Message message) {
        Map<String, MessageAttributeValue> attributes = new HashMap<>();
        Attributes.of(message).forEach((name, values) -> {
            boolean several = values.size() > 1 || (message instanceof Digest && !name.equals("alert"));
            attributes.put(
                    name,
                    several ? attribute("String.Array", Json.write(values)) : attribute("String", values.getFirst()));
        });
        // An account sends SMS as promotional, which may wait, unless it is told otherwise.
        attributes.put("AWS.SNS.SMS.SMSType", attribute("String", "Transactional"));
        return attributes;
    }

    private static MessageAttributeValue attribute(String type, String value) {
        return MessageAttributeValue.builder().dataType(type).stringValue(value).build();
    }
}
