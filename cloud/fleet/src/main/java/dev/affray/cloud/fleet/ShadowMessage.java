package dev.affray.cloud.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.document.Json;
import java.util.Optional;

/**
 * The current half of an AWS IoT shadow's {@code update/documents} message.
 *
 * @param version the shadow's version
 * @param desired what people wrote; absent when the shadow holds none
 * @param reported what the gateway said; absent when the shadow holds none
 */
record ShadowMessage(long version, Optional<JsonNode> desired, Optional<JsonNode> reported) {
    /** @throws IllegalArgumentException when the bytes are no such message */
    static ShadowMessage read(byte[] json) {
        JsonNode current = Json.tree(json).path("current");
        JsonNode version = current.path("version");
        if (!version.isIntegralNumber() || !version.canConvertToLong()) {
            throw new IllegalArgumentException("current.version is not a whole number");
        }
        JsonNode state = current.path("state");
        return new ShadowMessage(version.longValue(), part(state, "desired"), part(state, "reported"));
    }

    private static Optional<JsonNode> part(JsonNode state, String name) {
        JsonNode part = state.path(name);
        return part.isMissingNode() || part.isNull() ? Optional.empty() : Optional.of(part);
    }
}
