package dev.affray.agent.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.affray.agent.capture.FilmPart;
import dev.affray.agent.gate.ScoreModel;
import dev.affray.agent.gate.ScoreModel.Calibration;
import dev.affray.agent.score.FilmMotion;
import dev.affray.agent.score.WindowScores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How much the score minds what is drawn over clips, each judged by a model that knows nothing of its source. {@code mvn -Pscore -pl agent -am test}: minutes. */
@Tag("score")
class RobustnessTest {
    private static final Path CLIPS = Path.of(System.getProperty("affray.clips", ""));
    private static final int FOLDS = 6;

    /** One clip in so many is looked at, which is enough to see what a disturbance does. */
    private static final int EVERY = 2;

    /** No view that is trained on was drawn by it. */
    private static final long SEED = 777_000_777;

    @Test
    void staysLow_whereOnlyADisturbanceMoves_andTellsFightsApartBehindIt() throws IOException {
        assumeTrue(Files.isDirectory(CLIPS.resolve("fight")), "no clips in " + CLIPS + "; set -Daffray.clips");
        List<ClipMotion> clips = new Extraction(Path.of("target", "score", "cache"), 1, System.out::println)
                .of(LabelledClips.in(CLIPS).clips());
        Map<String, Integer> drawn = Folds.draw(clips, FOLDS, 1);
        List<ScoreModel> models = new ArrayList<>();
        for (int fold = 0; fold < FOLDS; fold++) {
            int without = fold;
            models.add(new Fitting(1, 1)
                    .fit(clips.stream()
                            .filter(c -> drawn.getOrDefault(c.clip().source(), -1) != without)
                            .toList()));
        }
        Map<String, View> views = new LinkedHashMap<>();
        views.put("as it is", View.PLAIN);
        for (Disturbance disturbance : Disturbance.ALL) {
            views.put("clip and " + disturbance, View.disturbed(disturbance, false, false, SEED));
        }
        FilmPart thinned = new FilmPart(1, 0, 0, 0, true);
        views.put("half the rate", new View(thinned, false, 1, 0, false, false, Disturbance.NONE, SEED));
        views.put("noise", new View(FilmPart.ALL, false, 1, 2, false, false, Disturbance.NONE, SEED));
        views.put("coarse coding", new View(FilmPart.ALL, false, 1, 0, true, false, Disturbance.NONE, SEED));
        for (Disturbance disturbance : Disturbance.ALL) {
            views.put("still and " + disturbance, View.disturbed(disturbance, false, true, SEED));
        }
        Map<String, List<Judged>> all = new HashMap<>();
        for (Map.Entry<String, View> view : views.entrySet()) {
            List<Judged> judged = new ArrayList<>();
            for (int i = 0; i < clips.size(); i += EVERY) {
                ClipMotion clip = clips.get(i);
                boolean still = view.getValue().frozen();
                ScoreModel model = models.get(drawn.getOrDefault(clip.clip().source(), -1));
                if (!still || !clip.clip().fight()) {
                    margin(clip.clip(), drawn(view.getValue(), clip.clip()), model)
                            .ifPresent(margin -> judged.add(new Judged(clip.clip(), margin)));
                }
            }
            all.put(view.getKey(), judged);
            Calibration odds = Platt.fit(all.get("as it is"));
            List<Judged> scores = judged.stream()
                    .map(j -> new Judged(j.clip(), odds.probability(j.value())))
                    .toList();
            double high = scores.stream()
                            .filter(j -> !j.clip().fight() && j.value() >= 0.5)
                            .count()
                    / (double) scores.stream().filter(j -> !j.clip().fight()).count();
            double most = scores.stream()
                    .filter(j -> !j.clip().fight())
                    .mapToDouble(Judged::value)
                    .max()
                    .orElseThrow();
            if (view.getValue().frozen()) {
                System.out.printf("%-18s %.3f at 50 or more, at most %.0f%n", view.getKey(), high, 100 * most);
                // Noise in the dark is the one that a score should not be asked about.
                assertThat(high)
                        .as(view.getKey())
                        .isLessThan(view.getValue().disturbance() == Disturbance.DARK ? 0.45 : 0.2);
            } else {
                Figures figures = Figures.of(scores);
                System.out.printf(
                        "%-18s AUC %.3f, accuracy %.1f %%, others taken for fights %.1f %%%n",
                        view.getKey(), figures.auc(), 100 * figures.accuracy(), 100 * high);
                assertThat(figures.auc()).as(view.getKey()).isGreaterThan(0.7);
            }
        }
    }

    /** For each clip by another lot, so that all strengths of a disturbance come up. */
    private static View drawn(View view, LabelledClip clip) {
        return new View(
                view.part(),
                view.mirrored(),
                view.brightness(),
                view.noise(),
                view.coded(),
                view.frozen(),
                view.disturbance(),
                view.seed() + clip.name().hashCode());
    }

    private static OptionalDouble margin(LabelledClip clip, View view, ScoreModel model) throws IOException {
        WindowScores windows = new WindowScores(model);
        FilmMotion.play(clip.file(), view.part(), view.eye(), (_, _) -> {}, windows::add);
        return windows.highest();
    }
}
