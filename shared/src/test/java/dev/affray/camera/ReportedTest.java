package dev.affray.camera;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.document.Json;
import dev.affray.document.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportedTest {
    private static final String HASH = "f".repeat(64);

    @ParameterizedTest
    @ValueSource(strings = {"x", "\"", "\u0001", "\u00e4", "\u4e16", "\ud83d\udcf7"})
    void staysFarBelowTheShadowsLimit_whateverTheProblemsSay(String text) {
        Problem problem = new Problem("$." + text.repeat(4000), text.repeat(4000));

        Reported.Refused refused =
                Reported.Refused.of(Long.MAX_VALUE, HASH, Collections.nCopies(Integer.MAX_VALUE, problem));

        assertThat(refused.problems()).isNotEmpty();
        assertThat(refused.problemCount()).isEqualTo(Integer.MAX_VALUE);
        String json = Json.write(new Reported(Long.MAX_VALUE, HASH, refused));
        assertThat(json.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(4096);
        assertThat(new String(json.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(json);
    }

    @Test
    void leavesUsualProblemsAsTheyAre() {
        List<Problem> problems = List.of(new Problem("$.name", "is missing"), new Problem("$.site.zone", "is missing"));

        assertThat(Reported.Refused.of(2, HASH, problems).problems()).isEqualTo(problems);
    }

    @Test
    void getsShorterStepByStep_andKeepsTheCount() {
        List<Problem> problems = Collections.nCopies(5, new Problem("$.name", "x".repeat(100)));
        Reported full = new Reported(1, HASH, Reported.Refused.of(2, HASH, problems));

        List<Reported> steps = new ArrayList<>();
        for (Optional<Reported> next = full.shorter();
                next.isPresent();
                next = next.get().shorter()) {
            steps.add(next.get());
        }

        assertThat(steps).extracting(step -> step.refused().problems().size()).containsExactly(2, 1, 1, 0);
        assertThat(steps.get(2).refused().problems().getFirst().message()).hasSize(40);
        assertThat(steps)
                .allSatisfy(step -> assertThat(step.refused().problemCount()).isEqualTo(5));
        assertThat(new Reported(1, HASH, null).shorter()).isEmpty();
    }
}
