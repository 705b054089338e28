package dev.affray.agent.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.DoubleFunction;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class FightScoreTest {
    private static final double RATE = 10;

    @Test
    void givesNoScore_beforeThereIsEnoughToGoBy() {
        try (FightScore score = begun(RATE)) {
            for (int i = 0; i < 7; i++) {
                add(score, still(i), i / RATE);
                assertThat(score.score()).as("after %d pictures", i + 1).isEmpty();
            }
            add(score, still(7), 7 / RATE);
            assertThat(score.score()).isPresent();
        }
    }

    @Test
    void isLow_whereNothingHappensButNoiseLightAndShaking() {
        Random random = new Random(3);
        assertThat(scoreOf(t -> still((long) (t * 100)))).as("still").isLessThan(40);
        assertThat(scoreOf(t -> Greys.scene(0, 15 * Math.sin(2 * t), -1, 0, 1)))
                .as("the light changes")
                .isLessThan(40);
        assertThat(scoreOf(_ -> Greys.scene(3 * random.nextGaussian(), 0, -1, 0, 1)))
                .as("the camera shakes")
                .isLessThan(40);
    }

    @Test
    void tellsWhatIsFlungAboutFromWhatPasses() {
        Random random = new Random(5);
        int passing = scoreOf(t -> Greys.scene(0, 0, 30 + 25 * t, 50, 1));
        int flung = scoreOf(_ -> Greys.scene(0, 0, 90 + 7 * random.nextGaussian(), 50 + 5 * random.nextGaussian(), 1));
        assertThat(passing).isLessThan(flung);
    }

    @Test
    void doesNotDependMuchOnTheRateOfTheStream() {
        int[] scores = {ofRate(10), ofRate(15), ofRate(25), ofRate(30)};
        for (int score : scores) {
            assertThat(score).isBetween(scores[0] - 25, scores[0] + 25);
        }
    }

    @Test
    void beginsAnew_afterAGapAndAfterAStepBack() {
        try (FightScore score = begun(RATE)) {
            double end = feed(score, RATE, 0, 2, t -> still((long) (t * 100)));
            assertThat(score.score()).isPresent();
            add(score, still(1), end + 3);
            assertThat(score.score()).as("after a gap").isEmpty();
            feed(score, RATE, end + 3, 2, t -> still((long) (t * 100)));
            assertThat(score.score()).isPresent();
            add(score, still(1), 1);
            assertThat(score.score()).as("after a step back").isEmpty();
        }
    }

    @Test
    void saysSo_whereThereAreTooFewPicturesASecond() {
        try (FightScore score = begun(25)) {
            feed(score, 5, 0, 6, t -> still((long) (t * 100)));
            assertThat(score.isTooSlow()).isTrue();
            assertThat(score.rate()).isBetween(4.9, 5.1);
            assertThat(score.score()).isEqualTo(OptionalInt.empty());
        }
    }

    @Test
    void keepsNoNativeMemory() {
        brief();
        long before = Pointer.totalCount();
        for (int i = 0; i < 3; i++) {
            brief();
        }
        assertThat(Pointer.totalCount()).isLessThanOrEqualTo(before);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void needsNothingOfADesktop() throws IOException {
        brief();
        String loaded = Files.readString(Path.of("/proc/self/maps"));
        assertThat(loaded).contains("libopencv_video").doesNotContain("libopencv_highgui", "libgtk");
    }

    /** A stream of half a second. */
    private static void brief() {
        try (FightScore score = begun(RATE)) {
            feed(score, RATE, 0, 0.5, t -> still((long) (t * 100)));
        }
    }

    private static int ofRate(double rate) {
        try (FightScore score = begun(rate)) {
            feed(score, rate, 0, 2.5, t -> Greys.scene(0, 0, 90 + 14 * Math.sin(11 * t), 50 + 9 * Math.sin(7 * t), 1));
            return score.score().orElseThrow();
        }
    }

    /** After two and a half seconds. */
    private static int scoreOf(DoubleFunction<GreyPicture> scene) {
        try (FightScore score = begun(RATE)) {
            feed(score, RATE, 0, 2.5, scene);
            return score.score().orElseThrow();
        }
    }

    private static double feed(
            FightScore score, double rate, double from, double seconds, DoubleFunction<GreyPicture> scene) {
        int count = (int) Math.round(seconds * rate);
        for (int i = 1; i <= count; i++) {
            add(score, scene.apply(i / rate), from + i / rate);
        }
        return from + count / rate;
    }

    private static void add(FightScore score, GreyPicture picture, double seconds) {
        if (score.wants(seconds)) {
            score.add(picture, seconds);
        }
    }

    private static FightScore begun(double rate) {
        FightScore score = new FightScore(ScoreModel.shipped());
        score.begin(1 / rate);
        return score;
    }

    private static GreyPicture still(long seed) {
        return Greys.scene(0, 0, -1, 0, seed);
    }
}
