package dev.affray.incident;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.affray.frame.CameraId;
import dev.affray.frame.Line;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One event worth a person's attention. For a fight: a maximal run of capture times at which the camera's alert rule holds, with gaps of at most
 * {@code closeAfter}. For a condition ({@link IncidentKind#isCondition}), such as a camera that is gone: from its beginning to its end.
 *
 * @param id made at opening, never changed
 * @param revision grows with every change of this incident; a later revision replaces an earlier one wherever it is copied to
 * @param camera where
 * @param kind what about
 * @param line live, or from a backlog after an outage: then it never raises a live alarm
 * @param opened the first capture time of the run; may move earlier when a late frame arrives
 * @param lastPositive the last capture time of the run. Of a condition: {@code opened} while it lasts, then its end
 * @param closed the capture time at which it counted as over ({@code lastPositive + closeAfter}); absent while it is open. A condition that has ended is
 *     closed when that was announced
 * @param peakConfidence the strongest detection in it, 0 to 100
 * @param severity how strong it is
 * @param bestFrames its strongest frames, at most {@link #MAX_BEST_FRAMES}, the strongest first
 * @param changedAt when the cloud last changed it, by the cloud's clock
 * @param acknowledgedAt when somebody took charge of it
 * @param acknowledgedBy who: a signed-in person, or {@code link}
 * @param judgement what a person said of it
 * @param mergedInto the earlier incident that this one turned out to be part of
 * @param detail what was found when it opened, in words; absent for a fight
 */
public record Incident(
        String id,
        long revision,
        CameraId camera,
        IncidentKind kind,
        Line line,
        Instant opened,
        Instant lastPositive,
        @Nullable Instant closed,
        double peakConfidence,
        Severity severity,
        List<BestFrame> bestFrames,
        Instant changedAt,
        @Nullable Instant acknowledgedAt,
        @Nullable String acknowledgedBy,
        @Nullable Judgement judgement,
        @Nullable String mergedInto,
        @Nullable String detail) {
    /** How many of its frames an incident remembers. */
    public static final int MAX_BEST_FRAMES = 5;

    /** One without words. */
    public Incident(
            String id,
            long revision,
            CameraId camera,
            IncidentKind kind,
            Line line,
            Instant opened,
            Instant lastPositive,
            @Nullable Instant closed,
            double peakConfidence,
            Severity severity,
            List<BestFrame> bestFrames,
            Instant changedAt,
            @Nullable Instant acknowledgedAt,
            @Nullable String acknowledgedBy,
            @Nullable Judgement judgement,
            @Nullable String mergedInto) {
        this(
                id,
                revision,
                camera,
                kind,
                line,
                opened,
                lastPositive,
                closed,
                peakConfidence,
                severity,
                bestFrames,
                changedAt,
                acknowledgedAt,
                acknowledgedBy,
                judgement,
                mergedInto,
                null);
    }

    /** @throws IllegalArgumentException when it ends before it begins */
    public Incident {
        bestFrames = List.copyOf(bestFrames);
        if (lastPositive.isBefore(opened)) {
            throw new IllegalArgumentException("incident " + id + " ends before it begins");
        }
    }

    /** Whether it can still grow without reopening: neither closed nor merged away. */
    @JsonIgnore
    public boolean isOpen() {
        return closed == null && mergedInto == null;
    }

    /** Whether it is a condition that still lasts. */
    @JsonIgnore
    public boolean isLasting() {
        return kind.isCondition() && isOpen() && lastPositive.equals(opened);
    }
}
