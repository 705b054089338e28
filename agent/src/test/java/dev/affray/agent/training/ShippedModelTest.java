package dev.affray.agent.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.affray.agent.gate.ScoreModel;
import dev.affray.agent.score.FilmScore;
import dev.affray.camera.AlertRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The model that comes with the agent, on the labelled clips, where there are any. */
class ShippedModelTest {
    private static final Path CLIPS = Path.of(System.getProperty("affray.clips", ""));

    @BeforeAll
    static void clips() {
        assumeTrue(Files.isDirectory(CLIPS.resolve("fight")), "no clips in " + CLIPS + "; set -Daffray.clips");
    }

    /** Of clips that it was trained on: that it works at all, not how well. */
    @Test
    void scoresSomeFightsAboveSomeOtherClips() throws IOException {
        assertThat(mean("fight", 15)).isGreaterThan(mean("nofight", 15) + 20);
    }

    /** {@code mvn -Pscore -pl agent -am test}: minutes. The README's figures are these. */
    @Test
    @Tag("score")
    void isWhatTrainingGives_andAsGoodAsItSays() throws IOException {
        Training training =
                new Training(LabelledClips.in(CLIPS), Path.of("target", "score"), Training.Settings.DEFAULT);
        Training.Result result = training.run(System.out::println);
        System.out.println(result.summary());

        ScoreModel shipped = ScoreModel.shipped();
        assertThat(result.model().facts()).isEqualTo(shipped.facts());
        for (int i = 0; i < shipped.weights().length; i++) {
            // Other processors round a little differently.
            assertThat(result.model().weights()[i]).isCloseTo(shipped.weights()[i], within(1e-2f));
        }
    }

    /** Of footage that it was not trained on. */
    @Test
    @Tag("score")
    void staysMostlyBelowFifty_whenPeopleOnlyWalkPast() throws IOException {
        List<FilmScore> films = films("calm", 1);
        double[] moments = films.stream()
                .flatMap(film -> film.moments().stream())
                .mapToDouble(FilmScore.Moment::score)
                .toArray();
        double high = Arrays.stream(moments).filter(score -> score > 50).count() / (double) moments.length;
        double most = Arrays.stream(moments).max().orElseThrow();
        System.out.printf("calm: %d windows, %.3f of them above 50, at most %.1f%n", moments.length, high, most);
        assertThat(high).isLessThan(0.08);
        assertThat(most).isLessThan(90);
        for (int bar : RuleTable.BARS) {
            System.out.printf("calm: at a score of %d at most %d slots of a rule%n", bar, slots(films, bar));
        }
        assertThat(slots(films, (int) AlertRule.EDGE_SCORE_CONFIDENCE))
                .as("an alert")
                .isLessThan(AlertRule.EDGE_SCORE_POSITIVES);
    }

    /** So many slots would be met, at most. */
    private static int slots(List<FilmScore> films, int bar) {
        int slots = 0;
        for (FilmScore film : films) {
            TreeMap<Double, Double> scores = new TreeMap<>();
            film.moments().forEach(m -> scores.put(m.seconds(), (double) Math.round(m.score())));
            List<AlertSlots.Sample> samples = AlertSlots.samples(scores, 0, film.seconds(), 0);
            while (AlertSlots.meet(AlertSlots.rule(bar, slots + 1), samples)) {
                slots++;
            }
        }
        return slots;
    }

    private static double mean(String folder, int every) throws IOException {
        return films(folder, every).stream()
                .flatMap(film -> film.score().stream())
                .mapToDouble(score -> score)
                .average()
                .orElseThrow();
    }

    /** Of every so many clips of a folder. */
    private static List<FilmScore> films(String folder, int every) throws IOException {
        List<FilmScore> films = new ArrayList<>();
        try (Stream<Path> files = Files.list(CLIPS.resolve(folder))) {
            List<Path> clips = files.sorted().toList();
            for (int i = 0; i < clips.size(); i += every) {
                films.add(FilmScore.of(clips.get(i), ScoreModel.shipped(), (_, _) -> {}));
            }
        }
        return films;
    }
}
