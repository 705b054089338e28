package dev.affray.agent.training;

import dev.affray.agent.gate.GreyPicture;

/** Brings the pictures of clips of any shape to one, so that they can follow each other in a stream: the middle of each, 16 to 9. */
final class WidePicture {
    private static final int WIDE = 16;
    private static final int HIGH = 9;

    /** That of all such pictures. */
    static final GreyPicture.Size SIZE = GreyPicture.Size.of(WIDE, HIGH);

    private WidePicture() {}

    /** The middle of a picture, made as large as all; the picture itself where it is of that size. */
    static GreyPicture of(GreyPicture picture) {
        if (picture.size().equals(SIZE)) {
            return picture;
        }
        double width = Math.min(picture.size().width(), picture.size().height() * (double) WIDE / HIGH);
        double height = width * HIGH / WIDE;
        double left = (picture.size().width() - width) / 2;
        double top = (picture.size().height() - height) / 2;
        byte[] samples = new byte[SIZE.width() * SIZE.height()];
        for (int row = 0; row < SIZE.height(); row++) {
            double y = top + (row + 0.5) / SIZE.height() * height - 0.5;
            for (int column = 0; column < SIZE.width(); column++) {
                double x = left + (column + 0.5) / SIZE.width() * width - 0.5;
                samples[row * SIZE.width() + column] = (byte) Math.round(between(picture, x, y));
            }
        }
        return new GreyPicture(SIZE, samples);
    }

    /** The level at a place between pixels. */
    private static double between(GreyPicture picture, double x, double y) {
        int right = picture.size().width() - 1;
        int bottom = picture.size().height() - 1;
        double column = Math.clamp(x, 0, right);
        double row = Math.clamp(y, 0, bottom);
        int left = (int) column;
        int top = (int) row;
        int nextColumn = Math.min(left + 1, right);
        int nextRow = Math.min(top + 1, bottom);
        double upper = mix(picture.at(left, top), picture.at(nextColumn, top), column - left);
        double lower = mix(picture.at(left, nextRow), picture.at(nextColumn, nextRow), column - left);
        return mix(upper, lower, row - top);
    }

    private static double mix(double from, double to, double share) {
        return from + share * (to - from);
    }
}
