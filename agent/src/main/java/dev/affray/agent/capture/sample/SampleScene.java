package dev.affray.agent.capture.sample;

import java.util.List;

/**
 * The film of the synthetic sample camera: 120 seconds in a school yard. People walk through (0 to 15 s), two meet (to 20 s), they and a third brawl
 * (to 32 s) and part (to 40 s); then it is calm, with someone passing now and then, and empty for the last seconds, so that it can be looped. Drawn, not
 * filmed: it shows that the way from camera to alarm works and says nothing about how well fights are told from other motion.
 *
 * <p>Deterministic. Not thread-safe: one picture is drawn again and again.
 */
public final class SampleScene {
    /** Columns. */
    public static final int WIDTH = 640;

    /** Rows. */
    public static final int HEIGHT = 360;

    /** Pictures a second. */
    public static final int FPS = 15;

    /** Length of the film. */
    public static final int SECONDS = 120;

    private static final double GRAIN = 1.6;
    private static final Colour PALE = new Colour(168, 112, 148);
    private static final Colour DARK = new Colour(84, 118, 140);
    private static final Figure RED = new Figure(132, new Colour(82, 102, 200), new Colour(56, 140, 120), PALE);
    private static final Figure WHITE = new Figure(136, new Colour(206, 126, 128), new Colour(66, 132, 126), DARK);
    private static final Figure GREEN = new Figure(128, new Colour(110, 100, 90), new Colour(48, 128, 128), PALE);
    private static final Figure BLUE = new Figure(130, new Colour(70, 172, 110), new Colour(90, 124, 134), DARK);
    private static final Figure GREY = new Figure(104, new Colour(150, 128, 128), new Colour(50, 128, 128), PALE);

    private static final List<Actor> ACTORS = List.of(
            Actor.passerBy(GREY, 232, 690, 5.5, -50, 14.5),
            Actor.passerBy(GREY, 236, -50, 66, 690, 75),
            Actor.passerBy(GREEN, 288, -50, 0.5, 690, 8),
            Actor.passerBy(BLUE, 322, -50, 4, 690, 12),
            new Actor(RED, 1, 306, -50, 14.5, 298, 18, 20, 32, 33, -50, 37),
            new Actor(WHITE, 2, 308, 690, 14.5, 344, 18, 20, 32, 33, 690, 37.5),
            new Actor(GREEN, 3, 314, 690, 22.5, 386, 25, 25, 31.5, 34.5, 690, 38.5),
            Actor.passerBy(BLUE, 300, 690, 48, -50, 56),
            Actor.passerBy(RED, 312, -50, 86, 690, 94),
            Actor.passerBy(GREEN, 296, 690, 103, -50, 111));

    private final Picture yard = Yard.draw(WIDTH, HEIGHT);
    private final Picture picture = new Picture(WIDTH, HEIGHT);
    private final byte[] grain = Noise.strip(WIDTH * HEIGHT * 2, GRAIN, 7);

    /** Draws one picture, numbered from 0. It is valid until the next call. */
    public Picture draw(int number) {
        double seconds = (double) number / FPS;
        picture.copyFrom(yard);
        ACTORS.forEach(actor -> actor.draw(picture, seconds));
        picture.addLuma(grain, (int) (Noise.unit(11, number) * grain.length));
        label(number / FPS);
        return picture;
    }

    private void label(int second) {
        picture.rectangle(8, 8, 8 + 288, 30, Colour.grey(20));
        Lettering.write(picture, "SYNTHETIC SAMPLE", 14, 12, 2, Colour.grey(225));
        String clock = "%02d:%02d".formatted(second / 60, second % 60);
        Lettering.write(picture, clock, 14 + 17 * 12, 12, 2, Colour.grey(225));
    }
}
