package dev.affray.agent.capture.sample;

import java.util.Arrays;

/**
 * A picture in planar YUV 4:2:0, limited range, and the few shapes drawn into it. Shapes may lie outside it in part or wholly. Not thread-safe.
 */
public final class Picture {
    private final int width;
    private final int height;
    private final byte[] y;
    private final byte[] u;
    private final byte[] v;

    /** A black picture of even width and height. */
    Picture(int width, int height) {
        this.width = width;
        this.height = height;
        y = new byte[width * height];
        u = new byte[width * height / 4];
        v = new byte[width * height / 4];
        rectangle(0, 0, width, height, Colour.grey(16));
    }

    /** In pixels. */
    public int width() {
        return width;
    }

    /** In pixels. */
    public int height() {
        return height;
    }

    /** The samples of plane 0 (Y, width by height), 1 (U) or 2 (V, both half as wide and high), row by row; the picture's own array. */
    public byte[] plane(int index) {
        return switch (index) {
            case 0 -> y;
            case 1 -> u;
            case 2 -> v;
            default -> throw new IllegalArgumentException("there is no plane " + index);
        };
    }

    void copyFrom(Picture other) {
        System.arraycopy(other.y, 0, y, 0, y.length);
        System.arraycopy(other.u, 0, u, 0, u.length);
        System.arraycopy(other.v, 0, v, 0, v.length);
    }

    void rectangle(int left, int top, int right, int bottom, Colour colour) {
        fill(y, width, left, top, right, bottom, colour.y());
        fill(u, width / 2, left / 2, top / 2, right / 2, bottom / 2, colour.u());
        fill(v, width / 2, left / 2, top / 2, right / 2, bottom / 2, colour.v());
    }

    /** All points within {@code radius} of the line from one end to the other, with soft edges. */
    void capsule(double x0, double y0, double x1, double y1, double radius, Colour colour) {
        stroke(y, width, height, x0, y0, x1, y1, radius, colour.y());
        stroke(u, width / 2, height / 2, x0 / 2, y0 / 2, x1 / 2, y1 / 2, radius / 2, colour.u());
        stroke(v, width / 2, height / 2, x0 / 2, y0 / 2, x1 / 2, y1 / 2, radius / 2, colour.v());
    }

    void disc(double x, double y0, double radius, Colour colour) {
        capsule(x, y0, x, y0, radius, colour);
    }

    /** Adds to the luma from an endless strip of noise, beginning at an offset into it. */
    void addLuma(byte[] noise, int offset) {
        int from = offset;
        for (int i = 0; i < y.length; i++) {
            y[i] = (byte) Math.clamp((y[i] & 0xff) + noise[from], 16, 235);
            from = from + 1 == noise.length ? 0 : from + 1;
        }
    }

    private static void fill(byte[] plane, int stride, int left, int top, int right, int bottom, int value) {
        for (int row = Math.max(0, top); row < Math.min(bottom, plane.length / stride); row++) {
            Arrays.fill(
                    plane,
                    row * stride + Math.clamp(left, 0, stride),
                    row * stride + Math.clamp(right, 0, stride),
                    (byte) value);
        }
    }

    private static void stroke(
            byte[] plane, int width, int height, double x0, double y0, double x1, double y1, double radius, int value) {
        int left = Math.max(0, (int) Math.floor(Math.min(x0, x1) - radius - 1));
        int right = Math.min(width - 1, (int) Math.ceil(Math.max(x0, x1) + radius + 1));
        int top = Math.max(0, (int) Math.floor(Math.min(y0, y1) - radius - 1));
        int bottom = Math.min(height - 1, (int) Math.ceil(Math.max(y0, y1) + radius + 1));
        double dx = x1 - x0;
        double dy = y1 - y0;
        double lengthSquared = Math.max(1e-9, dx * dx + dy * dy);
        for (int row = top; row <= bottom; row++) {
            for (int column = left; column <= right; column++) {
                double px = column + 0.5 - x0;
                double py = row + 0.5 - y0;
                double along = Math.clamp((px * dx + py * dy) / lengthSquared, 0, 1);
                double distance = Math.hypot(px - along * dx, py - along * dy);
                double cover = Math.clamp(radius + 0.5 - distance, 0, 1);
                if (cover > 0) {
                    int at = row * width + column;
                    plane[at] = (byte) Math.round((plane[at] & 0xff) * (1 - cover) + value * cover);
                }
            }
        }
    }
}
