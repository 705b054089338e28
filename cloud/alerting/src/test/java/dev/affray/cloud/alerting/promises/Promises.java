package dev.affray.cloud.alerting.promises;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.cloud.alerting.promises.Film.Shot;
import dev.affray.cloud.alerting.promises.Messages.Arrival;
import dev.affray.cloud.inference.Detector.Opinion;
import dev.affray.frame.CameraId;
import dev.affray.frame.FrameKey;
import dev.affray.frame.Line;
import dev.affray.incident.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The three promises of the design, each over any films, as chance (a seed) delivers them. */
final class Promises {
    private static final int WORKERS = 4;

    private final Stores stores;
    private final List<Film> films;
    private final Random random;

    Promises(Stores stores, List<Film> films, long seed) {
        this.stores = stores;
        this.films = films;
        this.random = new Random(seed);
    }

    /** A frame on its way. */
    private record Delivery(Film film, Shot shot, FrameKey key) {
        Arrival arrival(Instant now) {
            return new Arrival(key, film.eventTime(shot, now));
        }

        long at() {
            return key.frame().capturedAt().toEpochMilli();
        }

        Delivery underBacklog() {
            return new Delivery(film, shot, new FrameKey(Line.BACKLOG, key.frame()));
        }
    }

    /**
     * Any order, duplication, batching, concurrency and death: incidents are those that the definition finds in what is stored. None is announced
     * twice, but by a death between publishing and recording; each is announced; and nothing else is.
     */
    void settledIncidentsAreThoseOfTheDefinition() {
        Interleaving steps =
                new Interleaving(random, random.nextBoolean() ? WORKERS : 1, random.nextBoolean() ? 20 : 0);
        World world = world(steps, random.nextBoolean() ? new Fickle() : Promises::judged);
        List<Delivery> deliveries = new ArrayList<>();
        for (Delivery frame : frames()) {
            deliveries.add(frame);
            for (int again = random.nextInt(3); again > 0; again--) {
                // A gateway that got no answer uploads under backlog/ what may already be under live/.
                deliveries.add(random.nextInt(4) == 0 ? frame.underBacklog() : frame);
            }
        }
        Collections.shuffle(deliveries, random);
        int from = 0;
        while (from < deliveries.size()) {
            int to = from + 1 + random.nextInt(deliveries.size() - from);
            world.deliver(batched(deliveries.subList(from, to)));
            if (random.nextBoolean()) {
                // Closed, and what is old is handed to the history: what comes now must find it again.
                world.settle();
            }
            from = to;
        }
        world.settle();

        Outcome outcome = outcome(world);
        check(outcome, world, steps);
        Corner.A_WORKER_DIED.seen(steps.deaths() > 0);
        List<String> announcedAs = outcome.announcedAs();
        Corner.ANNOUNCED_INCIDENTS_JOINED.seen(new HashSet<>(announcedAs).size() < announcedAs.size());
        Corner.A_FRAME_WAS_UPLOADED_TWICE.seen(deliveries.stream().distinct().count() > frames().size());
        films.forEach(film -> collect(film, outcome));
    }

    /**
     * While no delivery is displaced by as much as maxLag, one that dies included, and no gap is one that this could widen beyond closeAfter, what is
     * announced is what the ordered stream announces.
     */
    void announcementsAreThoseOfTheOrderedStream(Stores others) {
        World ordered = world(new Interleaving(random, 1, 0), Promises::judged);
        Promises elsewhere = new Promises(others, films, random.nextLong());
        Interleaving steps = new Interleaving(random, WORKERS, 20);
        World displaced = elsewhere.world(steps, Promises::judged);

        frames().stream()
                .sorted((a, b) -> Long.compare(a.at(), b.at()))
                .forEach(frame -> ordered.deliver(batched(List.of(frame))));
        ordered.settle();
        displacedALittle().forEach(slice -> displaced.deliver(batched(slice)));
        displaced.settle();

        Outcome expected = outcome(ordered);
        Outcome outcome = elsewhere.outcome(displaced);
        expected.checkIncidents();
        elsewhere.check(outcome, displaced, steps);
        boolean bounded = films.stream().noneMatch(film -> isWidened(film, expected));
        Corner.DISPLACEMENT_IS_BOUNDED.seen(bounded && expected.announcedAs().size() > 1);
        if (bounded) {
            assertThat(expected.announcedAs())
                    .as("the ordered stream announces")
                    .doesNotHaveDuplicates();
            assertThat(outcome.announcedAs())
                    .as("displaced deliveries announce")
                    .containsExactlyInAnyOrderElementsOf(expected.announcedAs());
        }
    }

    private Outcome outcome(World world) {
        return new Outcome(
                stores, films.stream().collect(Collectors.toMap(Film::camera, Film::rule)), world.announced());
    }

    private World world(Interleaving steps, Function<FrameKey, Opinion> judge) {
        Map<CameraId, Film> byCamera = films.stream().collect(Collectors.toMap(Film::camera, f -> f));
        return new World(stores, camera -> byCamera.get(camera).rule(), judge, random, steps);
    }

    /** Says the opposite whenever it sees a frame again. */
    private static final class Fickle implements Function<FrameKey, Opinion> {
        private final Set<String> seen = new HashSet<>();

        @Override
        public Opinion apply(FrameKey key) {
            int score = key.frame().edgeScore().orElseThrow();
            boolean first = seen.add(key.frame().camera() + key.frame().position());
            return new Opinion.Judged(Film.detector(key), "fight", first ? score : 100 - score);
        }
    }

    private static Opinion judged(FrameKey key) {
        return new Opinion.Judged(
                Film.detector(key), "fight", key.frame().edgeScore().orElseThrow());
    }

    private List<Delivery> frames() {
        List<Delivery> frames = new ArrayList<>();
        for (Film film : films) {
            List<FrameKey> keys = film.keys();
            for (int i = 0; i < keys.size(); i++) {
                frames.add(new Delivery(film, film.shots().get(i), keys.get(i)));
            }
        }
        return frames;
    }

    /** One to three frames a message. */
    private List<Function<Instant, String>> batched(List<Delivery> deliveries) {
        List<Function<Instant, String>> messages = new ArrayList<>();
        int from = 0;
        while (from < deliveries.size()) {
            int to = Math.min(deliveries.size(), from + 1 + random.nextInt(3));
            List<Delivery> batch = List.copyOf(deliveries.subList(from, to));
            messages.add(
                    now -> Messages.of(batch.stream().map(d -> d.arrival(now)).toList()));
            from = to;
        }
        return messages;
    }

    /**
     * Each frame is held back by less than half of the least maxLag, and what falls into one slice of the other half comes in any order. Second deliveries
     * come with any later slice.
     */
    private List<List<Delivery>> displacedALittle() {
        long half = displacement().toMillis() / 2;
        Map<Long, List<Delivery>> slices = new TreeMap<>();
        for (Delivery frame : frames()) {
            long slice = (frame.at() + random.nextLong(half)) / half;
            slices.computeIfAbsent(slice, _ -> new ArrayList<>()).add(frame);
            if (random.nextInt(3) == 0) {
                slices.computeIfAbsent(slice + random.nextInt(100), _ -> new ArrayList<>())
                        .add(frame);
            }
        }
        return new ArrayList<>(slices.values());
    }

    private Duration displacement() {
        return films.stream()
                .map(film -> film.rule().maxLag())
                .min(Duration::compareTo)
                .orElseThrow();
    }

    private boolean isWidened(Film film, Outcome outcome) {
        long displaced = displacement().toMillis();
        return Stream.of(Line.values())
                .anyMatch(line -> outcome.definition(film.camera(), line).hasGapThatDisplacementWidens(displaced));
    }

    private void check(Outcome outcome, World world, Interleaving steps) {
        for (Film film : films) {
            assertThat(outcome.stored(film.camera()))
                    .as("each frame is stored once")
                    .extracting(d -> d.frame().position())
                    .containsExactlyElementsOf(film.keys().stream()
                            .map(key -> key.frame().position())
                            .sorted()
                            .toList());
        }
        outcome.checkIncidents();
        outcome.checkAnnouncements();
        assertThat(outcome.repetitions()).as("announced twice").isLessThanOrEqualTo(steps.deathsAfterPublishing());
        assertThat(outcome.repeated().size()).as("counted").isLessThanOrEqualTo((int)
                world.counts().possiblyRepeated());
    }

    /** The corners that a film has. */
    private static void collect(Film film, Outcome outcome) {
        Definition live = outcome.definition(film.camera(), Line.LIVE);
        Definition backlog = outcome.definition(film.camera(), Line.BACKLOG);
        long closeAfter = film.rule().closeAfter().toMillis();
        List<Long> gaps = live.gaps();
        Corner.SEVERAL_INCIDENTS.seen(live.incidents().size() > 1);
        Corner.LIVE_AND_BACKLOG.seen(
                !live.incidents().isEmpty() && !backlog.incidents().isEmpty());
        Corner.HIGH_SEVERITY.seen(live.incidents().stream().anyMatch(run -> run.severity() == Severity.HIGH));
        Corner.GAP_OF_CLOSE_AFTER.seen(gaps.contains(closeAfter));
        Corner.GAP_OF_A_MILLISECOND_LESS.seen(gaps.contains(closeAfter - 1));
        Corner.GAP_OF_A_MILLISECOND_MORE.seen(gaps.contains(closeAfter + 1));
        Corner.OLD_INCIDENTS_LEFT_THE_HEAD.seen(outcome.isPruned(film.camera()));
        Corner.POSITIVES_WITHIN_APART.seen(live.hasPositivesApart(film.rule().within()));
    }
}
