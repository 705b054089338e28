package dev.affray.agent.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.camera.Polygon;
import dev.affray.camera.Polygon.Corner;
import java.util.List;
import org.junit.jupiter.api.Test;

class MotionGateTest {
    private static final double NOISE = 1.5;

    private MotionGate gate = new MotionGate(List.of());
    private int picture;

    @Test
    void learnsForAMoment_thenSeesThatNothingMoves() {
        assertThat(show(100, NOISE, 0, 0)).isEqualTo(Motion.LEARNING);
        learn(NOISE);
        for (int i = 0; i < 100; i++) {
            assertThat(show(100, NOISE, 0, 0)).isEqualTo(Motion.STILL);
        }
    }

    @Test
    void forgetsWhatItSawFirst_whileItLearns() {
        show(100, NOISE, 60, 24);
        show(100, NOISE, 62, 24);
        learn(NOISE);
        for (int i = 0; i < 20; i++) {
            assertThat(show(100, NOISE, 0, 0)).isEqualTo(Motion.STILL);
        }
    }

    @Test
    void seesSomebodyFarOff_whoCameInBetween() {
        learn(NOISE);
        assertThat(show(100, NOISE, 68, 10)).isEqualTo(Motion.MOVED);
    }

    @Test
    void seesWhoWalks_inTheNoiseOfTheNight() {
        learn(4);
        assertThat(show(100, 4, 0, 0)).isEqualTo(Motion.STILL);
        assertThat(show(100, 4, 60, 24)).isEqualTo(Motion.MOVED);
        assertThat(show(100, 4, 62, 24)).isEqualTo(Motion.MOVED);
    }

    @Test
    void takesAPersonWhoStaysForPartOfTheScene_inTheEnd() {
        learn(NOISE);
        Motion last = Motion.STILL;
        for (int i = 0; i < 150; i++) {
            picture += 7;
            last = show(100, NOISE, 70, 24);
        }
        assertThat(last).isEqualTo(Motion.STILL);
    }

    @Test
    void ignoresALightThatGoesOn_butNotWhoMovesInIt() {
        learn(NOISE);
        assertThat(show(160, NOISE, 0, 0)).isEqualTo(Motion.LIGHT);
        assertThat(show(160, NOISE, 0, 0)).isEqualTo(Motion.STILL);
        assertThat(show(160, NOISE, 60, 24)).isEqualTo(Motion.MOVED);
    }

    @Test
    void takesFlickerThatGoesOnForMotion() {
        learn(NOISE);
        assertThat(bright(0)).isEqualTo(Motion.LIGHT);
        assertThat(bright(1)).isEqualTo(Motion.MOVED);
    }

    @Test
    void ignoresSlowDusk() {
        learn(NOISE);
        for (int i = 0; i < 300; i++) {
            assertThat(show(100 - i / 10, NOISE, 0, 0)).isEqualTo(Motion.STILL);
        }
    }

    @Test
    void countsMotionInItsZonesOnly() {
        gate = new MotionGate(List.of(
                new Polygon(List.of(new Corner(0.5, 0), new Corner(1, 0), new Corner(1, 1), new Corner(0.5, 1)))));
        learn(NOISE);
        assertThat(show(100, NOISE, 20, 30)).isEqualTo(Motion.STILL);
        assertThat(show(100, NOISE, 110, 30)).isEqualTo(Motion.MOVED);
    }

    private void learn(double noise) {
        for (int i = 0; i < 20; i++) {
            show(100, noise, 0, 0);
        }
    }

    private Motion show(int grey, double noise, int column, int tall) {
        return gate.add(Scenes.yard(picture, grey, noise, column, tall), picture++ * 0.1);
    }

    /** Half of the ground lit up, now on one side and now on the other. */
    private Motion bright(int side) {
        byte[] samples = new byte[Luma.WIDTH * Luma.HEIGHT];
        for (int i = 0; i < samples.length; i++) {
            int column = i % Luma.WIDTH;
            int row = i / Luma.WIDTH;
            boolean lit = (column / 20 + row / 15 + side) % 2 == 0;
            samples[i] = (byte) (lit ? 220 : 20);
        }
        return gate.add(new Luma(samples), picture++ * 0.1);
    }
}
