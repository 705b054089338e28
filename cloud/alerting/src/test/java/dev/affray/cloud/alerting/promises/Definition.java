package dev.affray.cloud.alerting.promises;

import dev.affray.camera.AlertRule;
import dev.affray.cloud.state.Detection;
import dev.affray.frame.Line;
import dev.affray.incident.BestFrame;
import dev.affray.incident.Incident;
import dev.affray.incident.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What an incident is, from its definition and nothing else: a pure function of the set of one camera's detections. It shares no code with what it is
 * compared to, and is slow and plain instead.
 */
final class Definition {
    private final AlertRule rule;
    private final Line line;
    private final TreeMap<Long, List<Detection>> positives = new TreeMap<>();

    Definition(AlertRule rule, Line line, Collection<Detection> detections) {
        this.rule = rule;
        this.line = line;
        for (Detection d : detections) {
            boolean counts = line == Line.BACKLOG || d.line() == Line.LIVE;
            if (counts && d.confidence() >= rule.minConfidence(d.detector())) {
                positives.computeIfAbsent(at(d), _ -> new ArrayList<>()).add(d);
            }
        }
    }

    /** What a settled incident is, but for its id, its history and what people said of it; times in milliseconds. */
    record Run(long opened, long lastPositive, long closed, Severity severity, double peak, List<BestFrame> best) {
        static Run of(Incident incident) {
            return new Run(
                    incident.opened().toEpochMilli(),
                    incident.lastPositive().toEpochMilli(),
                    incident.closed() == null ? -1 : incident.closed().toEpochMilli(),
                    incident.severity(),
                    incident.peakConfidence(),
                    incident.bestFrames());
        }
    }

    /** The maximal runs of triggers with gaps of at most {@code closeAfter}. */
    List<Run> incidents() {
        List<Run> runs = new ArrayList<>();
        TreeSet<Long> run = new TreeSet<>();
        for (long t : triggers()) {
            if (!run.isEmpty() && t - run.last() > rule.closeAfter().toMillis()) {
                runs.add(run(run));
                run = new TreeSet<>();
            }
            run.add(t);
        }
        if (!run.isEmpty()) {
            runs.add(run(run));
        }
        return runs;
    }

    /** The capture times at which the rule holds on this line. */
    TreeSet<Long> triggers() {
        TreeSet<Long> triggers = new TreeSet<>(positives.keySet());
        triggers.removeIf(t -> !holds(t));
        return triggers;
    }

    /** Whether two neighbouring triggers are further apart than {@code closeAfter - displaced}, and yet of one incident. */
    boolean hasGapThatDisplacementWidens(long displaced) {
        long closeAfter = rule.closeAfter().toMillis();
        return gaps().stream().anyMatch(gap -> gap > closeAfter - displaced && gap <= closeAfter);
    }

    /** Between neighbouring triggers. */
    List<Long> gaps() {
        List<Long> gaps = new ArrayList<>();
        Long last = null;
        for (long t : triggers()) {
            if (last != null) {
                gaps.add(t - last);
            }
            last = t;
        }
        return gaps;
    }

    /** Whether two positives are exactly so far apart. */
    boolean hasPositivesApart(Duration apart) {
        return positives.keySet().stream().anyMatch(t -> positives.containsKey(t + apart.toMillis()));
    }

    private boolean holds(long t) {
        List<Detection> window = window(t, 1);
        boolean late = window.stream().anyMatch(d -> d.line() == Line.BACKLOG);
        return enough(window, 1) && (line == Line.LIVE || late);
    }

    /** The positives of the half-open time before {@code t}, {@code t} included. */
    private List<Detection> window(long t, int times) {
        long length = times * rule.within().toMillis();
        return positives.subMap(t - length, false, t, true).values().stream()
                .flatMap(List::stream)
                .toList();
    }

    private boolean enough(List<Detection> window, int times) {
        TreeMap<Integer, Set<Long>> slotsByNeed = new TreeMap<>();
        for (Detection d : window) {
            long slot = at(d) / rule.slot().toMillis();
            slotsByNeed
                    .computeIfAbsent(rule.positives(d.detector()), _ -> new HashSet<>())
                    .add(slot);
        }
        Set<Long> slots = new HashSet<>();
        boolean enough = false;
        for (var need : slotsByNeed.entrySet()) {
            slots.addAll(need.getValue());
            enough |= slots.size() >= times * need.getKey();
        }
        return enough;
    }

    private Run run(TreeSet<Long> triggers) {
        TreeSet<BestFrame> frames = new TreeSet<>(BestFrame.STRONGEST_FIRST);
        Severity severity = Severity.NORMAL;
        for (long t : triggers) {
            window(t, 1).forEach(d -> frames.add(new BestFrame(d.key().format(), d.confidence())));
            severity = enough(window(t, 2), 2) ? Severity.HIGH : severity;
        }
        List<BestFrame> best = frames.stream().limit(Incident.MAX_BEST_FRAMES).toList();
        return new Run(
                triggers.first(),
                triggers.last(),
                triggers.last() + rule.closeAfter().toMillis(),
                severity,
                best.getFirst().confidence(),
                best);
    }

    private static long at(Detection d) {
        return d.frame().capturedAt().toEpochMilli();
    }
}
