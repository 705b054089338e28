package dev.affray.cloud.state;

import static dev.affray.cloud.state.Examples.emptyHead;
import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.frame.Frame;
import dev.affray.frame.FrameKey;
import dev.affray.frame.Line;
import dev.affray.incident.BestFrame;
import dev.affray.incident.Incident;
import dev.affray.incident.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import net.jqwik.api.statistics.StatisticsReport.StatisticsReportMode;

/** A head over any triggers, in any order and batches, each more than once, while it is closed, pruned and recalled: it holds the runs of all of them. */
class HeadPropertyTest {
    private static final Duration CLOSE_AFTER = Duration.ofSeconds(60);
    private static final Duration MAX_LAG = Duration.ofSeconds(20);

    /** A trigger a step after the one before it. */
    record Moment(long after, Severity severity, int confidence) {}

    private record Run(Instant opened, Instant lastPositive, Severity severity, double peak, List<BestFrame> best) {}

    @Property
    @StatisticsReport(StatisticsReportMode.OFF)
    void incidentsAreTheRunsOfAllTriggers(@ForAll("moments") List<Moment> moments, @ForAll long seed) {
        Random random = new Random(seed);
        List<Trigger> triggers = triggers(moments);
        List<Trigger> deliveries = new ArrayList<>(triggers);
        triggers.forEach(trigger -> Collections.addAll(deliveries, some(trigger, random)));
        Collections.shuffle(deliveries, random);

        Stored stored = new Stored();
        for (Trigger trigger : deliveries) {
            stored.raise(trigger);
            switch (random.nextInt(8)) {
                case 0 -> stored.close();
                case 1 ->
                    stored.prune(triggers.get(random.nextInt(triggers.size())).at());
                default -> {}
            }
        }

        assertThat(stored.runs()).isEqualTo(runs(triggers));
        assertThat(stored.ids()).doesNotHaveDuplicates();
        stored.checkThatMergedIncidentsLieInTheWhole();
        stored.checkThatNoneIsClosedBeforeItsEnd();
        Statistics.label("joined").collect(stored.all.values().stream().anyMatch(i -> i.mergedInto() != null));
        Statistics.label("joined").coverage(all -> all.check(true).count(n -> n > 0));
        Statistics.label("pruned").collect(stored.head.prunedThrough() != null);
        Statistics.label("pruned").coverage(all -> all.check(true).count(n -> n > 0));
    }

    @Property
    void aTriggerThatIsInItAlready_leavesTheHeadAsItIs(@ForAll("moments") List<Moment> moments, @ForAll long seed) {
        List<Trigger> triggers = triggers(moments);
        Collections.shuffle(triggers, new Random(seed));
        Stored stored = new Stored();
        triggers.forEach(stored::raise);
        Head head = stored.head;

        assertThat(head.with(triggers, CLOSE_AFTER, Examples.START.plusSeconds(1)))
                .isSameAs(head);
    }

    @Provide
    Arbitrary<List<Moment>> moments() {
        long closeAfter = CLOSE_AFTER.toMillis();
        Arbitrary<Long> steps = Arbitraries.frequency(
                Tuple.of(2, 1L),
                Tuple.of(3, closeAfter / 2),
                Tuple.of(1, closeAfter / 2 + 1),
                Tuple.of(1, closeAfter - 1),
                Tuple.of(2, closeAfter),
                Tuple.of(2, closeAfter + 1));
        Arbitrary<Severity> severities =
                Arbitraries.frequency(Tuple.of(5, Severity.NORMAL), Tuple.of(1, Severity.HIGH));
        return Combinators.combine(steps, severities, Arbitraries.integers().between(60, 100))
                .as(Moment::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(30);
    }

    private static Trigger[] some(Trigger trigger, Random random) {
        return Collections.nCopies(random.nextInt(3), trigger).toArray(Trigger[]::new);
    }

    private static List<Trigger> triggers(List<Moment> moments) {
        List<Trigger> triggers = new ArrayList<>();
        Instant at = Examples.START;
        for (Moment moment : moments) {
            at = at.plusMillis(moment.after);
            Frame frame = new Frame(Examples.DOOR, at, triggers.size(), OptionalInt.empty());
            BestFrame best = new BestFrame(new FrameKey(Line.LIVE, frame).format(), moment.confidence);
            triggers.add(new Trigger(at, moment.severity, List.of(best)));
        }
        return triggers;
    }

    /** The definition: maximal runs with gaps of at most closeAfter. */
    private static List<Run> runs(List<Trigger> inOrder) {
        List<List<Trigger>> runs = new ArrayList<>();
        for (Trigger trigger : inOrder) {
            if (runs.isEmpty()
                    || Duration.between(runs.getLast().getLast().at(), trigger.at())
                                    .compareTo(CLOSE_AFTER)
                            > 0) {
                runs.add(new ArrayList<>());
            }
            runs.getLast().add(trigger);
        }
        return runs.stream().map(HeadPropertyTest::run).toList();
    }

    private static Run run(List<Trigger> triggers) {
        TreeSet<BestFrame> frames = new TreeSet<>(BestFrame.STRONGEST_FIRST);
        triggers.forEach(t -> frames.addAll(t.bestFrames()));
        boolean high = triggers.stream().anyMatch(t -> t.severity() == Severity.HIGH);
        return new Run(
                triggers.getFirst().at(),
                triggers.getLast().at(),
                high ? Severity.HIGH : Severity.NORMAL,
                frames.first().confidence(),
                frames.stream().limit(Incident.MAX_BEST_FRAMES).toList());
    }

    /** A head and its history, used as inference and the tick use them. */
    private static final class Stored {
        private Head head = emptyHead();
        /** Every incident as it was last changed. */
        private final Map<String, Incident> all = new HashMap<>();

        void raise(Trigger trigger) {
            Head before = head.mayHavePruned(trigger.at(), CLOSE_AFTER)
                    ? head.recalling(all.values().stream()
                            .filter(i -> !i.opened().isAfter(trigger.at().plus(CLOSE_AFTER))
                                    && !i.lastPositive().isBefore(trigger.at().minus(CLOSE_AFTER)))
                            .toList())
                    : head;
            Head after = before.with(List.of(trigger), CLOSE_AFTER, Examples.START);
            if (after != before) {
                store(after);
            }
        }

        void close() {
            store(head.closing(CLOSE_AFTER, MAX_LAG, Examples.START.plus(Duration.ofDays(1))));
        }

        void prune(Instant before) {
            store(head.pruning(before, i -> i.equals(all.get(i.id()))));
        }

        private void store(Head next) {
            head = next;
            head.changed().forEach(i -> all.put(i.id(), i));
        }

        List<Run> runs() {
            TreeMap<Instant, Run> runs = new TreeMap<>();
            all.values().stream()
                    .filter(i -> i.mergedInto() == null)
                    .forEach(i -> runs.put(
                            i.opened(),
                            new Run(i.opened(), i.lastPositive(), i.severity(), i.peakConfidence(), i.bestFrames())));
            return List.copyOf(runs.values());
        }

        List<String> ids() {
            return head.incidents().stream().map(Incident::id).toList();
        }

        void checkThatNoneIsClosedBeforeItsEnd() {
            assertThat(all.values())
                    .filteredOn(i -> i.mergedInto() == null && i.closed() != null)
                    .allSatisfy(i ->
                            assertThat(i.closed()).isEqualTo(i.lastPositive().plus(CLOSE_AFTER)));
        }

        void checkThatMergedIncidentsLieInTheWhole() {
            for (Incident part : all.values()) {
                Incident whole = part;
                while (whole.mergedInto() != null) {
                    whole = all.get(whole.mergedInto());
                }
                assertThat(part.opened()).isBetween(whole.opened(), whole.lastPositive());
                assertThat(part.lastPositive()).isBetween(whole.opened(), whole.lastPositive());
            }
        }
    }
}
