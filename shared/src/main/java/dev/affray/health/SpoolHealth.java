package dev.affray.health;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How the queue on a gateway's disk fares.
 *
 * @param state in one word
 * @param detail why, in one line, when the state is not {@code OK}
 * @param asideBytes of the spool's bytes, those of frames kept aside for a person to look at
 * @param damaged files found damaged or half-written when the agent started, and set aside
 */
public record SpoolHealth(SpoolState state, @Nullable String detail, long asideBytes, long damaged) {
    public SpoolHealth {
        Objects.requireNonNull(state, "state");
    }
}
