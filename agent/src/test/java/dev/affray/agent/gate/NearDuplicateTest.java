package dev.affray.agent.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class NearDuplicateTest {
    private final NearDuplicate duplicates = new NearDuplicate();

    @Test
    void skipsWhatDiffersByNoiseOnly() {
        duplicates.keep(yard(1, 0));
        assertThat(duplicates.skips(yard(2, 0))).isTrue();
    }

    @Test
    void keepsThePictureInWhichSomeoneStandsFarOff() {
        duplicates.keep(yard(1, 0));
        assertThat(duplicates.skips(yard(2, 8))).isFalse();
    }

    @Test
    void keepsTheFirst() {
        assertThat(duplicates.skips(yard(1, 0))).isFalse();
    }

    @Test
    void keepsThePicture_whenTheLightChanges() {
        duplicates.keep(picture(1, 0, 100));
        assertThat(duplicates.skips(picture(2, 0, 104))).isFalse();
    }

    private static Luma yard(long seed, int person) {
        return picture(seed, person, 100);
    }

    /** Grey with noise, and somebody so many pixels tall. */
    private static Luma picture(long seed, int person, int grey) {
        Random random = new Random(seed);
        byte[] samples = new byte[Luma.WIDTH * Luma.HEIGHT];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) Math.round(grey + random.nextGaussian() * 1.5);
        }
        for (int row = 40; row < 40 + person; row++) {
            for (int column = 70; column < 70 + person / 2; column++) {
                samples[row * Luma.WIDTH + column] = 40;
            }
        }
        return new Luma(samples);
    }
}
