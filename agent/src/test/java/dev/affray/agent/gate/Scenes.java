package dev.affray.agent.gate;

import java.util.Random;

/** Small grey pictures for tests. */
final class Scenes {
    private Scenes() {}

    /** A patterned ground with noise, and somebody so many pixels tall at a column; nobody when that is 0. */
    static Luma yard(long seed, int grey, double noise, int column, int tall) {
        Random random = new Random(seed);
        byte[] samples = new byte[Luma.WIDTH * Luma.HEIGHT];
        for (int i = 0; i < samples.length; i++) {
            int ground = grey + (i / 7 % 3) * 12 - 12;
            samples[i] = (byte) Math.clamp(Math.round(ground + random.nextGaussian() * noise), 0, 255);
        }
        for (int row = 40; row < 40 + tall; row++) {
            for (int x = column; x < column + tall / 2; x++) {
                samples[row * Luma.WIDTH + x] = (byte) Math.clamp(grey - 50, 0, 255);
            }
        }
        return new Luma(samples);
    }

    /** The same grey everywhere, but for noise. */
    static Luma flat(long seed, int grey, double noise) {
        Random random = new Random(seed);
        byte[] samples = new byte[Luma.WIDTH * Luma.HEIGHT];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) Math.clamp(Math.round(grey + random.nextGaussian() * noise), 0, 255);
        }
        return new Luma(samples);
    }
}
