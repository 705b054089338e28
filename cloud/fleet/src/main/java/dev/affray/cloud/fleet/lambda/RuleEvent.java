package dev.affray.cloud.fleet.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.document.Json;
import java.util.Base64;

/**
 * What a rule makes of an MQTT message: {@code {"topic": "...", "payload": "<base64 of the message's bytes>"}}. Base64, because a message need not be
 * JSON, and one that is not must be counted here rather than get lost in the rule. Further fields are ignored: a rule may be newer than the function.
 */
record RuleEvent(Topic topic, Payload payload) {
    /** @throws IllegalArgumentException when the bytes are no such event, or the topic is none of ours */
    static RuleEvent read(byte[] json) {
        JsonNode event = Json.tree(json);
        return new RuleEvent(Topic.of(text(event, "topic")), Payload.of(text(event, "payload")));
    }

    private static String text(JsonNode event, String field) {
        JsonNode value = event.path(field);
        if (!value.isTextual()) {
            throw new IllegalArgumentException(field + " is no text");
        }
        return value.textValue();
    }

    /** The message as it came over MQTT. */
    static final class Payload {
        private final byte[] bytes;

        private Payload(byte[] bytes) {
            this.bytes = bytes;
        }

        static Payload of(String base64) {
            try {
                return new Payload(Base64.getDecoder().decode(base64));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("payload is no base64: " + e.getMessage(), e);
            }
        }

        byte[] bytes() {
            return bytes.clone();
        }
    }
}
