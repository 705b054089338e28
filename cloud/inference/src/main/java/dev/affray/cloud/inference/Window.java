package dev.affray.cloud.inference;

import dev.affray.camera.AlertRule;
import dev.affray.cloud.state.Detection;
import dev.affray.cloud.state.Trigger;
import dev.affray.frame.Line;
import dev.affray.incident.BestFrame;
import dev.affray.incident.Incident;
import dev.affray.incident.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The alert rule over a camera's stored detections. A trigger is the capture time {@code t} of a positive at which at least {@code positives} distinct slots
 * hold a positive within {@code (t - within, t]}, counted among frames of detectors that need no more slots than that; it is of high severity when twice as many slots do within twice the time. More detections can only add
 * triggers, never take one away, so the set of triggers depends on the set of stored detections alone.
 *
 * <p>The live line counts live detections. The backlog line counts both, so that a fight cut in two by an outage is still seen, but holds only where at
 * least one of the frames came late.
 */
final class Window {
    private final AlertRule rule;
    private final Line line;
    private final List<Detection> positives;

    /** @param detections a camera's detections by capture time: all within {@link #reach} of the frame in question, on both sides */
    Window(AlertRule rule, Line line, List<Detection> detections) {
        this.rule = rule;
        this.line = line;
        this.positives = detections.stream()
                .filter(d -> d.confidence() >= rule.minConfidence(d.detector()))
                .filter(d -> line == Line.BACKLOG || d.line() == Line.LIVE)
                .toList();
    }

    /** How far from a frame, before and after, lie the detections that decide about it. */
    static Duration reach(AlertRule rule) {
        return rule.within().multipliedBy(2);
    }

    /** Every trigger whose window, the longer one of high severity included, contains the frame captured then. */
    List<Trigger> triggersAround(Instant frame) {
        return positives.stream()
                .map(d -> d.frame().capturedAt())
                .filter(t -> !t.isBefore(frame) && t.isBefore(frame.plus(reach(rule))))
                .distinct()
                .filter(this::holds)
                .map(this::trigger)
                .toList();
    }

    private boolean holds(Instant t) {
        List<Detection> window = before(t, rule.within());
        return meets(window, 1) && (line == Line.LIVE || window.stream().anyMatch(d -> d.line() == Line.BACKLOG));
    }

    private Trigger trigger(Instant t) {
        boolean high = meets(before(t, rule.within().multipliedBy(2)), 2);
        List<BestFrame> best = before(t, rule.within()).stream()
                .map(d -> new BestFrame(d.key().format(), d.confidence()))
                .sorted(BestFrame.STRONGEST_FIRST)
                .limit(Incident.MAX_BEST_FRAMES)
                .toList();
        return new Trigger(t, high ? Severity.HIGH : Severity.NORMAL, best);
    }

    private List<Detection> before(Instant t, Duration length) {
        Instant after = t.minus(length);
        return positives.stream()
                .filter(d -> d.frame().capturedAt().isAfter(after)
                        && !d.frame().capturedAt().isAfter(t))
                .toList();
    }

    /** Whether so many times the slots that some detector needs hold a positive of it, or of one that needs no more. */
    private boolean meets(List<Detection> window, int times) {
        return window.stream()
                .mapToInt(d -> rule.positives(d.detector()))
                .distinct()
                .anyMatch(needed -> slots(window.stream()
                                .filter(d -> rule.positives(d.detector()) <= needed)
                                .toList())
                        >= (long) times * needed);
    }

    private long slots(List<Detection> window) {
        return window.stream()
                .mapToLong(d -> Math.floorDiv(
                        d.frame().capturedAt().toEpochMilli(), rule.slot().toMillis()))
                .distinct()
                .count();
    }
}
