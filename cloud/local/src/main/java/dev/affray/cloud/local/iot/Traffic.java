package dev.affray.cloud.local.iot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.affray.document.Json;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What gateways and this cloud say to each other over MQTT, for a person to read: a line a message in the log {@code affray.mqtt}, which is silent unless
 * its level is {@code debug}. What proves an identity is left out of it. Thread-safe.
 */
final class Traffic {
    private static final Logger log = LoggerFactory.getLogger("affray.mqtt");

    /** A shadow has 8 KB; its answers carry it with the times of every field. */
    private static final int LONGEST = 4000;

    /** The token is good for one registration; the others are long, and say nothing to a person. */
    private static final Set<String> LEFT_OUT =
            Set.of("certificateOwnershipToken", "certificatePem", "certificateSigningRequest");

    private Traffic() {}

    static void from(String clientId, String topic, byte[] payload) {
        if (log.isDebugEnabled()) {
            log.debug("{} -> {} {}", clientId, topic, shown(payload));
        }
    }

    /** To whoever follows the topic. */
    static void to(String topic, byte[] payload) {
        if (log.isDebugEnabled()) {
            log.debug("<- {} {}", topic, shown(payload));
        }
    }

    static String shown(byte[] payload) {
        JsonNode message;
        try {
            message = Json.tree(payload);
        } catch (IllegalArgumentException e) {
            return "(" + payload.length + " bytes that are not JSON)";
        }
        if (message instanceof ObjectNode object) {
            LEFT_OUT.stream()
                    .filter(object::has)
                    .forEach(field ->
                            object.put(field, "(" + object.path(field).asText().length() + " characters)"));
        }
        String text = Json.write(message);
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "... (" + text.length() + " characters)";
    }
}
