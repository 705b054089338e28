package dev.affray.cloud.local.iot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * A named shadow as it stands. Its JSON is for reading: never change a node.
 *
 * @param version counts up by one with every accepted update, also across deletion
 * @param desiredSection what people want, with times
 * @param reportedSection what the gateway says, with times
 * @param updated when the last update was accepted, to the second
 */
public record Shadow(long version, Section desiredSection, Section reportedSection, Instant updated) {
    /** What people want; an empty object where nobody wants anything. */
    public JsonNode desired() {
        return desiredSection.state();
    }

    /** What the gateway says; an empty object where it has said nothing. */
    public JsonNode reported() {
        return reportedSection.state();
    }

    /** What is desired and not so reported; an empty object where they agree. */
    public JsonNode delta() {
        return difference().state();
    }

    Section difference() {
        return desiredSection.differingFrom(reportedSection.state());
    }

    /** Both halves without their times; a half that is empty is absent. */
    ObjectNode state() {
        return halves(desiredSection.state(), reportedSection.state());
    }

    /** State, metadata and version, in the shape that AWS IoT gives them. */
    ObjectNode document() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.set("state", state());
        document.set("metadata", halves(desiredSection.metadata(), reportedSection.metadata()));
        document.put("version", version);
        return document;
    }

    private static ObjectNode halves(ObjectNode desired, ObjectNode reported) {
        ObjectNode both = JsonNodeFactory.instance.objectNode();
        if (!desired.isEmpty()) {
            both.set("desired", desired);
        }
        if (!reported.isEmpty()) {
            both.set("reported", reported);
        }
        return both;
    }
}
