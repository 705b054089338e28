package dev.affray.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.affray.agent.capture.CaptureSource.LocalFile;
import dev.affray.agent.gate.MotionScore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The motion score on labelled surveillance clips, where there are any. */
class FootageTest {
    private static final Path CLIPS = Path.of(System.getProperty("affray.clips", ""));

    @BeforeAll
    static void clips() {
        assumeTrue(Files.isDirectory(CLIPS.resolve("fight")), "no clips in " + CLIPS + "; set -Daffray.clips");
        Ffmpeg.load();
    }

    @Test
    void ranksFightsAboveOtherScenes_mostOfTheTime() throws Exception {
        List<Integer> fights = highest("fight");
        List<Integer> others = highest("nofight");
        double above = 0;
        for (int fight : fights) {
            for (int other : others) {
                above += fight > other ? 1 : fight == other ? 0.5 : 0;
            }
        }
        double area = above / fights.size() / others.size();
        System.out.printf("motion score: %d fights, %d other clips, AUC %.3f%n", fights.size(), others.size(), area);
        assertThat(area).isGreaterThan(0.8);
    }

    @Test
    void staysBelowSixty_whenPeopleOnlyWalkPast() throws Exception {
        assertThat(highest("calm")).isNotEmpty().allMatch(score -> score < 60);
    }

    /** The highest score in each clip that is long enough for one. */
    private static List<Integer> highest(String folder) throws Exception {
        List<Path> clips;
        try (Stream<Path> files = Files.list(CLIPS.resolve(folder))) {
            clips = files.sorted().toList();
        }
        List<Integer> scores = new ArrayList<>();
        for (Path clip : clips) {
            int score = highest(clip);
            if (score >= 0) {
                scores.add(score);
            }
        }
        return scores;
    }

    private static int highest(Path clip) throws Exception {
        int[] highest = {-1};
        MotionScore motion = new MotionScore();
        try (Interrupt interrupt = new Interrupt();
                VideoInput input = VideoInput.open(new LocalFile(clip, false), interrupt, 10_000_000_000L);
                LumaReader lumas = new LumaReader()) {
            SampleGrid grid = new SampleGrid(MotionScore.STEP_SECONDS, 0.5 / input.rate());
            Timeline line = new Timeline();
            VideoInput.Packet packet = VideoInput.Packet.OTHER;
            while (packet != VideoInput.Packet.END) {
                packet = Captures.read(input, (picture, seconds) -> {
                    double at = line.place(seconds, 1 / input.rate());
                    if (grid.picks(at)) {
                        motion.add(lumas.read(picture), at);
                        highest[0] = Math.max(highest[0], motion.score().orElse(-1));
                    }
                });
            }
        }
        return highest[0];
    }
}
