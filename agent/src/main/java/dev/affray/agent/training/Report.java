package dev.affray.agent.training;

import dev.affray.agent.capture.FilmPictures;
import dev.affray.agent.score.FilmScore.Moment;
import dev.affray.agent.score.ScoreStrip;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;

/** What a training came to, as a page that needs no other file, and in a few lines. */
final class Report {
    private static final int WORST = 8;
    private static final int FRAMES = 6;
    private static final List<Integer> BARS = List.of(50, 60, 70, 80, 90);

    private final LabelledClips folder;
    private final List<ClipMotion> clips;
    private final Evaluation evaluation;
    private final RuleTable rules;
    private final Training.Settings settings;

    Report(
            LabelledClips folder,
            List<ClipMotion> clips,
            Evaluation evaluation,
            RuleTable rules,
            Training.Settings settings) {
        this.folder = folder;
        this.clips = clips;
        this.evaluation = evaluation;
        this.rules = rules;
        this.settings = settings;
    }

    /** The figures, one a line. */
    String summary() {
        Figures mean = evaluation.figures();
        Figures low = evaluation.low();
        Figures high = evaluation.high();
        double[] aucs = evaluation.perRound().stream()
                .mapToDouble(Figures::auc)
                .sorted()
                .toArray();
        return String.format(
                Locale.ROOT,
                """
                AUC %.3f (%.3f to %.3f)
                Accuracy at a score of 50: %.1f %% (%.1f to %.1f)
                Fights found at 10 %% false positives: %.1f %% (%.1f to %.1f)
                Means of %d rounds of %d-fold cross-validation grouped by source, seed %d; AUC of a round %.3f to %.3f.
                In brackets: nine of ten draws of as many sources from these, with replacement.
                CPU seconds for a second of video, decoding included: %.3f
                %s""",
                mean.auc(),
                low.auc(),
                high.auc(),
                100 * mean.accuracy(),
                100 * low.accuracy(),
                100 * high.accuracy(),
                100 * mean.recall(),
                100 * low.recall(),
                100 * high.recall(),
                settings.rounds(),
                settings.folds(),
                settings.seed(),
                aucs[0],
                aucs[aucs.length - 1],
                cpuPerSecond(),
                bars() + rules.summary());
    }

    /** What each bar would find, and what it would take for a fight. */
    private String bars() {
        StringBuilder lines = new StringBuilder();
        for (int bar : BARS) {
            lines.append(String.format(
                    Locale.ROOT,
                    "At a score of %d: fights found %.0f %%, others taken for fights %.0f %%%n",
                    bar,
                    100 * reached(true, bar),
                    100 * reached(false, bar)));
        }
        return lines.toString();
    }

    /** The share of clips that reach a score, over all rounds. */
    private double reached(boolean fight, int bar) {
        return evaluation.rounds().stream()
                .flatMap(List::stream)
                .filter(j -> j.clip().fight() == fight)
                .mapToInt(j -> 100 * j.value() >= bar ? 1 : 0)
                .average()
                .orElse(0);
    }

    /** The page, as HTML. Plays the clips that were judged worst once more, for their pictures. */
    String page() throws IOException {
        long fights = clips.stream().filter(c -> c.clip().fight()).count();
        StringBuilder page = new StringBuilder();
        page.append("""
                <!DOCTYPE html>
                <html lang="en"><head><meta charset="utf-8"><title>Fight score: training report</title>
                <style>body{font:15px/1.5 system-ui,sans-serif;max-width:68em;margin:2em auto;padding:0 1em;color:#222}
                svg text{font:11px system-ui,sans-serif}table{border-collapse:collapse}td,th{padding:.15em .8em;border-bottom:1px solid #ddd;text-align:right}
                td:first-child,th:first-child{text-align:left}img{max-width:100%}pre{background:#f5f5f5;padding:1em;white-space:pre-wrap}figure{margin:1em 0}</style></head><body>
                <h1>Fight score: training report</h1>
                """);
        page.append(
                "<p>%d clips of %s, %d of them fights, from %d sources by %s. Every clip was judged by models that had seen nothing of its source; its score is the highest over its windows.</p>"
                        .formatted(clips.size(), time(), fights, sources().size(), escaped(folder.sourcesFrom())));
        page.append("<pre>").append(escaped(summary())).append("</pre>\n<p>");
        page.append(Curves.roc(evaluation.clips()).svg());
        page.append(Curves.precisionRecall(evaluation.clips()).svg());
        page.append(Curves.calibration(evaluation.clips()).svg());
        page.append(
                "</p><p>The curves are of each clip's mean probability over the rounds. A score of 50 means even odds among as many fights as other clips.</p>\n");
        page.append(rules.section());
        page.append(
                "<h2>Sources</h2><table><tr><th>Source<th>Fights<th>found<th>Others<th>taken for fights<th>Mean score</tr>\n");
        sources().forEach((source, judged) -> page.append(row(source, judged)));
        page.append("</table>\n<h2>Missed fights</h2>\n");
        worst(
                page,
                evaluation.clips().stream()
                        .filter(j -> j.clip().fight())
                        .sorted(Comparator.comparingDouble(Judged::value))
                        .toList());
        page.append("<h2>False alarms</h2>\n");
        worst(
                page,
                evaluation.clips().stream()
                        .filter(j -> !j.clip().fight())
                        .sorted(Comparator.comparingDouble(Judged::value).reversed())
                        .toList());
        return page.append("</body></html>\n").toString();
    }

    private Map<String, List<Judged>> sources() {
        return evaluation.clips().stream()
                .collect(Collectors.groupingBy(j -> j.clip().source(), TreeMap::new, Collectors.toList()));
    }

    private static String row(String source, List<Judged> judged) {
        long fights = judged.stream().filter(j -> j.clip().fight()).count();
        long found = judged.stream()
                .filter(j -> j.clip().fight() && j.value() >= 0.5)
                .count();
        long alarms = judged.stream()
                .filter(j -> !j.clip().fight() && j.value() >= 0.5)
                .count();
        double mean = judged.stream().mapToDouble(Judged::value).average().orElseThrow();
        return "<tr><td>%s<td>%d<td>%d<td>%d<td>%d<td>%.0f</tr>\n"
                .formatted(escaped(source), fights, found, judged.size() - fights, alarms, 100 * mean);
    }

    private void worst(StringBuilder page, List<Judged> judged) throws IOException {
        List<Judged> wrong = new ArrayList<>(judged.stream()
                .filter(j -> j.value() >= 0.5 != j.clip().fight())
                .limit(WORST)
                .toList());
        if (wrong.isEmpty()) {
            page.append("<p>None.</p>");
        }
        for (Judged clip : wrong) {
            page.append(
                    "<figure><img alt='' src='data:image/png;base64,%s'><figcaption>%s: %.0f</figcaption></figure>\n"
                            .formatted(strip(clip.clip()), escaped(clip.clip().name()), 100 * clip.value()));
        }
    }

    private static String strip(LabelledClip clip) throws IOException {
        ScoreStrip strip = new ScoreStrip(FRAMES);
        FilmPictures.Film film = FilmPictures.play(clip.file(), strip);
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        List<Moment> none = List.of();
        ImageIO.write(strip.draw(none, film.seconds()), "png", png);
        return Base64.getEncoder().encodeToString(png.toByteArray());
    }

    private double cpuPerSecond() {
        return clips.stream().mapToDouble(ClipMotion::cpuSeconds).sum()
                / clips.stream().mapToDouble(ClipMotion::seconds).sum();
    }

    private String time() {
        return "%.0f s"
                .formatted(clips.stream().mapToDouble(ClipMotion::seconds).sum());
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("'", "&#39;");
    }
}
