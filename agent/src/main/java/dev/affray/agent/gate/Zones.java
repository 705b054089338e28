package dev.affray.agent.gate;

import dev.affray.camera.Polygon;
import java.util.List;

/** Which cells of the small picture count, by their centres. Immutable. */
final class Zones {
    private final boolean[] inside = new boolean[Cells.COUNT];

    /** @param polygons the parts of the picture that count; none means all of it */
    Zones(List<Polygon> polygons) {
        for (int cell = 0; cell < Cells.COUNT; cell++) {
            int row = cell / Cells.COLUMNS;
            int column = cell % Cells.COLUMNS;
            double x = (column + 0.5) / Cells.COLUMNS;
            double y = (row + 0.5) / Cells.ROWS;
            inside[cell] = polygons.isEmpty() || polygons.stream().anyMatch(polygon -> polygon.contains(x, y));
        }
    }

    boolean contains(int cell) {
        return inside[cell];
    }
}
