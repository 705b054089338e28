package dev.affray.agent.iot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.affray.camera.Reported;
import dev.affray.document.Json;
import dev.affray.document.Problem;
import dev.affray.document.Reading;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One shadow's document: which version of it is in force, and which newer one was refused and why. Not thread-safe.
 *
 * @param <T> what the document describes
 */
final class Followed<T> {
    private final String shadow;
    private final Function<JsonNode, Reading<T>> reader;
    private final LastGood lastGood;
    private Reported reported = new Reported(0, null, null);

    Followed(String shadow, Function<JsonNode, Reading<T>> reader, LastGood lastGood) {
        this.shadow = shadow;
        this.reader = reader;
        this.lastGood = lastGood;
    }

    /** The last good document, judged anew: what it needs on this gateway may be gone. Empty when there is none. */
    Optional<Reading<T>> restore() {
        return lastGood.read(shadow).map(kept -> {
            Reading<T> reading = reader.apply(kept.document());
            if (reading instanceof Reading.Accepted<T>) {
                reported = new Reported(kept.version(), kept.hash(), null);
            }
            return reading;
        });
    }

    /** Judges the desired state of the shadow's newest version. */
    Verdict<T> offer(long version, JsonNode desired) {
        String hash = Json.hash(desired);
        if (hash.equals(reported.hash())) {
            reported = new Reported(reported.version(), hash, null);
            return new Verdict.Unchanged<>();
        }
        if (reported.refused() != null && hash.equals(reported.refused().hash())) {
            return new Verdict.Unchanged<>();
        }
        return switch (reader.apply(desired)) {
            case Reading.Accepted<T>(T value) -> {
                reported = new Reported(version, hash, null);
                lastGood.write(shadow, new LastGood.Kept(version, hash, desired));
                yield new Verdict.Accepted<>(value);
            }
            case Reading.Refused<T>(List<Problem> problems) -> {
                reported =
                        new Reported(reported.version(), reported.hash(), Reported.Refused.of(version, hash, problems));
                yield new Verdict.Refused<>(problems);
            }
        };
    }

    /** Forgets the document, on disk too. */
    void forget() {
        reported = new Reported(0, null, null);
        lastGood.forget(shadow);
    }

    /** Whether a document is in force. */
    boolean isInForce() {
        return reported.hash() != null;
    }

    /** What the shadow should report. */
    Reported reported() {
        return reported;
    }

    /** Whether a shadow's reported state says the same; fields that are null here count as absent. */
    boolean isReportedBy(@Nullable JsonNode state) {
        ObjectNode mine = (ObjectNode) Json.tree(Json.write(reported));
        mine.properties().removeIf(field -> field.getValue().isNull());
        return mine.equals(state);
    }
}
