package dev.affray.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.sun.management.ThreadMXBean;
import dev.affray.agent.capture.CaptureSource.LocalFile;
import dev.affray.agent.gate.FightScore;
import dev.affray.agent.gate.ScoreModel;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the score costs beside the decoder: {@code -Daffray.score.film=FILE} plays a film with much motion, a quarter of a minute or more, twice. */
class ScoreCostTest {
    private static final String FILM = System.getProperty("affray.score.film", "");

    private long cpu;
    private long scoredCpu;
    private int pictures;
    private int scores;

    @Test
    void scoringCostsLittleBesideDecoding() throws Exception {
        assumeFalse(FILM.isEmpty(), "no film; set -Daffray.score.film");
        Ffmpeg.load();
        play();
        cpu = 0;
        scoredCpu = 0;
        pictures = 0;
        scores = 0;
        double rate = play();
        double seconds = pictures / rate;
        System.out.printf(
                "score: %.4f CPU seconds a camera second, %.4f of them for %.1f scores a second; %.0f s at %.0f a second%n",
                cpu / 1e9 / seconds, scoredCpu / 1e9 / seconds, scores / seconds, seconds, rate);
        assertThat(scores).isPositive();
    }

    /** As the frame taker does, five times a second asking for a score. Returns pictures a second. */
    private double play() throws Exception {
        Timeline line = new Timeline();
        try (Interrupt interrupt = new Interrupt();
                VideoInput input = VideoInput.open(new LocalFile(Path.of(FILM), false), interrupt, 10_000_000_000L);
                SmallPictures greys = new SmallPictures();
                FightScore score = new FightScore(ScoreModel.shipped())) {
            SampleGrid asked = new SampleGrid(0.2, 0);
            score.begin(1 / input.rate());
            while (true) {
                VideoInput.Packet packet = input.next();
                if (packet == VideoInput.Packet.END) {
                    return input.rate();
                }
                if (packet == VideoInput.Packet.VIDEO) {
                    input.decode(input.packet(), (picture, stamp) -> {
                        pictures++;
                        double at = line.place(stamp, 1 / input.rate());
                        long before = now();
                        if (score.wants(at)) {
                            score.add(greys.read(picture), at);
                        }
                        long added = now();
                        if (asked.picks(at) && score.score().isPresent()) {
                            scores++;
                            scoredCpu += now() - added;
                        }
                        cpu += now() - before;
                    });
                }
            }
        }
    }

    private static long now() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadCpuTime();
    }
}
