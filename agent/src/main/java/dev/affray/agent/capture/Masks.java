package dev.affray.agent.capture;

import dev.affray.camera.Polygon;
import dev.affray.camera.Polygon.Corner;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Paints parts of pictures over, in grey. Every sample that a mask so much as touches is painted, and one more all around, because scaling blends neighbours.
 * Whatever a mask's edges go around, however often they cross, is inside. For one thread.
 */
final class Masks {
    private static final int GREY = 128;
    private static final double MARGIN = 1;
    private static final int MOST_SIZES = 16;

    private final List<Polygon> polygons;
    private final Map<Size, List<Run>> runs = new HashMap<>();

    private record Size(int width, int height) {}

    private record Run(int row, int from, int length) {}

    Masks(List<Polygon> polygons) {
        this.polygons = List.copyOf(polygons);
    }

    boolean isEmpty() {
        return polygons.isEmpty();
    }

    /**
     * Paints the masks over a picture that nobody else holds.
     *
     * @param picture full-range, {@code YUV420P} or {@code GRAY8}
     */
    void burn(AVFrame picture) {
        if (isEmpty()) {
            return;
        }
        int width = picture.width();
        int height = picture.height();
        switch (picture.format()) {
            case avutil.AV_PIX_FMT_GRAY8 -> burn(picture, 0, width, height);
            case avutil.AV_PIX_FMT_YUV420P -> {
                burn(picture, 0, width, height);
                burn(picture, 1, (width + 1) / 2, (height + 1) / 2);
                burn(picture, 2, (width + 1) / 2, (height + 1) / 2);
            }
            default ->
                throw new IllegalArgumentException("masks cannot be painted in pixel format " + picture.format());
        }
    }

    private void burn(AVFrame picture, int plane, int width, int height) {
        if (runs.size() > MOST_SIZES) {
            runs.clear();
        }
        long stride = picture.linesize(plane);
        try (BytePointer data = picture.data(plane)) {
            for (Run run : runs.computeIfAbsent(new Size(width, height), this::runs)) {
                Pointer.memset(data.position(run.row() * stride + run.from()), GREY, run.length());
            }
        }
    }

    private List<Run> runs(Size size) {
        List<Run> all = new ArrayList<>();
        for (int row = 0; row < size.height(); row++) {
            BitSet painted = new BitSet(size.width());
            for (Polygon polygon : polygons) {
                paint(polygon, row, size, painted);
            }
            for (int from = painted.nextSetBit(0); from >= 0; ) {
                int to = painted.nextClearBit(from);
                all.add(new Run(row, from, to - from));
                from = painted.nextSetBit(to);
            }
        }
        return all;
    }

    /** What the edges touch in this row, and what lies between them. */
    private static void paint(Polygon polygon, int row, Size size, BitSet painted) {
        double middle = row + 0.5;
        List<double[]> crossings = new ArrayList<>();
        Corner last = polygon.corners().getLast();
        for (Corner corner : polygon.corners()) {
            double x0 = last.x() * size.width();
            double y0 = last.y() * size.height();
            double x1 = corner.x() * size.width();
            double y1 = corner.y() * size.height();
            double top = Math.max(Math.min(y0, y1), row - MARGIN);
            double bottom = Math.min(Math.max(y0, y1), row + 1 + MARGIN);
            if (top <= bottom) {
                double one = y0 == y1 ? x0 : x0 + (top - y0) / (y1 - y0) * (x1 - x0);
                double other = y0 == y1 ? x1 : x0 + (bottom - y0) / (y1 - y0) * (x1 - x0);
                set(painted, Math.min(one, other) - MARGIN, Math.max(one, other) + MARGIN, size.width());
            }
            if (y0 > middle != y1 > middle) {
                crossings.add(new double[] {x0 + (middle - y0) / (y1 - y0) * (x1 - x0), y1 > y0 ? 1 : -1});
            }
            last = corner;
        }
        crossings.sort((a, b) -> Double.compare(a[0], b[0]));
        double winding = 0;
        for (int i = 0; i + 1 < crossings.size(); i++) {
            winding += crossings.get(i)[1];
            if (winding != 0) {
                set(painted, crossings.get(i)[0], crossings.get(i + 1)[0], size.width());
            }
        }
    }

    private static void set(BitSet painted, double from, double to, int width) {
        int first = Math.max(0, (int) Math.floor(from));
        int end = Math.min(width, (int) Math.floor(to) + 1);
        if (first < end) {
            painted.set(first, end);
        }
    }
}
