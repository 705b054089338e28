package dev.affray.cloud.local.iot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.affray.cloud.local.iot.ShadowAnswer.Rejected;
import dev.affray.document.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The body of a shadow request: a JSON object whose fields are not yet judged.
 *
 * @param body empty for an empty payload, which get and delete may have
 * @param clientToken to be echoed; absent where there is none that may be echoed
 */
record ShadowRequest(ObjectNode body, @Nullable String clientToken) {
    private static final int LONGEST_TOKEN_BYTES = 64;
    private static final int DEEPEST = 8;

    /** Numbers stay as they were written: an integer stays one, and 0.10 keeps its zero. */
    static final ObjectReader READER = Json.MAPPER
            .reader()
            .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);

    static ShadowRequest of(ObjectNode body) {
        JsonNode token = body.path("clientToken");
        boolean echoed = token.isTextual() && fits(token.textValue());
        return new ShadowRequest(body, echoed ? token.textValue() : null);
    }

    /** Empty when the payload is no JSON object. */
    static Optional<ShadowRequest> parse(byte[] payload) {
        if (payload.length == 0) {
            return Optional.of(of(JsonNodeFactory.instance.objectNode()));
        }
        try {
            return READER.readTree(payload) instanceof ObjectNode body ? Optional.of(of(body)) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** What is wrong with the fields that every request may have. */
    Optional<Rejected> problem() {
        JsonNode version = body.path("version");
        if (isThere(version)
                && !(version.isIntegralNumber() && version.canConvertToLong() && version.longValue() >= 0)) {
            return rejected("Invalid version");
        }
        return isThere(body.path("clientToken")) && clientToken == null
                ? rejected("Invalid clientToken")
                : Optional.empty();
    }

    /** What is wrong with the state of an update. */
    Optional<Rejected> stateProblem() {
        if (!body.has("state")) {
            return rejected("Missing required node: state");
        }
        if (!(body.get("state") instanceof ObjectNode state)) {
            return rejected("State node must be an object");
        }
        return state.properties().stream()
                .map(half -> halfProblem(half.getKey(), half.getValue()))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Rejected> halfProblem(String name, JsonNode half) {
        if (!name.equals("desired") && !name.equals("reported")) {
            return rejected("State contains an invalid node: '" + name + "'");
        }
        if (!half.isObject() && !half.isNull()) {
            return rejected((name.equals("desired") ? "Desired" : "Reported") + " node must be an object");
        }
        return isDeeperThan(DEEPEST, half)
                ? rejected("JSON contains too many levels of nesting; maximum is " + DEEPEST)
                : Optional.empty();
    }

    /** Whether the versions differ, where the request names one. */
    boolean conflictsWith(long version) {
        JsonNode wanted = body.path("version");
        return isThere(wanted) && wanted.longValue() != version;
    }

    /** The named half of the state: an object, null to clear it, or absent. */
    JsonNode half(String name) {
        return body.path("state").path(name);
    }

    private static boolean isDeeperThan(int levels, JsonNode node) {
        return node.isContainerNode()
                && (levels < 0 || node.valueStream().anyMatch(child -> isDeeperThan(levels - 1, child)));
    }

    private static boolean isThere(JsonNode node) {
        return !node.isMissingNode() && !node.isNull();
    }

    private static boolean fits(String token) {
        return token.getBytes(StandardCharsets.UTF_8).length <= LONGEST_TOKEN_BYTES;
    }

    private static Optional<Rejected> rejected(String message) {
        return Optional.of(new Rejected(400, message));
    }
}
