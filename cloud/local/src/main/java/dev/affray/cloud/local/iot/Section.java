package dev.affray.cloud.local.iot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** One half of a shadow, desired or reported: its values, and beside every leaf the time in epoch seconds at which it was last written. Immutable by convention. */
record Section(ObjectNode state, ObjectNode metadata) {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    static Section empty() {
        return new Section(NODES.objectNode(), NODES.objectNode());
    }

    boolean isEmpty() {
        return state.isEmpty();
    }

    /** This half after a partial document: null removes a field, an object is merged into an object, everything else (arrays too) replaces. */
    Section merged(ObjectNode patch, long epochSecond) {
        Section result = new Section(state.deepCopy(), metadata.deepCopy());
        result.take(patch, epochSecond);
        return result;
    }

    private void take(ObjectNode patch, long epochSecond) {
        for (Map.Entry<String, JsonNode> field : patch.properties()) {
            String name = field.getKey();
            if (field.getValue().isNull()) {
                state.remove(name);
                metadata.remove(name);
            } else if (field.getValue() instanceof ObjectNode object) {
                inner(name).take(object, epochSecond);
            } else {
                state.set(name, field.getValue().deepCopy());
                metadata.set(name, stamps(field.getValue(), epochSecond));
            }
        }
    }

    /** The object of that name, in place; whatever else stood there gives way to an empty one. */
    private Section inner(String name) {
        if (state.get(name) instanceof ObjectNode values && metadata.get(name) instanceof ObjectNode times) {
            return new Section(values, times);
        }
        return new Section(state.putObject(name), metadata.putObject(name));
    }

    /** The document that turns this half into exactly {@code wanted} when merged: all of it, and null for what it lacks. */
    ObjectNode patchTo(ObjectNode wanted) {
        return patch(state, wanted);
    }

    private static ObjectNode patch(ObjectNode from, ObjectNode to) {
        ObjectNode patch = NODES.objectNode();
        from.fieldNames().forEachRemaining(name -> {
            if (!to.hasNonNull(name)) {
                patch.putNull(name);
            }
        });
        for (Map.Entry<String, JsonNode> field : to.properties()) {
            JsonNode before = from.get(field.getKey());
            if (field.getValue() instanceof ObjectNode after) {
                patch.set(
                        field.getKey(),
                        patch(before instanceof ObjectNode object ? object : NODES.objectNode(), after));
            } else if (!field.getValue().isNull()) {
                patch.set(field.getKey(), field.getValue());
            }
        }
        return patch;
    }

    /** What this half, as the desired one, holds differently from the reported one; times come along. Fields only the other has do not count. */
    Section differingFrom(ObjectNode reported) {
        Section result = empty();
        for (Map.Entry<String, JsonNode> field : state.properties()) {
            String name = field.getKey();
            JsonNode other = reported.get(name);
            if (field.getValue() instanceof ObjectNode values
                    && other instanceof ObjectNode others
                    && metadata.get(name) instanceof ObjectNode times) {
                Section inner = new Section(values, times).differingFrom(others);
                if (!inner.isEmpty()) {
                    result.state.set(name, inner.state);
                    result.metadata.set(name, inner.metadata);
                }
            } else if (other == null || !same(field.getValue(), other)) {
                result.state.set(name, field.getValue());
                result.metadata.set(name, metadata.path(name));
            }
        }
        return result;
    }

    /** Equal as JSON values: 5 and 5.0 are the same number. */
    private static boolean same(JsonNode one, JsonNode other) {
        return one.equals(
                (a, b) -> a.isNumber() && b.isNumber()
                        ? a.decimalValue().compareTo(b.decimalValue())
                        : a.equals(b) ? 0 : 1,
                other);
    }

    /** The times of a partial document as written now: none for what it removes. */
    static JsonNode stamps(JsonNode value, long epochSecond) {
        if (value instanceof ObjectNode object) {
            ObjectNode times = NODES.objectNode();
            object.properties().forEach(field -> {
                if (!field.getValue().isNull()) {
                    times.set(field.getKey(), stamps(field.getValue(), epochSecond));
                }
            });
            return times;
        }
        if (value.isArray()) {
            ArrayNode times = NODES.arrayNode();
            value.forEach(element -> times.add(stamps(element, epochSecond)));
            return times;
        }
        return NODES.objectNode().put("timestamp", epochSecond);
    }
}
