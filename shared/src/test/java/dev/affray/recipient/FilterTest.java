package dev.affray.recipient;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.document.Fields;
import dev.affray.document.Json;
import dev.affray.document.Problem;
import dev.affray.document.Reading;
import dev.affray.incident.IncidentKind;
import dev.affray.incident.Severity;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One table for both: what we judge ourselves, and what SNS judges by the policy that it is given. */
class FilterTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                             | site=A;camera=g/door;kind=FIGHT;severity=NORMAL         | true
            {}                                             | site=A;camera=g/_gateway;kind=BUDGET;severity=NORMAL    | true
            {"sites":["A"]}                                | site=A;camera=g/door;kind=FIGHT;severity=NORMAL         | true
            {"sites":["A"]}                                | site=a;camera=g/door;kind=FIGHT;severity=NORMAL         | false
            {"sites":["A"]}                                | site=A school;camera=g/door;kind=FIGHT;severity=NORMAL  | false
            {"sites":["B","Schule Ä Hof"]}                | site=Schule Ä Hof;camera=g/d;kind=FIGHT;severity=HIGH  | true
            {"cameras":["g/door"]}                         | site=A;camera=g/door;kind=FIGHT;severity=NORMAL         | true
            {"cameras":["g/door"]}                         | site=A;camera=h/door;kind=FIGHT;severity=NORMAL         | false
            {"cameras":["g/door"]}                         | site=A;camera=gg/door;kind=FIGHT;severity=NORMAL        | false
            {"cameras":["door"]}                           | site=A;camera=h/door;kind=FIGHT;severity=NORMAL         | true
            {"cameras":["door"]}                           | site=A;camera=h/backdoor;kind=FIGHT;severity=NORMAL     | false
            {"cameras":["yard","h/door"]}                  | site=A;camera=g/yard;kind=FIGHT;severity=NORMAL         | true
            {"cameras":["_gateway"]}                       | site=A;camera=g/_gateway;kind=FIGHT;severity=NORMAL     | true
            {"cameras":["g/door"]}                         | site=A;camera=g/_gateway;kind=FIGHT;severity=NORMAL     | false
            {"kinds":["FIGHT"]}                            | site=A;camera=g/door;kind=FIGHT;severity=NORMAL         | true
            {"kinds":["FIGHT"]}                            | site=A;camera=g/door;kind=BUDGET;severity=NORMAL        | false
            {"severity":"HIGH"}                            | site=A;camera=g/door;kind=FIGHT;severity=NORMAL         | false
            {"severity":"HIGH"}                            | site=A;camera=g/door;kind=FIGHT;severity=HIGH           | true
            {"severity":"NORMAL"}                          | site=A;camera=g/door;kind=FIGHT;severity=HIGH           | true
            {"severity":"HIGH"}                            | site=A;camera=g/door;kind=FIGHT;severity=NORMAL,HIGH    | true
            {"sites":["A"],"cameras":["door"]}             | site=A;camera=g/yard;kind=FIGHT;severity=NORMAL         | false
            {"sites":["A"],"cameras":["door"]}             | site=B;camera=g/door;kind=FIGHT;severity=NORMAL         | false
            {"sites":["A"],"cameras":["door"],"severity":"HIGH"} | site=A;camera=g/door;kind=FIGHT;severity=HIGH     | true
            {"sites":["B"],"severity":"HIGH"}              | site=A,B;camera=g/door,h/x;kind=FIGHT;severity=NORMAL,HIGH | true
            {"sites":["C"]}                                | site=A,B;camera=g/door,h/x;kind=FIGHT;severity=NORMAL,HIGH | false
            """)
    void weAndSnsJudgeAlike(String written, String message, boolean told) {
        Filter filter = filter(written);
        Map<String, List<String>> attributes = attributes(message);

        assertThat(filter.matches(attributes)).isEqualTo(told);
        assertThat(SnsRules.accepts(policy(filter), attributes)).isEqualTo(told);
    }

    @Test
    void weAndSnsJudgeAlike_whateverIsAskedForAndWhateverHappens() {
        List<List<String>> sites = List.of(List.of(), List.of("A"), List.of("A", "B"));
        List<List<String>> cameras = List.of(List.of(), List.of("g/door"), List.of("door"), List.of("yard", "g/door"));
        List<List<IncidentKind>> kinds = List.of(List.of(), List.of(IncidentKind.FIGHT), List.of(IncidentKind.BUDGET));
        int told = 0;
        int judged = 0;
        for (List<String> site : sites) {
            for (List<String> camera : cameras) {
                for (List<IncidentKind> kind : kinds) {
                    for (Severity severity : Severity.values()) {
                        Filter filter = new Filter(site, camera, kind, severity);
                        for (Map<String, List<String>> message : messages()) {
                            boolean matches = filter.matches(message);
                            assertThat(SnsRules.accepts(policy(filter), message))
                                    .as("%s %s", filter, message)
                                    .isEqualTo(matches);
                            told += matches ? 1 : 0;
                            judged++;
                        }
                    }
                }
            }
        }
        assertThat(told).isBetween(judged / 20, judged / 2);
    }

    @Test
    void aPolicyNeverGrowsBeyondWhatSnsTakes() {
        String sites = names("s", 3);
        Filter most = filter("{\"sites\":" + sites + ",\"cameras\":" + names("c", 50) + "}");
        assertThat(SnsRules.combinations(policy(most))).isEqualTo(150);
        // A subscription for SMS asks for the line as well.
        assertThat(policy(most).size() + 1).isLessThanOrEqualTo(5);

        assertThat(problems("{\"sites\":" + sites + ",\"cameras\":" + names("c", 50)
                        + ",\"kinds\":[\"FIGHT\",\"BUDGET\"]}"))
                .contains("$.cameras: makes 300 combinations of sites, cameras and kinds; SNS takes 150");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"sites":["a\\"b"]}        | $.sites[0]: is not the name of a site without " and \\, control characters and outer spaces
            {"sites":[" A"]}           | $.sites[0]: is not the name of a site without " and \\, control characters and outer spaces
            {"sites":["A","A"]}        | $.sites[1]: stands there twice
            {"sites":[]}               | $.sites: is empty, so that nothing would be told; leave it out for all
            {"sites":"A"}              | $.sites: must be an array, not "A"
            {"cameras":["a/b/c"]}      | $.cameras[0]: is not GATEWAY/CAMERA or CAMERA, each 1 to 64 characters of A-Z a-z 0-9 _ -
            {"kinds":["fight"]}        | $.kinds[0]: is not one of FIGHT, CAMERA_OFFLINE, PIPELINE_BLIND, BUDGET
            {"kinds":["BUDGET"]}       | $.kinds[0]: is told to those under operations, never here
            {"severity":"high"}        | $.severity: is not one of NORMAL, HIGH
            {"severty":"HIGH"}         | $.severty: is not a known field; did you mean severity?
            """)
    void whatCannotMeanWhatItSaysIsRefused(String written, String problem) {
        assertThat(problems(written)).containsExactly(problem);
    }

    @Test
    void severityMeansNothingToOperations() {
        Reading<Filter> reading =
                Fields.read(Json.tree("{\"severity\":\"HIGH\"}"), item -> FilterFields.read(item, Told.CONDITIONS));
        assertThat(((Reading.Refused<Filter>) reading).problems())
                .extracting(Problem::toString)
                .containsExactly("$.severity: is HIGH, which only a fight ever is; nothing would be told here");
    }

    private static List<Map<String, List<String>>> messages() {
        return List.of(
                attributes("site=A;camera=g/door;kind=FIGHT;severity=NORMAL"),
                attributes("site=B;camera=h/door;kind=FIGHT;severity=HIGH"),
                attributes("site=C;camera=g/yard;kind=BUDGET;severity=NORMAL"),
                attributes("site=A,C;camera=g/yard,h/door;kind=FIGHT;severity=NORMAL,HIGH"));
    }

    private static JsonNode policy(Filter filter) {
        return Json.tree(Json.write(filter.policy()));
    }

    private static Filter filter(String written) {
        return ((Reading.Accepted<Filter>) read(written)).value();
    }

    private static List<String> problems(String written) {
        return ((Reading.Refused<Filter>) read(written))
                .problems().stream().map(Problem::toString).toList();
    }

    private static Reading<Filter> read(String written) {
        return Fields.read(Json.tree(written), item -> FilterFields.read(item, Told.FIGHTS));
    }

    private static Map<String, List<String>> attributes(String message) {
        return Arrays.stream(message.split(";"))
                .map(part -> part.split("="))
                .collect(Collectors.toMap(part -> part[0], part -> List.of(part[1].split(","))));
    }

    private static String names(String prefix, int count) {
        return Json.write(IntStream.range(0, count).mapToObj(i -> prefix + i).toList());
    }
}
