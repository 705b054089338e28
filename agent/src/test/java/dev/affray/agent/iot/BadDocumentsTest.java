package dev.affray.agent.iot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.agent.camera.CameraPlan;
import dev.affray.agent.camera.Secrets;
import dev.affray.agent.camera.Sources;
import dev.affray.agent.iot.BadDocuments.Bad;
import dev.affray.camera.Reported;
import dev.affray.document.Json;
import dev.affray.document.Problem;
import dev.affray.document.Reading;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Five hundred bad documents, judged as a running camera's would be. {@link MosquittoTest} sends some of them over the wire. */
class BadDocumentsTest {
    static final long SEED = 20261121;
    private static final Pattern STEP =
            Pattern.compile("\\.([A-Za-z_$][A-Za-z0-9_$-]*)|\\[(\\d+)]|\\['((?:[^'\\\\]|\\\\.)*)']");
    private static final Sources SOURCES = new Sources(Map.of(), false, Secrets.NONE);

    @TempDir
    Path folder;

    private LastGood lastGood;
    private Followed<CameraPlan> followed;

    @BeforeEach
    void serve() {
        lastGood = new LastGood(folder);
        followed = new Followed<>("camera-yard", desired -> SOURCES.read("yard", desired), lastGood);
    }

    @Test
    void theDocumentsTheyAreMadeOfAreGood() {
        assertThat(BadDocuments.good())
                .allSatisfy(good -> assertThat(SOURCES.read("yard", good)).isInstanceOf(Reading.Accepted.class));
    }

    @Test
    void eachIsRefusedWithThePathOfWhatIsWrong_andTheLastGoodOneStays() {
        JsonNode good = BadDocuments.good().getFirst();
        followed.offer(1, good);
        List<Bad> all = BadDocuments.generate(500, SEED);

        assertThat(all).hasSize(500);
        for (int i = 0; i < all.size(); i++) {
            Bad bad = all.get(i);
            assertThat(followed.offer(i + 2, bad.document()))
                    .as("%s", bad)
                    .isInstanceOfSatisfying(Verdict.Refused.class, refused -> assertPaths(bad, problems(refused)));
            Reported reported = followed.reported();
            assertThat(reported.version()).isEqualTo(1);
            assertThat(reported.hash()).isEqualTo(Json.hash(good));
            assertThat(reported.refused().problems()).isNotEmpty();
            assertThat(Json.write(reported).getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(4096);
        }
        assertThat(lastGood.document("camera-yard")).contains(good);
    }

    @SuppressWarnings("unchecked")
    private static List<Problem> problems(Verdict.Refused<?> refused) {
        return refused.problems();
    }

    private static void assertPaths(Bad bad, List<Problem> problems) {
        assertThat(problems)
                .as("%s", bad)
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(leadsThrough(bad.document(), problem.path()))
                        .as("%s", problem)
                        .isTrue());
        assertThat(problems)
                .as("%s", bad)
                .anyMatch(problem ->
                        problem.path().startsWith(bad.place()) || bad.place().startsWith(problem.path()));
    }

    /** Whether a path leads to something that is there, or to a field that is missing from an object that is there or has only defaults. */
    private static boolean leadsThrough(JsonNode document, String path) {
        JsonNode node = document;
        Matcher step = STEP.matcher(path.substring(1));
        int end = 0;
        while (step.lookingAt()) {
            if (node.isValueNode() && !node.isNull()) {
                return false;
            }
            String name = step.group(1) == null ? step.group(3) : step.group(1);
            node = name == null ? node.path(Integer.parseInt(step.group(2))) : node.path(plain(name));
            if (name == null && node.isMissingNode()) {
                return false;
            }
            end = step.end();
            step.region(end, path.length() - 1);
        }
        return path.startsWith("$") && end == path.length() - 1;
    }

    private static String plain(String quoted) {
        Matcher escape = Pattern.compile("\\\\(u([0-9a-f]{4})|.)").matcher(quoted);
        return escape.replaceAll(found -> Matcher.quoteReplacement(
                found.group(2) == null
                        ? found.group(1)
                        : Character.toString((char) Integer.parseInt(found.group(2), 16))));
    }
}
