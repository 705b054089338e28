package dev.affray.camera;

import java.util.List;

/**
 * A part of a picture, whatever its size: corners from (0, 0), top left, to (1, 1), bottom right. Edges that cross count by the even-odd rule.
 *
 * @param corners three at least
 */
public record Polygon(List<Corner> corners) {
    /** The fewest corners. */
    public static final int FEWEST = 3;

    /**
     * A corner.
     *
     * @param x 0, left, to 1, right
     * @param y 0, top, to 1, bottom
     */
    public record Corner(double x, double y) {}

    public Polygon {
        corners = List.copyOf(corners);
        if (corners.size() < FEWEST) {
            throw new IllegalArgumentException("a polygon of " + corners.size() + " corners");
        }
    }

    /** Whether a point lies inside. */
    public boolean contains(double x, double y) {
        boolean inside = false;
        Corner from = corners.getLast();
        for (Corner to : corners) {
            boolean crosses = from.y() > y != to.y() > y;
            if (crosses && x < from.x() + (y - from.y()) * (to.x() - from.x()) / (to.y() - from.y())) {
                inside = !inside;
            }
            from = to;
        }
        return inside;
    }
}
