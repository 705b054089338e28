package dev.affray.agent.training;

import dev.affray.agent.capture.FilmPart;
import dev.affray.agent.gate.GreyPicture;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A way to see a clip that leaves its label true: more to train on. Evaluated is always what the camera saw.
 *
 * @param part cut out, and which of the pictures are picked
 * @param mirrored left for right
 * @param brightness so many times that of the clip
 * @param noise of each pixel, in grey levels
 * @param coded whether coarsely, see {@link Coding}
 * @param frozen to the first picture: then it shows no fight
 * @param disturbance drawn over it
 * @param seed by which noise, coding and disturbance are drawn
 */
record View(
        FilmPart part,
        boolean mirrored,
        double brightness,
        double noise,
        boolean coded,
        boolean frozen,
        Disturbance disturbance,
        long seed) {
    /** Everything as it is. */
    static final View PLAIN = new View(FilmPart.ALL, false, 1, 0, false, false, Disturbance.NONE, 0);

    private static final double SMALLEST = 0.6;
    private static final double LARGEST = 0.95;
    private static final double DARKEST = 0.75;
    private static final double BRIGHTEST = 1.3;
    private static final int LATEST = 3;

    /** The noise of a sensor is mostly gone in a picture as small as these. */
    private static final double MOST_NOISE = 3;

    /** Some others, by lot. */
    static List<View> others(int count, long seed) {
        Random random = new Random(seed);
        List<View> views = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double side = random.nextDouble(SMALLEST, LARGEST);
            double x = random.nextDouble(1 - side);
            double y = random.nextDouble(1 - side);
            FilmPart part = new FilmPart(side, x, y, random.nextInt(LATEST), random.nextInt(3) == 0);
            double noise = random.nextBoolean() ? random.nextDouble(MOST_NOISE) : 0;
            views.add(new View(
                    part,
                    random.nextBoolean(),
                    random.nextDouble(DARKEST, BRIGHTEST),
                    noise,
                    random.nextInt(3) == 0,
                    false,
                    Disturbance.NONE,
                    random.nextLong()));
        }
        return views;
    }

    /** Of the first picture alone, with something drawn over it: each disturbance once that a model would else take for a fight. */
    static List<View> stills(long seed) {
        Random random = new Random(seed);
        return Stream.of(Disturbance.RAIN, Disturbance.TREES, Disturbance.DARK)
                .map(disturbance -> disturbed(disturbance, random.nextBoolean(), true, random.nextLong()))
                .toList();
    }

    /** Everything, or the first picture alone, with something drawn over it. */
    static View disturbed(Disturbance disturbance, boolean mirrored, boolean frozen, long seed) {
        return new View(FilmPart.ALL, mirrored, 1, 0, false, frozen, disturbance, seed);
    }

    /** What becomes of the clip's pictures, in their order, each time that it is played. */
    UnaryOperator<GreyPicture> eye() {
        Random random = new Random(seed);
        UnaryOperator<GreyPicture> over = disturbance.over(random.nextLong());
        Coding coding = new Coding(random);
        List<GreyPicture> first = new ArrayList<>();
        return picture -> {
            if (first.isEmpty()) {
                first.add(picture);
            }
            GreyPicture seen = over.apply(frozen ? first.getFirst() : picture);
            seen = mirrored ? seen.mirrored() : seen;
            seen = brightness == 1 ? seen : seen.brightened(brightness);
            seen = noise == 0 ? seen : noisy(seen, random);
            return coded ? coding.over(seen) : seen;
        };
    }

    private GreyPicture noisy(GreyPicture picture, Random random) {
        Levels levels = Levels.of(picture);
        for (int row = 0; row < levels.height(); row++) {
            for (int column = 0; column < levels.width(); column++) {
                levels.add(column, row, noise * random.nextGaussian());
            }
        }
        return levels.picture();
    }
}
