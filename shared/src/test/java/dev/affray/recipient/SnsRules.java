package dev.affray.recipient;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * How SNS judges a message by the filter policy of a subscription, for the operators that ours have. Written from "Amazon SNS subscription filter policies",
 * "String value matching" and "Filter policy constraints" of its developer guide, and knowing nothing of {@link Filter}.
 */
final class SnsRules {
    private SnsRules() {}

    /** Each key must be an attribute of the message, and one of its rules hold for one of that attribute's values. */
    static boolean accepts(JsonNode policy, Map<String, List<String>> attributes) {
        return policy.properties().stream()
                .allMatch(key -> attributes.getOrDefault(key.getKey(), List.of()).stream()
                        .anyMatch(value -> key.getValue().valueStream().anyMatch(rule -> holds(rule, value))));
    }

    private static boolean holds(JsonNode rule, String value) {
        if (rule.isTextual()) {
            return value.equals(rule.textValue());
        }
        if (rule.size() == 1 && rule.path("suffix").isTextual()) {
            return value.endsWith(rule.path("suffix").textValue());
        }
        throw new AssertionError("a rule that SNS may not know: " + rule);
    }

    /** The number of values of all keys multiplied: at most 150. */
    static int combinations(JsonNode policy) {
        return policy.valueStream().mapToInt(JsonNode::size).reduce(1, (a, b) -> a * b);
    }
}
