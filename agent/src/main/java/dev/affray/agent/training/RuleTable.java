package dev.affray.agent.training;

import dev.affray.agent.training.Plot.Point;
import dev.affray.agent.training.RuleTrial.Tried;
import dev.affray.agent.training.Share.Play;
import dev.affray.camera.AlertRule;
import dev.affray.camera.Sampling;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * What alert rules make of clips amid others.
 *
 * @param streams so many were played
 */
record RuleTable(List<Row> rows, int streams) {
    static final List<Integer> BARS = List.of(50, 60, 70, 75, 80, 85, 90, 95);
    static final int MOST_SLOTS = 5;
    private static final String NONE =
            "Alert rules were not tried: no fold holds another clip that shows no fight, to stand before a fight and before others";

    /**
     * What one makes of them.
     *
     * @param bar the score that a frame must reach
     * @param slots so many different ones are needed
     * @param fights the share of fights that are alerted
     * @param fightsBySeams of fights, only with the motion of seams
     * @param others the share of others that are
     * @param othersBySeams of others, only with the motion of seams
     */
    record Row(int bar, int slots, Share fights, Share fightsBySeams, Share others, Share othersBySeams) {}

    RuleTable {
        rows = List.copyOf(rows);
    }

    /**
     * Tries each rule. Where there are no fights, or no others, there are no rows.
     *
     * @param tried with scores
     * @param seed by which sources are drawn
     */
    static RuleTable of(List<Tried> tried, long seed) {
        List<Row> rows = new ArrayList<>();
        if (tried.stream().map(t -> t.middle().fight()).distinct().count() < 2) {
            return new RuleTable(rows, tried.size());
        }
        for (int bar : BARS) {
            for (int slots = 1; slots <= MOST_SLOTS; slots++) {
                AlertRule rule = AlertSlots.rule(bar, slots);
                Predicate<Tried> alerted = t -> AlertSlots.meet(rule, t.moving());
                Predicate<Tried> bySeams = alerted.and(t -> !AlertSlots.meet(rule, t.still()));
                rows.add(new Row(
                        bar,
                        slots,
                        share(tried, true, alerted, seed),
                        share(tried, true, bySeams, seed),
                        share(tried, false, alerted, seed),
                        share(tried, false, bySeams, seed)));
            }
        }
        return new RuleTable(rows, tried.size());
    }

    /** A few lines: a row for each score, a column for each number of slots. */
    String summary() {
        if (rows.isEmpty()) {
            return NONE + "\n";
        }
        StringBuilder text = new StringBuilder("Alert rules on " + streams
                + " streams of clips: fights alerted in percent, false alerts per 100 other clips\nScore");
        for (int slots = 1; slots <= MOST_SLOTS; slots++) {
            text.append("%12s".formatted(slots == 1 ? "1 slot" : slots + " slots"));
        }
        for (Row row : rows) {
            text.append(row.slots() == 1 ? "\n%5d".formatted(row.bar()) : "");
            text.append("%12s"
                    .formatted(percent(row.fights().value()) + "|"
                            + percent(row.others().value())));
        }
        return text.append('\n').toString();
    }

    /** A part of the report, as HTML. */
    String section() {
        if (rows.isEmpty()) {
            return "<h2>Alert rules</h2><p>" + NONE + ".</p>\n";
        }
        StringBuilder html = new StringBuilder();
        html.append(String.format(
                Locale.ROOT,
                """
                <h2>Alert rules</h2>
                <p>Each clip is played amid others that show no fight, to a model that knows none of their sources, as one stream: at least %.0f s of others before it. Frames are
                taken at %.0f a second. Alerted is what meets the rule with frames from the clip's beginning until %.0f s after its end: so many different slots of %.1f s within %.1f s
                with a frame at or above the score. Where one clip ends and the next begins everything seems to move: what is alerted only because of
                that, and not where these steps are taken for still, is told apart, and counts as alerted. In brackets: nine of ten draws of sources with replacement; of a share of 0 or 100 the
                other end is that of Clopper and Pearson, as if clips were independent. %d streams of a few seconds say nothing of a rate an hour.</p>
                """,
                StreamMaker.BEFORE,
                Sampling.DEFAULT.activeFps(),
                StreamMaker.AFTER,
                AlertRule.DEFAULT.slot().toMillis() / 1000.0,
                AlertRule.DEFAULT.within().toMillis() / 1000.0,
                streams));
        html.append(plot().svg());
        html.append(
                "<table><tr><th>Score<th>Slots<th>Fights alerted, %<th>only by seams<th>False alerts per 100 others<th>only by seams</tr>\n");
        for (Row row : rows) {
            html.append("<tr><td>%d<td>%d<td>%s<td>%s<td>%s<td>%s</tr>\n"
                    .formatted(
                            row.bar(),
                            row.slots(),
                            interval(row.fights()),
                            percent(row.fightsBySeams().value()),
                            interval(row.others()),
                            percent(row.othersBySeams().value())));
        }
        return html.append("</table>\n").toString();
    }

    private Plot plot() {
        Plot plot = new Plot("Alert rules", "other clips alerted", "fights alerted");
        for (Row row : rows) {
            plot.dot(
                    new Point(row.others().value(), row.fights().value()),
                    1 + row.slots() / 2.0,
                    row.bar() + ", slots: " + row.slots());
        }
        return plot;
    }

    private static Share share(List<Tried> tried, boolean fight, Predicate<Tried> hit, long seed) {
        return Share.of(
                tried.stream()
                        .filter(t -> t.middle().fight() == fight)
                        .map(t -> new Play(t.middle(), hit.test(t)))
                        .toList(),
                seed);
    }

    private static String interval(Share share) {
        return "%s (%s to %s)".formatted(percent(share.value()), percent(share.low()), percent(share.high()));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f", 100 * share);
    }
}
