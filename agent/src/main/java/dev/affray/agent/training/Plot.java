package dev.affray.agent.training;

import java.util.List;
import java.util.Locale;

/** A square diagram of shares, from 0 to 1 on both axes, as SVG. */
final class Plot {
    private static final int SIDE = 260;
    private static final int LEFT = 65;
    private static final int TOP = 25;
    private final StringBuilder svg = new StringBuilder();

    /** A point of a diagram. */
    record Point(double x, double y) {}

    Plot(String title, String across, String up) {
        svg.append("<svg width='%d' height='%d' role='img' aria-label='%s'>"
                .formatted(SIDE + LEFT + 25, SIDE + TOP + 45, title));
        text(LEFT, 15, title, "start");
        text(LEFT + SIDE / 2, TOP + SIDE + 38, across, "middle");
        svg.append("<text x='0' y='0' text-anchor='middle' transform='translate(12 %d) rotate(-90)'>%s</text>"
                .formatted(TOP + SIDE / 2, up));
        for (int i = 0; i <= 4; i++) {
            double share = i / 4.0;
            line("#ddd", new Point(share, 0), new Point(share, 1));
            line("#ddd", new Point(0, share), new Point(1, share));
            text(x(share), TOP + SIDE + 18, percent(share), "middle");
            text(LEFT - 5, y(share) + 4, percent(share), "end");
        }
    }

    /** Adds a dashed line. */
    Plot dashed(Point from, Point to) {
        svg.append("<path d='M%s L%s' stroke='#999' stroke-dasharray='4' fill='none'/>".formatted(at(from), at(to)));
        return this;
    }

    /** Adds a curve. */
    Plot curve(List<Point> points) {
        svg.append("<path d='M");
        points.forEach(point -> svg.append(at(point)).append(' '));
        svg.append("' stroke='#c02020' stroke-width='2' fill='none'/>");
        return this;
    }

    /** Adds a dot, the larger the more it stands for. */
    Plot dot(Point point, double radius, String title) {
        svg.append("<circle cx='%s' cy='%s' r='%s' fill='#c02020'><title>%s</title></circle>"
                .formatted(number(x(point.x())), number(y(point.y())), number(radius), title));
        return this;
    }

    String svg() {
        return svg + "</svg>\n";
    }

    private void line(String colour, Point from, Point to) {
        svg.append("<path d='M%s L%s' stroke='%s' fill='none'/>".formatted(at(from), at(to), colour));
    }

    private void text(double x, double y, String text, String anchor) {
        svg.append("<text x='%s' y='%s' text-anchor='%s'>%s</text>".formatted(number(x), number(y), anchor, text));
    }

    private static String at(Point point) {
        return number(x(point.x())) + " " + number(y(point.y()));
    }

    private static double x(double share) {
        return LEFT + share * SIDE;
    }

    private static double y(double share) {
        return TOP + (1 - share) * SIDE;
    }

    private static String percent(double share) {
        return Math.round(100 * share) + " %";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
