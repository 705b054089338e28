package dev.affray.agent.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PicturePaceTest {
    @ParameterizedTest
    @ValueSource(doubles = {8, 10, 12, 12.5, 15, 20, 24, 25, 29.97, 30, 50, 60})
    void picksAboutTenASecond_evenly(double rate) {
        List<Double> picked = picked(new PicturePace(1 / rate), rate, 0);

        assertThat(picked.size() / 10.0).isBetween(7.4, 15.5);
        for (int i = 1; i < picked.size(); i++) {
            assertThat(picked.get(i) - picked.get(i - 1)).isCloseTo(picked.get(1) - picked.get(0), within());
        }
    }

    @Test
    void findsOutTheRate_whereTheStreamSaysAnother() {
        PicturePace pace = new PicturePace(1 / 50.0);
        picked(pace, 12, 0);
        assertThat(pace.rate()).isBetween(11.9, 12.1);
        assertThat(pace.isTooSlow()).isFalse();
    }

    @Test
    void keepsThePace_whereTimeStampsShake() {
        List<Double> picked = picked(new PicturePace(1 / 25.0), 25, 0.01);
        assertThat(picked.size() / 10.0).isBetween(7.5, 10.0);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.2, 1, 5, 7})
    void picksNothing_belowEightASecond(double rate) {
        PicturePace pace = new PicturePace(1 / 25.0);
        picked(pace, rate, 0);
        assertThat(pace.isTooSlow()).isTrue();
        assertThat(pace.picks(1e6)).isFalse();
    }

    @Test
    void leavesOutWhatHasTheSameTime() {
        PicturePace pace = new PicturePace(0.1);
        assertThat(pace.picks(1)).isTrue();
        assertThat(pace.picks(1)).isFalse();
        assertThat(pace.picks(1.1)).isTrue();
    }

    /** Of ten seconds, or of twenty pictures where that is longer. */
    private static List<Double> picked(PicturePace pace, double rate, double shake) {
        Random random = new Random(1);
        List<Double> picked = new ArrayList<>();
        for (int i = 0; i < Math.max(20, 10 * rate); i++) {
            double at = i / rate + shake * random.nextDouble();
            if (pace.picks(at)) {
                picked.add(at);
            }
        }
        return picked;
    }

    private static org.assertj.core.data.Offset<Double> within() {
        return org.assertj.core.data.Offset.offset(1e-6);
    }
}
