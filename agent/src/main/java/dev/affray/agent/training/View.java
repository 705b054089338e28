package dev.affray.agent.training;

import dev.affray.agent.capture.FilmPart;
import dev.affray.agent.gate.GreyPicture;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A way to see a clip that leaves its label true: more to train on. Evaluated is always what the camera saw.
 *
 * @param part cut out, and which of the pictures are picked
 * @param mirrored left for right
 * @param brightness so many times that of the clip
 */
record View(FilmPart part, boolean mirrored, double brightness) {
    /** Everything as it is. */
    static final View PLAIN = new View(FilmPart.ALL, false, 1);

    private static final double SMALLEST = 0.6;
    private static final double LARGEST = 0.95;
    private static final double DARKEST = 0.75;
    private static final double BRIGHTEST = 1.3;
    private static final int LATEST = 3;

    /** Some others, by lot. */
    static List<View> others(int count, long seed) {
        Random random = new Random(seed);
        List<View> views = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double side = random.nextDouble(SMALLEST, LARGEST);
            double x = random.nextDouble(1 - side);
            double y = random.nextDouble(1 - side);
            FilmPart part = new FilmPart(side, x, y, random.nextInt(LATEST));
            views.add(new View(part, random.nextBoolean(), random.nextDouble(DARKEST, BRIGHTEST)));
        }
        return views;
    }

    /** What becomes of one of the clip's pictures. */
    GreyPicture of(GreyPicture picture) {
        GreyPicture turned = mirrored ? picture.mirrored() : picture;
        return brightness == 1 ? turned : turned.brightened(brightness);
    }
}
