package dev.affray.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.affray.agent.capture.Spliced.Encoder;
import dev.affray.camera.AlertRule;
import dev.affray.camera.CameraConfig;
import dev.affray.camera.Gate;
import dev.affray.camera.Image;
import dev.affray.camera.Sampling;
import dev.affray.camera.Site;
import dev.affray.health.FrameCounts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * That no fight is gated away: labelled clips, each after a minute of quiet, through several encoders. A sample by default; {@code -Daffray.gate.clips=90}
 * takes so many clips, {@code -Daffray.gate.encoders=CRF,LONG_GOP} other encoders.
 */
class GateFootageTest {
    private static final Path CLIPS = Path.of(System.getProperty("affray.clips", "../../shared/clips"));
    private static final int COUNT = Integer.getInteger("affray.gate.clips", 2);
    private static final String ENCODERS = System.getProperty("affray.gate.encoders", "CRF");

    @TempDir
    Path folder;

    @BeforeAll
    static void clips() {
        assumeTrue(Files.isDirectory(CLIPS.resolve("fight")), "no clips in " + CLIPS + "; set -Daffray.clips");
        assumeTrue(program("ffmpeg"), "no ffmpeg program");
    }

    @Test
    void noFightIsGatedAway_afterAMinuteOfQuiet() throws Exception {
        int fights = 0;
        int sent = 0;
        for (String name : ENCODERS.split(",")) {
            Encoder encoder = Encoder.valueOf(name);
            Tally tally = new Tally();
            for (Path clip : clips("fight", COUNT)) {
                tally.add(clip, encoder);
            }
            System.out.println(encoder + ": " + tally);
            fights += tally.films;
            sent += tally.films - tally.missed.size();
        }
        assertThat((double) sent / fights)
                .as("fights of which three frames are sent")
                .isGreaterThanOrEqualTo(0.99);
    }

    private final class Tally {
        int films;
        long quietCaptured;
        long quietSent;
        long fightSent;
        long packets;
        long motion;
        long duplicates;
        final List<String> missed = new ArrayList<>();

        void add(Path clip, Encoder encoder) throws Exception {
            Path film = folder.resolve("film.mp4");
            Spliced.make(clip, encoder, film);
            Captures captures = FilmRun.play(film, config());
            FrameCounts counts = captures.ledger.counts();
            assertThat(counts.captured()).isEqualTo(counts.skipped() + counts.failed() + counts.spooled());
            long quiet = captures.frames.stream()
                    .filter(f -> FilmRun.second(f) < Spliced.QUIET_SECONDS)
                    .count();
            long fight = captures.frames.size() - quiet;
            assertThat(captures.frames.stream()
                            .filter(f -> FilmRun.second(f) >= Spliced.QUIET_SECONDS && f.score.isPresent())
                            .count())
                    .as("what came before the gate opened counts for the score")
                    .isGreaterThanOrEqualTo(fight / 2);
            films++;
            quietSent += quiet;
            fightSent += fight;
            quietCaptured += counts.captured() - fight;
            packets += counts.gated().packets();
            motion += counts.gated().motion();
            duplicates += counts.gated().duplicates();
            if (fight < 3) {
                missed.add(clip.getFileName() + "=" + fight);
            }
        }

        @Override
        public String toString() {
            return String.format(
                    "%d films, three frames of %.1f %% of the fights, %.1f frames a fight; %.1f %% of the quiet instants sent; "
                            + "skipped by packets %d, motion %d, duplicates %d; missed %s",
                    films,
                    100.0 * (films - missed.size()) / films,
                    (double) fightSent / films,
                    100.0 * quietSent / quietCaptured,
                    packets,
                    motion,
                    duplicates,
                    missed);
        }
    }

    private static CameraConfig config() {
        return new CameraConfig(
                "Test",
                new Site("", ZoneOffset.UTC),
                Optional.empty(),
                Sampling.DEFAULT,
                Gate.DEFAULT,
                List.of(),
                Image.DEFAULT,
                AlertRule.DEFAULT);
    }

    /** So many clips, spread evenly over all. */
    private static List<Path> clips(String label, int count) throws Exception {
        try (Stream<Path> files = Files.list(CLIPS.resolve(label))) {
            List<Path> all = files.sorted().toList();
            return Stream.iterate(0, i -> i < Math.min(count, all.size()), i -> i + 1)
                    .map(i -> all.get(i * all.size() / Math.min(count, all.size())))
                    .toList();
        }
    }

    private static boolean program(String name) {
        return Stream.of(System.getenv("PATH").split(":")).anyMatch(f -> Files.isExecutable(Path.of(f, name)));
    }
}
