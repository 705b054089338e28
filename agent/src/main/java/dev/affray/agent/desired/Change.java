package dev.affray.agent.desired;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A field that differs between two documents.
 *
 * @param path the names that lead to it, with dots between them
 * @param before missing where it was not there
 * @param after missing where it is not there any more
 */
public record Change(String path, JsonNode before, JsonNode after) {
    /** All that differ; lists as a whole. */
    static List<Change> between(JsonNode before, JsonNode after) {
        List<Change> changes = new ArrayList<>();
        collect("", before, after, changes);
        return List.copyOf(changes);
    }

    private static void collect(String path, JsonNode before, JsonNode after, List<Change> changes) {
        if (before.equals(after)) {
            return;
        }
        if (!branches(before) || !branches(after)) {
            changes.add(new Change(path, before, after));
            return;
        }
        Set<String> names = new LinkedHashSet<>();
        before.fieldNames().forEachRemaining(names::add);
        after.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            collect(path.isEmpty() ? name : path + "." + name, before.path(name), after.path(name), changes);
        }
    }

    /** An object that is new or gone is told field by field. */
    private static boolean branches(JsonNode node) {
        return node instanceof ObjectNode || node instanceof MissingNode;
    }

    /** The document that a shadow merges to become {@code after}: null for what is gone. */
    static ObjectNode patch(ObjectNode before, ObjectNode after) {
        ObjectNode patch = before.objectNode();
        before.fieldNames().forEachRemaining(name -> {
            if (!after.has(name)) {
                patch.putNull(name);
            }
        });
        after.properties().forEach(field -> {
            JsonNode old = before.path(field.getKey());
            if (field.getValue() instanceof ObjectNode whole && old instanceof ObjectNode known) {
                ObjectNode inner = patch(known, whole);
                if (!inner.isEmpty()) {
                    patch.set(field.getKey(), inner);
                }
            } else if (!field.getValue().equals(old)) {
                patch.set(field.getKey(), field.getValue());
            }
        });
        return patch;
    }

    /** In a line for people. */
    public String line() {
        return path + ": " + text(before) + " -> " + text(after);
    }

    private static String text(JsonNode value) {
        return value.isMissingNode() ? "(not set)" : value.toString();
    }
}
