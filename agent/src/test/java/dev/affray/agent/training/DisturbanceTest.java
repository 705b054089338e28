package dev.affray.agent.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.agent.gate.FightScore;
import dev.affray.agent.gate.GreyPicture;
import dev.affray.agent.gate.ScoreModel;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DisturbanceTest {
    private static final int PICTURES = 25;

    /** Drawn by lots that no clip was trained with, over a picture that no clip shows. Of {@link Disturbance#DARK} it is not true yet: the README says how much. */
    @ParameterizedTest
    @EnumSource(
            value = Disturbance.class,
            names = {"NONE", "RAIN", "TREES", "LIGHT", "SHAKE"})
    void scoresBelowFifty_whereNothingButTheDisturbanceMoves(Disturbance disturbance) {
        for (int seed = 1000; seed < 1004; seed++) {
            UnaryOperator<GreyPicture> over = disturbance.over(seed);
            try (FightScore score = new FightScore(ScoreModel.shipped())) {
                score.begin(Disturbance.STEP);
                for (int i = 0; i < PICTURES; i++) {
                    double seconds = i * Disturbance.STEP;
                    assertThat(score.wants(seconds)).isTrue();
                    score.add(over.apply(yard()), seconds);
                }
                assertThat(score.score().orElseThrow())
                        .as("%s drawn by %d", disturbance, seed)
                        .isLessThan(50);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void drawsTheSameByTheSameLot(Disturbance disturbance) {
        UnaryOperator<GreyPicture> over = disturbance.over(7);
        UnaryOperator<GreyPicture> again = disturbance.over(7);
        UnaryOperator<GreyPicture> other = disturbance.over(8);
        GreyPicture first = over.apply(yard());
        assertThat(levels(again.apply(yard()))).isEqualTo(levels(first));
        if (disturbance == Disturbance.NONE) {
            assertThat(levels(first)).isEqualTo(levels(yard()));
        } else {
            assertThat(levels(first)).isNotEqualTo(levels(other.apply(yard())));
            assertThat(levels(over.apply(yard()))).as("it moves").isNotEqualTo(levels(first));
        }
    }

    @Test
    void codesWhatChangesCoarsely_andLeavesWhatDoesNot() {
        List<Integer> wanted = levels(yard());
        Coding coding = new Coding(new Random(3));
        List<Integer> first = levels(coding.over(yard()));
        double apart = 0;
        for (int i = 0; i < first.size(); i++) {
            apart += Math.abs(first.get(i) - wanted.get(i)) / (double) first.size();
        }
        assertThat(apart).as("grey levels").isBetween(0.1, 12.0);
        assertThat(levels(coding.over(yard()))).as("nothing changed").isEqualTo(first);
    }

    /** A house, a lamp and a patterned ground. */
    private static GreyPicture yard() {
        GreyPicture.Size size = GreyPicture.Size.of(1280, 720);
        byte[] samples = new byte[size.width() * size.height()];
        for (int i = 0; i < samples.length; i++) {
            int x = i % size.width();
            int y = i / size.width();
            boolean house = x > 20 && x < 110 && y > 15 && y < 70;
            boolean lamp = x > 180 && x < 184 && y > 10 && y < 100;
            double ground = 110 + 14 * Math.sin(x / 5.0 + y / 9.0) * Math.sin(y / 4.0) + 20.0 * y / size.height();
            int windows = x / 12 % 2 == 0 && y / 14 % 2 == 0 ? 70 : 150;
            samples[i] = (byte) (house ? windows : lamp ? 40 : Math.round(ground));
        }
        return new GreyPicture(size, samples);
    }

    private static List<Integer> levels(GreyPicture picture) {
        return IntStream.range(0, picture.size().width() * picture.size().height())
                .map(i -> picture.at(
                        i % picture.size().width(), i / picture.size().width()))
                .boxed()
                .toList();
    }
}
