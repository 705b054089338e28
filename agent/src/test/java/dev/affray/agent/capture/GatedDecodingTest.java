package dev.affray.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.agent.capture.sample.SampleScene;
import dev.affray.camera.CameraConfig;
import dev.affray.camera.Gate;
import dev.affray.camera.Sampling;
import dev.affray.camera.Sampling.Mode;
import dev.affray.health.FrameCounts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An empty yard without any noise, as cameras with a strong noise reduction show it, then a brawl in it, led past the gate. */
class GatedDecodingTest {
    private static final int QUIET = 45;
    private static final int BRAWL = 4;

    @TempDir
    static Path folder;

    private static Path film;

    @BeforeAll
    static void draw() throws Exception {
        film = folder.resolve("film.mp4");
        SampleScene scene = new SampleScene();
        try (VideoWriter writer = VideoWriter.open(film, SampleScene.WIDTH, SampleScene.HEIGHT, SampleScene.FPS)) {
            for (int i = 0; i < QUIET * SampleScene.FPS; i++) {
                writer.write(scene.draw(112 * SampleScene.FPS));
            }
            for (int i = 0; i < BRAWL * SampleScene.FPS; i++) {
                writer.write(scene.draw(25 * SampleScene.FPS + i));
            }
            writer.finish();
        }
    }

    @Test
    void closesOverAnEmptyYard_andTakesABrawlFromItsBeginning() throws Exception {
        Captures captures = FilmRun.play(film, config(Mode.INTERVAL, Gate.DEFAULT));

        assertThat(captures.ledger.counts().gated().packets()).as("gate closed").isGreaterThan(10);
        assertBrawlIsTaken(captures);
        assertThat(quiet(captures)).as("keep-alive").isBetween(1L, 10L);
    }

    @Test
    void seesTheBrawl_alsoWhereItHadToBeginWithKeyPictures() throws Exception {
        Captures captures =
                FilmRun.play(film, config(Mode.INTERVAL, Gate.DEFAULT), PacketRing.MAX_BYTES, new OpeningTurns(0));

        assertThat(captures.ledger.counts().gated().packets()).as("not decoded").isGreaterThan(QUIET);
        assertThat(captures.frames.getFirst().score).as("shown at once").isEmpty();
        assertBrawlIsTaken(captures);
    }

    @Test
    void givesItsTurnBack() throws Exception {
        OpeningTurns turns = new OpeningTurns(1);
        FilmRun.play(film, config(Mode.INTERVAL, Gate.DEFAULT), PacketRing.MAX_BYTES, turns);

        assertThat(turns.take()).isTrue();
        assertThat(turns.take()).isFalse();
    }

    @Test
    void decodesEverything_whenThePacketsOfOneKeyPictureCannotBeKept() throws Exception {
        Captures captures = FilmRun.play(film, config(Mode.INTERVAL, Gate.DEFAULT), 10_000, new OpeningTurns(1));

        assertThat(captures.ledger.counts().gated().packets()).isLessThan(10);
        assertBrawlIsTaken(captures);
    }

    @Test
    void seesTheBrawlInKeyPicturesAlone_andThenDecodesWhatLedToThem() throws Exception {
        Gate gate = new Gate(false, true, true, Duration.ofSeconds(10));
        Captures captures = FilmRun.play(film, config(Mode.KEYFRAMES, gate));

        assertThat(captures.ledger.counts().gated().packets()).isGreaterThan(20);
        assertBrawlIsTaken(captures);
    }

    @Test
    void sendsEverythingAtTheActiveRate_whenBothStagesAreOff() throws Exception {
        Captures captures =
                FilmRun.play(film, config(Mode.INTERVAL, new Gate(false, false, true, Duration.ofSeconds(10))));

        FrameCounts counts = captures.ledger.counts();
        assertThat(counts.captured()).isBetween((QUIET + BRAWL) * 4L - 4, (QUIET + BRAWL) * 4L + 1);
        assertThat(counts.skipped()).isEqualTo(counts.gated().duplicates());
    }

    @Test
    void takesKeyPicturesAsTheyCome_withoutAScore_whenAllStagesAreOff() throws Exception {
        Gate off = new Gate(false, false, false, Duration.ofSeconds(10));
        Captures captures = FilmRun.play(film, config(Mode.KEYFRAMES, off));

        assertThat(captures.frames).hasSizeBetween((QUIET + BRAWL) / 2, (QUIET + BRAWL) / 2 + 1);
        assertThat(captures.frames).extracting(f -> f.score).containsOnly(OptionalInt.empty());
        assertThat(captures.ledger.counts().captured()).isEqualTo(captures.frames.size());
    }

    @Test
    void takesEveryInstant_whenAllStagesAreOff() throws Exception {
        Gate off = new Gate(false, false, false, Duration.ofSeconds(10));
        Captures captures = FilmRun.play(film, config(Mode.INTERVAL, off));

        assertThat(captures.frames).hasSizeBetween((QUIET + BRAWL) * 4 - 4, (QUIET + BRAWL) * 4 + 1);
        assertThat(captures.ledger.counts().skipped()).isZero();
    }

    private static void assertBrawlIsTaken(Captures captures) {
        List<Captures.Taken> brawl =
                captures.frames.stream().filter(f -> FilmRun.second(f) >= QUIET).toList();
        assertThat(brawl).hasSizeGreaterThanOrEqualTo(BRAWL * 4 - 2);
        assertThat(FilmRun.second(brawl.getFirst())).isLessThan(QUIET + 0.5);
        assertThat(brawl).extracting((Captures.Taken f) -> f.score).last().isNotEqualTo(OptionalInt.empty());
        assertThat(captures.frames).extracting(f -> f.capturedAt).isSorted().doesNotHaveDuplicates();
        assertThat(captures.ledger.counts().conserved()).isTrue();
        assertThat(captures.ledger.counts().failed()).isZero();
    }

    private static long quiet(Captures captures) {
        return captures.frames.stream().filter(f -> FilmRun.second(f) < QUIET).count();
    }

    private static CameraConfig config(Mode mode, Gate gate) {
        CameraConfig base = Captures.config(2);
        return new CameraConfig(
                base.name(),
                base.site(),
                base.source(),
                new Sampling(mode, 2, 4, Duration.ofSeconds(5)),
                gate,
                List.of(),
                base.image(),
                base.alert());
    }
}
