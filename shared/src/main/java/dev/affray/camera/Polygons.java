package dev.affray.camera;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.camera.Polygon.Corner;
import dev.affray.document.Fields;
import java.util.ArrayList;
import java.util.List;

/** Reads arrays of polygons: each an array of corners, each of those {@code [x, y]} from 0 to 1. */
final class Polygons {
    private static final int MOST = 16;
    private static final int MOST_CORNERS = 32;

    private Polygons() {}

    static List<Polygon> read(Fields fields, String field) {
        List<Polygon> polygons = new ArrayList<>();
        List<JsonNode> items = fields.items(field, MOST);
        for (int i = 0; i < items.size(); i++) {
            String place = field + "[" + i + "]";
            JsonNode item = items.get(i);
            if (!item.isArray() || item.size() < Polygon.FEWEST || item.size() > MOST_CORNERS) {
                fields.problem(
                        place, "must be an array of " + Polygon.FEWEST + " to " + MOST_CORNERS + " corners [x, y]");
                continue;
            }
            List<Corner> corners = corners(fields, place, item);
            if (corners.size() == item.size()) {
                polygons.add(new Polygon(corners));
            }
        }
        return polygons;
    }

    private static List<Corner> corners(Fields fields, String place, JsonNode item) {
        List<Corner> corners = new ArrayList<>();
        for (int i = 0; i < item.size(); i++) {
            JsonNode corner = item.get(i);
            if (corner.size() == 2 && part(corner.path(0)) && part(corner.path(1))) {
                corners.add(
                        new Corner(corner.get(0).doubleValue(), corner.get(1).doubleValue()));
            } else {
                fields.problem(place + "[" + i + "]", "must be [x, y], each a number from 0 to 1");
            }
        }
        return corners;
    }

    private static boolean part(JsonNode number) {
        return number.isNumber() && number.doubleValue() >= 0 && number.doubleValue() <= 1;
    }
}
