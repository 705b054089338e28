package dev.affray.agent.capture.sample;

/** The empty school yard: a wall with windows, a fence, paving with painted lines. */
final class Yard {
    private static final Colour WALL = new Colour(128, 120, 138);
    private static final Colour PANE = new Colour(70, 138, 122);
    private static final Colour PAINT = new Colour(176, 124, 130);

    private Yard() {}

    static Picture draw(int width, int height) {
        Picture picture = new Picture(width, height);
        int foot = height * 2 / 5;
        picture.rectangle(0, 0, width, foot, WALL);
        for (int x = 30; x < width; x += 110) {
            picture.rectangle(x, 34, x + 56, 92, Colour.grey(150));
            picture.rectangle(x + 4, 38, x + 52, 88, PANE);
            picture.rectangle(x + 26, 38, x + 30, 88, Colour.grey(150));
        }
        picture.rectangle(0, foot - 10, width, foot, Colour.grey(84));
        paving(picture, foot);
        for (double x = -0.5; x < 1.5; x += 0.25) {
            picture.capsule(width * (0.3 + 0.4 * x), foot + 8, width * x, height, 1.6, PAINT);
        }
        picture.capsule(0, height * 0.62, width, height * 0.62, 1.5, PAINT);
        return picture;
    }

    private static void paving(Picture picture, int foot) {
        int rows = picture.height() - foot;
        for (int row = 0; row < rows; row++) {
            int shade = 98 + 26 * row / rows;
            picture.rectangle(0, foot + row, picture.width(), foot + row + 1, new Colour(shade, 126, 130));
        }
    }
}
