package dev.affray.cloud.inference;

import dev.affray.camera.AlertRule;
import dev.affray.cloud.state.CompareAndSet;
import dev.affray.cloud.state.Detection;
import dev.affray.cloud.state.DetectionStore;
import dev.affray.cloud.state.Head;
import dev.affray.cloud.state.IncidentStore;
import dev.affray.cloud.state.Trigger;
import dev.affray.frame.CameraId;
import dev.affray.frame.FrameKey;
import dev.affray.frame.Line;
import dev.affray.incident.Incident;
import dev.affray.incident.IncidentKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * What happens to one frame: judge it, store the detection once, evaluate every window that contains it, open or extend an incident. Any frame may come
 * twice, late, or to two workers at once; what is stored in the end is the same. Costs one put and one query a frame, and one compare-and-set when an
 * incident changes. Thread-safe.
 */
public final class Inference {
    private final DetectionStore detections;
    private final IncidentStore incidents;
    private final Function<CameraId, AlertRule> rules;
    private final BiPredicate<CameraId, Instant> armed;
    private final Detector detector;
    private final Clock clock;

    /** For cameras that are always armed. */
    public Inference(
            DetectionStore detections,
            IncidentStore incidents,
            Function<CameraId, AlertRule> rules,
            Detector detector,
            Clock clock) {
        this(detections, incidents, rules, (_, _) -> true, detector, clock);
    }

    /**
     * The core.
     *
     * @param rules the alert rule of a camera
     * @param armed whether a camera is armed at an instant
     */
    public Inference(
            DetectionStore detections,
            IncidentStore incidents,
            Function<CameraId, AlertRule> rules,
            BiPredicate<CameraId, Instant> armed,
            Detector detector,
            Clock clock) {
        this.detections = detections;
        this.incidents = incidents;
        this.rules = rules;
        this.armed = armed;
        this.detector = detector;
        this.clock = clock;
    }

    /** What became of an event. */
    public sealed interface Outcome {
        /**
         * The frame has a detection and its windows are evaluated.
         *
         * @param first false when it had been judged before
         * @param joined how many incidents it showed to be part of an earlier one; they may have been announced on their own
         */
        record Done(Detection detection, boolean first, int joined) implements Outcome {}

        /** The camera was disarmed when the frame was captured: it is not judged, nothing is stored, and it raises no alarm. */
        record Disarmed() implements Outcome {}

        /** It must be delivered again. */
        record Later(Cause cause, String reason) implements Outcome {}

        /** It is no frame, or can never be judged; delivering it again would not help. */
        record Refused(String reason) implements Outcome {}
    }

    /** Takes one event to its end. Throws when a store fails; then the event must be delivered again. */
    public Outcome handle(S3Event event) {
        FrameKey key;
        try {
            key = FrameKey.parse(event.key());
        } catch (IllegalArgumentException e) {
            return new Outcome.Refused(String.valueOf(e.getMessage()));
        }
        if (!armed.test(key.frame().camera(), captured(event, key))) {
            return new Outcome.Disarmed();
        }
        return switch (detector.judge(event.bucket(), key)) {
            case Detector.Opinion.Judged judged -> judged(event, key, judged);
            case Detector.Opinion.Later(Cause cause, String reason) -> new Outcome.Later(cause, reason);
            case Detector.Opinion.Unusable(String reason) -> new Outcome.Refused(event.key() + ": " + reason);
        };
    }

    /** No frame was captured after it came. One that says so is of a gateway whose clock was set back and that has not caught up yet. */
    private static Instant captured(S3Event event, FrameKey key) {
        Instant named = key.frame().capturedAt();
        return named.isAfter(event.at()) ? event.at() : named;
    }

    private Outcome judged(S3Event event, FrameKey key, Detector.Opinion.Judged judged) {
        AlertRule rule = rules.apply(key.frame().camera());
        Line line = line(event, key, rule);
        Detection detection = new Detection(key, line, judged.label(), judged.confidence(), judged.detector());
        boolean first = detections.put(detection);
        // A frame judged before may have been judged otherwise: then only what is stored counts, and the query brings
        // it.
        boolean counts = !first || judged.confidence() >= rule.minConfidence(judged.detector());
        int joined = counts ? evaluate(detection, rule) : 0;
        return new Outcome.Done(detection, first, joined);
    }

    /** Live is what came under live/ and is seen within maxLag of the event, both by the cloud's clock. */
    private Line line(S3Event event, FrameKey key, AlertRule rule) {
        boolean seenInTime = !clock.instant().isAfter(event.at().plus(rule.maxLag()));
        return key.line() == Line.LIVE && seenInTime ? Line.LIVE : Line.BACKLOG;
    }

    private int evaluate(Detection detection, AlertRule rule) {
        int joined = 0;
        Instant at = detection.frame().capturedAt();
        Duration reach = Window.reach(rule);
        List<Detection> around = detections.between(detection.camera(), at.minus(reach), at.plus(reach));
        for (Line line : Line.values()) {
            List<Trigger> triggers = new Window(rule, line, around).triggersAround(at);
            if (!triggers.isEmpty()) {
                joined += raise(detection.camera(), line, triggers, rule.closeAfter());
            }
        }
        return joined;
    }

    /** Returns how many incidents were joined to earlier ones. */
    private int raise(CameraId camera, Line line, List<Trigger> triggers, Duration closeAfter) {
        AtomicInteger joined = new AtomicInteger();
        CompareAndSet.change(incidents, camera, IncidentKind.FIGHT, line, stored -> {
            Head before = stored.recalling(pruned(stored, triggers, closeAfter));
            Head after = before.with(triggers, closeAfter, clock.instant());
            joined.set(
                    after.version() == before.version()
                            ? 0
                            : (int) after.changed().stream()
                                    .filter(i -> i.mergedInto() != null)
                                    .count());
            return after;
        });
        return joined.get();
    }

    /** The triggers are of one frame's windows, by time, and so near each other that one question to the history is enough. */
    private List<Incident> pruned(Head head, List<Trigger> triggers, Duration closeAfter) {
        Instant first = triggers.getFirst().at();
        if (!head.mayHavePruned(first, closeAfter)) {
            return List.of();
        }
        Instant from = first.minus(closeAfter);
        Instant to = triggers.getLast().at().plus(closeAfter);
        return incidents.history(head.camera(), head.kind(), head.line(), from, to);
    }
}
