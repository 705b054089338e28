package dev.affray.cloud.local.iot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.affray.cloud.local.iot.ShadowAnswer.Deleted;
import dev.affray.cloud.local.iot.ShadowAnswer.Found;
import dev.affray.cloud.local.iot.ShadowAnswer.Rejected;
import dev.affray.cloud.local.iot.ShadowAnswer.Updated;
import dev.affray.document.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What AWS IoT does with a named shadow, as pure functions of what is held and what is asked. */
final class ShadowLogic {
    /** Of the state document in compact form; metadata, version and client token do not count. */
    static final int LARGEST_BYTES = 8192;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ShadowLogic() {}

    static ShadowAnswer get(String name, @Nullable Shadow held, ShadowRequest request) {
        Optional<Rejected> problem = request.problem();
        if (problem.isPresent()) {
            return problem.get();
        }
        if (held == null) {
            return missing(name);
        }
        ObjectNode accepted = held.document();
        Section difference = held.difference();
        if (!difference.isEmpty()) {
            ((ObjectNode) accepted.get("state")).set("delta", difference.state());
        }
        return new Found(accepted);
    }

    static ShadowAnswer delete(String name, @Nullable Shadow held, ShadowRequest request) {
        Optional<Rejected> problem = request.problem();
        if (problem.isPresent()) {
            return problem.get();
        }
        if (held == null) {
            return missing(name);
        }
        return request.conflictsWith(held.version())
                ? conflict()
                : new Deleted(held.version(), NODES.objectNode().put("version", held.version()));
    }

    /**
     * @param held the shadow, null where there is none
     * @param version the last version of this name, 0 where there was none
     */
    static ShadowAnswer update(@Nullable Shadow held, long version, ShadowRequest request, Instant now) {
        Optional<Rejected> problem = request.problem().or(request::stateProblem);
        if (problem.isPresent()) {
            return problem.get();
        }
        if (request.conflictsWith(version)) {
            return conflict();
        }
        long second = now.getEpochSecond();
        Section desired = held == null ? Section.empty() : held.desiredSection();
        Section reported = held == null ? Section.empty() : held.reportedSection();
        Shadow after = new Shadow(
                version + 1,
                changed(desired, request.half("desired"), second),
                changed(reported, request.half("reported"), second),
                Instant.ofEpochSecond(second));
        if (Json.write(after.state()).getBytes(StandardCharsets.UTF_8).length > LARGEST_BYTES) {
            return new Rejected(413, "The payload exceeds the maximum size allowed");
        }
        return new Updated(after, accepted(request, after, second), delta(after), documents(held, after));
    }

    private static Section changed(Section half, JsonNode patch, long second) {
        if (patch.isNull()) {
            return Section.empty();
        }
        return patch instanceof ObjectNode object ? half.merged(object, second) : half;
    }

    /** Only what the request named, with the new times. */
    private static ObjectNode accepted(ShadowRequest request, Shadow after, long second) {
        ObjectNode times = NODES.objectNode();
        for (String name : List.of("desired", "reported")) {
            if (request.half(name) instanceof ObjectNode half) {
                times.set(name, Section.stamps(half, second));
            }
        }
        ObjectNode accepted = NODES.objectNode();
        accepted.set("state", request.body().get("state"));
        accepted.set("metadata", times);
        return accepted.put("version", after.version());
    }

    /** All that differs, whether or not this update touched it. */
    private static Optional<ObjectNode> delta(Shadow after) {
        Section difference = after.difference();
        if (difference.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode delta = NODES.objectNode();
        delta.set("state", difference.state());
        delta.set("metadata", difference.metadata());
        return Optional.of(delta.put("version", after.version()));
    }

    private static ObjectNode documents(@Nullable Shadow before, Shadow after) {
        ObjectNode documents = NODES.objectNode();
        documents.set("previous", before == null ? NODES.nullNode() : before.document());
        documents.set("current", after.document());
        return documents;
    }

    private static Rejected missing(String name) {
        return new Rejected(404, "No shadow exists with name: '" + name + "'");
    }

    private static Rejected conflict() {
        return new Rejected(409, "Version conflict");
    }
}
