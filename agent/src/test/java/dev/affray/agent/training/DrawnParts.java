package dev.affray.agent.training;

import dev.affray.agent.gate.GreyPicture;
import dev.affray.agent.gate.MotionCells;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Clips of drawn pictures for the tests of streams. */
final class DrawnParts {
    private static final int ROWS = 9;
    private static final int COLUMNS = 16;
    private static final int BLOCK = 6;

    private DrawnParts() {}

    /** A clip in which the same little moves everywhere and all the time; its picture is like no other's. */
    static StreamPart part(String name, boolean fight, int steps, double pace, float motion) {
        List<MotionCells> all = new ArrayList<>();
        float[] values = new float[ROWS * COLUMNS * MotionCells.NUMBERS];
        Arrays.fill(values, motion);
        for (int step = 0; step < steps; step++) {
            all.add(new MotionCells(ROWS, COLUMNS, step * pace, (step + 1) * pace, values));
        }
        GreyPicture picture = picture(name.hashCode());
        return new StreamPart(new LabelledClip(Path.of(name), name, fight, "of " + name), all, picture, picture);
    }

    /** Blocks of grey by lot. */
    private static GreyPicture picture(long seed) {
        Random random = new Random(seed);
        int width = WidePicture.SIZE.width();
        int height = WidePicture.SIZE.height();
        int[] greys =
                random.ints((width / BLOCK + 1) * (height / BLOCK + 1L), 0, 256).toArray();
        byte[] samples = new byte[width * height];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) greys[i / width / BLOCK * (width / BLOCK + 1) + i % width / BLOCK];
        }
        return new GreyPicture(WidePicture.SIZE, samples);
    }
}
