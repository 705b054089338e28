package dev.affray.cloud.local.iot;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** What becomes of a shadow request. The documents lack timestamp and client token, which every message gets when it is sent. */
sealed interface ShadowAnswer {
    /** Nothing changes; the document answers a get. */
    record Found(ObjectNode accepted) implements ShadowAnswer {}

    /** The shadow is now {@code after}, and three messages say so. */
    record Updated(Shadow after, ObjectNode accepted, Optional<ObjectNode> delta, ObjectNode documents)
            implements ShadowAnswer {}

    /** The shadow is gone; its next version will follow this one. */
    record Deleted(long version, ObjectNode accepted) implements ShadowAnswer {}

    /** Nothing changes; code and message are AWS IoT's. */
    record Rejected(int code, String message) implements ShadowAnswer {
        ObjectNode document() {
            return JsonNodeFactory.instance.objectNode().put("code", code).put("message", message);
        }
    }
}
