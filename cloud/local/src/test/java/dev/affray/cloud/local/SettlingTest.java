package dev.affray.cloud.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.camera.AlertRule;
import dev.affray.cloud.alerting.Alert;
import dev.affray.cloud.alerting.Alerting;
import dev.affray.cloud.alerting.Channel;
import dev.affray.cloud.alerting.Group;
import dev.affray.cloud.alerting.Policy;
import dev.affray.cloud.alerting.Stores;
import dev.affray.cloud.alerting.Tick;
import dev.affray.cloud.inference.EdgeScoreDetector;
import dev.affray.cloud.inference.Inference;
import dev.affray.cloud.inference.S3Event;
import dev.affray.cloud.state.Step;
import dev.affray.cloud.state.sqlite.ChangeTable;
import dev.affray.cloud.state.sqlite.Database;
import dev.affray.cloud.state.sqlite.SqliteCameraStore;
import dev.affray.cloud.state.sqlite.SqliteCounterStore;
import dev.affray.cloud.state.sqlite.SqliteDetectionStore;
import dev.affray.cloud.state.sqlite.SqliteEpisodeStore;
import dev.affray.cloud.state.sqlite.SqliteIncidentStore;
import dev.affray.cloud.state.sqlite.SqliteNotificationStore;
import dev.affray.frame.CameraId;
import dev.affray.frame.Frame;
import dev.affray.frame.FrameKey;
import dev.affray.frame.Line;
import dev.affray.incident.Incident;
import dev.affray.incident.IncidentKind;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 1,000 frames, delivered twice, by four workers: incidents and announcements depend on what was seen, not on how it came. */
class SettlingTest {
    private static final int FRAMES = 1000;
    private static final int WORKERS = 4;
    private static final Instant START = Instant.parse("2026-11-20T21:00:00Z");
    private static final Duration CLOSE_AFTER = Duration.ofSeconds(20);
    /** No delivery is displaced by more than this, where displacement is bounded. */
    private static final Duration DISPLACED = Duration.ofSeconds(5);

    private static final AlertRule RULE = new AlertRule(
            OptionalInt.empty(),
            Duration.ofMillis(500),
            Duration.ofMillis(2500),
            OptionalDouble.empty(),
            CLOSE_AFTER,
            Duration.ofSeconds(10));
    private static final Clock CLOCK = Clock.fixed(START, ZoneOffset.UTC);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 7, 42, 0})
    void incidentsAreTheSame_andNoneIsAnnouncedTwice_whenDeliveryIsShuffled(long fixedSeed) throws Exception {
        long seed = fixedSeed != 0 ? fixedSeed : System.nanoTime();
        Random random = new Random(seed);
        List<FrameKey> frames = frames(random);
        List<FrameKey> shuffled = new ArrayList<>(frames);
        shuffled.addAll(frames);
        Collections.shuffle(shuffled, random);

        try (Run ordered = new Run("ordered");
                Run disordered = new Run("disordered")) {
            ordered.deliver(List.of(frames), 1);
            disordered.deliver(List.of(shuffled), WORKERS);

            assertThat(disordered.facts()).as("seed %d", seed).isEqualTo(ordered.facts());
            assertThat(disordered.announcedIds()).as("seed %d", seed).doesNotHaveDuplicates();
            assertThat(disordered.announcedFacts()).as("seed %d", seed).containsAll(ordered.announcedFacts());
            assertThat(ordered.facts()).hasSizeGreaterThan(5);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 8, 43, 0})
    void announcementsAreTheSame_whenDisplacementIsBounded(long fixedSeed) throws Exception {
        long seed = fixedSeed != 0 ? fixedSeed : System.nanoTime();
        Random random = new Random(seed);
        List<FrameKey> frames = frames(random);

        try (Run ordered = new Run("ordered");
                Run displaced = new Run("displaced")) {
            ordered.deliver(List.of(frames), 1);
            displaced.deliver(displacedALittle(frames, random), WORKERS);

            assertThat(displaced.facts()).as("seed %d", seed).isEqualTo(ordered.facts());
            assertThat(displaced.announcedIds()).as("seed %d", seed).doesNotHaveDuplicates();
            assertThat(displaced.announcedFacts())
                    .as("seed %d", seed)
                    .containsExactlyInAnyOrderElementsOf(ordered.announcedFacts());
        }
    }

    /** Two cameras at two frames a second: fights of random length, and gaps that are short, or longer than closeAfter, but never nearly as long. */
    private static List<FrameKey> frames(Random random) {
        List<FrameKey> frames = new ArrayList<>();
        for (String name : List.of("door", "yard-2")) {
            CameraId camera = new CameraId("gateway-1", name);
            boolean fight = false;
            int left = 10;
            for (int i = 0; i < FRAMES / 2; i++) {
                if (left-- == 0) {
                    fight = !fight;
                    left = fight ? 4 + random.nextInt(12) : random.nextBoolean() ? 4 + random.nextInt(16) : 50;
                }
                int score = fight ? 60 + random.nextInt(41) : random.nextInt(60);
                Instant at = START.plusMillis(500L * i + random.nextInt(90));
                frames.add(new FrameKey(Line.LIVE, new Frame(camera, at, i, OptionalInt.of(score))));
            }
        }
        frames.sort(Comparator.comparing(k -> k.frame().capturedAt()));
        return frames;
    }

    /**
     * Each frame is held back by up to half the bound, and what falls into one slice of the other half is delivered by all workers at once. The second
     * delivery of each frame comes with a later slice.
     */
    private static List<List<FrameKey>> displacedALittle(List<FrameKey> frames, Random random) {
        long half = DISPLACED.toMillis() / 2;
        long span = Duration.ofSeconds(FRAMES / 4 + 1).toMillis() + half;
        List<List<FrameKey>> slices = new ArrayList<>();
        for (long i = 0; i <= span / half + 3; i++) {
            slices.add(new ArrayList<>());
        }
        for (FrameKey frame : frames) {
            long held = Duration.between(START, frame.frame().capturedAt()).toMillis() + random.nextLong(half);
            int slice = (int) (held / half);
            slices.get(slice).add(frame);
            slices.get(slice + random.nextInt(3)).add(frame);
        }
        slices.forEach(slice -> Collections.shuffle(slice, random));
        return slices;
    }

    /** Inference and alerting over a state file of their own. */
    private final class Run implements AutoCloseable {
        private final Database database;
        private final SqliteIncidentStore incidents;
        private final Inference inference;
        private final Alerting alerting;
        private final ChangeFeed feed;
        private final List<Alert> announced = new CopyOnWriteArrayList<>();

        Run(String name) {
            database = Database.open(folder.resolve(name + ".db"));
            incidents = new SqliteIncidentStore(database);
            inference = new Inference(
                    new SqliteDetectionStore(database), incidents, _ -> RULE, new EdgeScoreDetector(), CLOCK);
            alerting = new Alerting(
                    new Stores(
                            incidents,
                            new SqliteNotificationStore(database),
                            new SqliteCameraStore(database),
                            new SqliteCounterStore(database),
                            new SqliteEpisodeStore(database)),
                    List.of(new Channel("mail", Set.of(Group.ALERTS), alert -> {
                        Alert told = (Alert) alert;
                        if (told.step() == Step.OPENED) {
                            announced.add(told);
                        }
                        return "receipt";
                    })),
                    new Policy(Optional.empty(), 1_000_000, 1_000_000, 1_000_000),
                    (_, _) -> Optional.empty(),
                    CLOCK);
            feed = new ChangeFeed(new ChangeTable(database), alerting, CLOCK);
        }

        /** Delivers the slices one after the other, each by all workers at once, while the feed announces and the tick closes. */
        void deliver(List<List<FrameKey>> slices, int workers) throws Exception {
            Tick tick = new Tick(incidents, alerting, _ -> RULE);
            try (ExecutorService executor = Executors.newFixedThreadPool(workers)) {
                for (List<FrameKey> slice : slices) {
                    ConcurrentLinkedQueue<FrameKey> queue = new ConcurrentLinkedQueue<>(slice);
                    List<Future<?>> futures = new ArrayList<>();
                    for (int w = 0; w < workers; w++) {
                        futures.add(executor.submit(() -> work(queue, workers == 1)));
                    }
                    for (Future<?> future : futures) {
                        future.get();
                    }
                    announce();
                    tick.run(START.plus(Duration.ofDays(1)));
                }
            }
            announce();
            tick.run(START.plus(Duration.ofDays(1)));
            announce();
        }

        private void work(ConcurrentLinkedQueue<FrameKey> queue, boolean announceEach) {
            for (FrameKey key = queue.poll(); key != null; key = queue.poll()) {
                inference.handle(new S3Event("frames", key.format(), START));
                if (announceEach) {
                    announce();
                }
            }
        }

        private void announce() {
            while (feed.step()) {
                // One batch after the other until nothing is due.
            }
        }

        private List<Incident> settled() {
            return List.of("door", "yard-2").stream()
                    .map(name -> new CameraId("gateway-1", name))
                    .flatMap(camera -> incidents.head(camera, IncidentKind.FIGHT, Line.LIVE).incidents().stream())
                    .toList();
        }

        List<List<Object>> facts() {
            return settled().stream()
                    .filter(i -> i.mergedInto() == null)
                    .map(Run::facts)
                    .toList();
        }

        List<String> announcedIds() {
            return announced.stream().map(a -> a.incident().id()).toList();
        }

        /** For each announcement, the incident that what was announced became in the end. */
        List<List<Object>> announcedFacts() {
            var byId = settled().stream().collect(Collectors.toMap(Incident::id, i -> i));
            List<List<Object>> facts = new ArrayList<>();
            for (Alert alert : announced) {
                Incident incident = byId.get(alert.incident().id());
                while (incident.mergedInto() != null) {
                    incident = byId.get(incident.mergedInto());
                }
                facts.add(facts(incident));
            }
            return facts;
        }

        private static List<Object> facts(Incident i) {
            return List.of(
                    i.camera(),
                    i.opened(),
                    i.lastPositive(),
                    String.valueOf(i.closed()),
                    i.peakConfidence(),
                    i.severity(),
                    i.bestFrames());
        }

        @Override
        public void close() {
            database.close();
        }
    }
}
