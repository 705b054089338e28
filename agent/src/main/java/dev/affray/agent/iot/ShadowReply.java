package dev.affray.agent.iot;

import com.fasterxml.jackson.databind.JsonNode;

/** The answer to a request for a shadow. */
sealed interface ShadowReply {
    /**
     * The shadow, with a desired state.
     *
     * @param reported what it holds as reported now; a missing node where it holds nothing
     */
    record Found(long version, JsonNode desired, JsonNode reported) implements ShadowReply {}

    /** No such shadow, or one in which nobody desires anything. */
    record Missing() implements ShadowReply {}
}
