package dev.affray.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.agent.capture.CaptureSource.LocalFile;
import dev.affray.agent.capture.Captures.Taken;
import dev.affray.agent.gate.ScoreModel;
import dev.affray.camera.AlertRule;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.Test;

/** The sample film seen through the whole capture path, but not in real time. */
class SampleFilmTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private final Captures captures = new Captures();

    /** Above this in the film is only the brawl. Drawn people who walk reach more than real ones do. */
    private static final int BRAWL = 95;

    @Test
    void scoresTheBrawlHighestOfAll_longEnoughForAnAlert() throws Exception {
        play(Captures.sample(48), 2);

        // Two frames a second: each has a slot of its own.
        assertThat(scores(20, 34).stream().filter(s -> s >= BRAWL).count())
                .isGreaterThan(AlertRule.EDGE_SCORE_POSITIVES);
        assertThat(scores(0, 20)).isNotEmpty().allMatch(s -> s < BRAWL);
        assertThat(scores(34, 48)).isNotEmpty().allMatch(s -> s < BRAWL);
        assertThat(captures.ledger.counts().conserved()).isTrue();
        assertThat(captures.ledger.counts().skipped())
                .as("nobody is there at times")
                .isPositive();
    }

    private List<Integer> scores(int from, int to) {
        return captures.frames.stream()
                .filter(f ->
                        !f.capturedAt.isBefore(BEGIN.plusSeconds(from)) && f.capturedAt.isBefore(BEGIN.plusSeconds(to)))
                .filter(f -> f.score.isPresent())
                .map(f -> f.score.getAsInt())
                .toList();
    }

    private void play(Path film, double fps) throws Exception {
        Ffmpeg.load();
        double[] seconds = {0};
        Clock clock = new FilmClock(seconds);
        CaptureClock captureClock = new CaptureClock(clock, () -> (long) (seconds[0] * 1e9));
        try (Interrupt interrupt = new Interrupt();
                VideoInput input = VideoInput.open(
                        new LocalFile(film, false),
                        interrupt,
                        Duration.ofSeconds(10).toNanos());
                FrameTaker taker = new FrameTaker(
                        "test",
                        Captures.config(fps),
                        ScoreModel.shipped(),
                        new FrameDoor(captures, captures.ledger),
                        new Snapshots(),
                        new CameraMeter(),
                        captureClock)) {
            taker.begin(1 / input.rate());
            VideoInput.Packet packet = VideoInput.Packet.OTHER;
            while (packet != VideoInput.Packet.END) {
                packet = Captures.read(input, (picture, at) -> {
                    seconds[0] = at;
                    assertThat(picture.format()).isEqualTo(avutil.AV_PIX_FMT_YUV420P);
                    taker.take(picture, at, at, 0);
                });
            }
        }
        assertThat(captures.frames).extracting((Taken f) -> f.capturedAt).isSorted();
    }

    private static final class FilmClock extends Clock {
        private final double[] seconds;

        FilmClock(double[] seconds) {
            this.seconds = seconds;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return BEGIN.plusMillis(Math.round(seconds[0] * 1000));
        }
    }
}
