package dev.affray.agent.spool;

import dev.affray.agent.health.Trouble;
import dev.affray.health.SpoolState;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * The spool's state and its voice in the log. A trouble is over when a minute has passed without it, so that one which comes and goes with every frame
 * is one trouble. Thread-safe.
 */
final class Condition {
    private static final long LASTS_NANOS = Duration.ofMinutes(1).toNanos();

    private record Word(String reason, long nanos) {}

    private final LongSupplier nanos;
    private final Map<SpoolState, Trouble> troubles = new EnumMap<>(SpoolState.class);
    private final EnumMap<SpoolState, Word> words = new EnumMap<>(SpoolState.class);

    Condition(Logger log, LongSupplier nanos) {
        this.nanos = nanos;
        troubles.put(SpoolState.EVICTING, new Trouble(log, "Keeping every frame until it is sent"));
        troubles.put(SpoolState.FULL, new Trouble(log, "Making room for new frames"));
        troubles.put(SpoolState.FAILING, new Trouble(log, "The spool's disk"));
    }

    /** Something happened that means this state, which is not {@code OK}. */
    synchronized void is(SpoolState state, String reason) {
        look();
        words.put(state, new Word(reason, nanos.getAsLong()));
        trouble(state).failed(reason);
    }

    /** The gravest state at present. */
    synchronized SpoolState state() {
        look();
        return words.isEmpty() ? SpoolState.OK : gravest();
    }

    /** Why; null when all is well. */
    synchronized @Nullable String reason() {
        look();
        Word word = words.isEmpty() ? null : words.get(gravest());
        return word == null ? null : word.reason();
    }

    private SpoolState gravest() {
        return Collections.max(words.keySet());
    }

    private void look() {
        long now = nanos.getAsLong();
        words.entrySet().removeIf(entry -> {
            boolean over = now - entry.getValue().nanos() > LASTS_NANOS;
            if (over) {
                trouble(entry.getKey()).worked();
            }
            return over;
        });
    }

    private Trouble trouble(SpoolState state) {
        Trouble trouble = troubles.get(state);
        if (trouble == null) {
            throw new IllegalArgumentException(state + " is no trouble");
        }
        return trouble;
    }
}
