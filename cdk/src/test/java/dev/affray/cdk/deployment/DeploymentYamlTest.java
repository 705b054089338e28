package dev.affray.cdk.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.cdk.deployment.Deployment.Audience;
import dev.affray.cdk.deployment.Deployment.Concurrency;
import dev.affray.cdk.deployment.Deployment.Escalation;
import dev.affray.cdk.deployment.Deployment.Links;
import dev.affray.cdk.deployment.Deployment.Removal;
import dev.affray.cdk.deployment.Deployment.Retention;
import dev.affray.document.Json;
import dev.affray.document.Problem;
import dev.affray.document.Reading;
import dev.affray.incident.IncidentKind;
import dev.affray.incident.Severity;
import dev.affray.recipient.Filter;
import dev.affray.recipient.Recipient;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The reader and the schema against the example documents, which both must judge alike. */
class DeploymentYamlTest {
    private static final String READER_ONLY = " by the reader only";

    @TempDir
    Path folder;

    static List<String> good() throws IOException, URISyntaxException {
        return Documents.in("examples/good/deployment");
    }

    static List<String> bad() throws IOException, URISyntaxException {
        return Documents.in("examples/bad/deployment");
    }

    private static Deployment accepted(JsonNode document) {
        Reading<Deployment> reading = DeploymentYaml.read(document);
        assertThat(reading).isInstanceOf(Reading.Accepted.class);
        return ((Reading.Accepted<Deployment>) reading).value();
    }

    private static List<Problem> refused(Reading<Deployment> reading) {
        assertThat(reading).isInstanceOf(Reading.Refused.class);
        return ((Reading.Refused<Deployment>) reading).problems();
    }

    @ParameterizedTest
    @MethodSource("good")
    void aGoodDocumentPassesSchemaAndReader(String name) throws IOException {
        JsonNode document = Documents.yaml(name);
        assertThat(Documents.schema().validate(document)).isEmpty();
        accepted(document);
    }

    @ParameterizedTest
    @MethodSource("bad")
    void refusesABadDocument_withAProblemForEachPlace(String name) throws IOException {
        String expected = Documents.text(name).lines().findFirst().orElseThrow().substring(2);
        JsonNode document = Documents.yaml(name);
        boolean readerOnly = expected.endsWith(READER_ONLY);

        assertThat(refused(DeploymentYaml.read(document)))
                .extracting(Problem::path)
                .containsExactlyInAnyOrder(expected.replace(READER_ONLY, "").split(" "));
        assertThat(Documents.schema().validate(document).isEmpty()).isEqualTo(readerOnly);
    }

    @Test
    void everyFieldOfAFullDocumentArrives() throws IOException {
        assertThat(accepted(Documents.yaml("examples/good/deployment/full.yaml")))
                .isEqualTo(new Deployment(
                        "school-12",
                        Optional.of("123456789012"),
                        Optional.of("eu-central-1"),
                        new Judge.CustomLabels(
                                List.of("fight", "kick"),
                                "arn:aws:rekognition:eu-central-1:123456789012:project/fights/version/fights.1/1700000000000"),
                        new Audience(
                                List.of(all("guard@example.org"), all("head@example.org")),
                                List.of(
                                        all("+4915112345678"),
                                        new Recipient(
                                                "+4915112345679",
                                                new Filter(List.of(), List.of(), List.of(), Severity.HIGH))),
                                List.of(new Recipient(
                                        "https://alarms.example.org/affray",
                                        new Filter(
                                                List.of("Lincoln School"),
                                                List.of("gateway-1/door", "yard"),
                                                List.of(IncidentKind.FIGHT),
                                                Severity.NORMAL)))),
                        new Escalation(
                                10,
                                new Audience(
                                        List.of(all("head@example.org")), List.of(all("+4915112345670")), List.of())),
                        new Audience(
                                List.of(new Recipient(
                                        "it@example.org",
                                        new Filter(
                                                List.of(),
                                                List.of(),
                                                List.of(IncidentKind.CAMERA_OFFLINE),
                                                Severity.NORMAL))),
                                List.of(all("+4915112345671")),
                                List.of(all("https://it.example.org/affray"))),
                        Optional.of("alerts@school.example"),
                        new Retention(7, 8, 90, 60),
                        new Concurrency(20, 3),
                        Removal.DESTROY,
                        Optional.of("c1b2c3d4e5f6g7.credentials.iot.eu-central-1.amazonaws.com"),
                        new Links(3, Optional.of(URI.create("https://alerts.school.example")))));
    }

    @Test
    void theScoreToAskFromPutsTheEdgeScoreBeforeTheDetector() throws IOException {
        assertThat(accepted(Documents.yaml("examples/good/deployment/cascade.yaml"))
                        .judge())
                .isEqualTo(
                        new Judge.Cascade(
                                30,
                                new Judge.CustomLabels(
                                        List.of("fight"),
                                        "arn:aws:rekognition:eu-central-1:123456789012:project/fights/version/fights.1/1700000000000")));
    }

    @Test
    void aScoreToAskFromIsToldWhereItHasNoMeaning_andItsBounds() throws IOException {
        assertThat(refused(DeploymentYaml.read(Documents.yaml("examples/bad/deployment/cascade-of-nothing.yaml"))))
                .extracting(Problem::toString)
                .containsExactly(
                        "$.detector.fromEdgeScore: has no meaning for edge-score; take it out or choose another kind");
        assertThat(refused(DeploymentYaml.read(Documents.yaml("examples/bad/deployment/cascade-out-of-range.yaml"))))
                .extracting(Problem::toString)
                .singleElement()
                .satisfies(problem -> assertThat(problem).contains("$.detector.fromEdgeScore", "1", "100"));
    }

    @Test
    void theSampleToCopyIsEveryDefault_ofCodeAndSchema() throws IOException {
        JsonNode sample = Documents.yaml("defaults/deployment.yaml");

        assertThat(accepted(sample)).isEqualTo(accepted(Json.tree("{}")));
        assertThat(leaves(sample, "")).isEqualTo(defaults(Documents.schema().getSchemaNode()));
    }

    @Test
    void aFieldNearlyKnownIsToldWhatWasMeant() throws IOException {
        assertThat(refused(DeploymentYaml.read(Documents.yaml("examples/bad/deployment/unknown-fields.yaml"))))
                .extracting(Problem::toString)
                .contains(
                        "$.alert: is not a known field; did you mean alerts?",
                        "$.retention.frameDays: is not a known field; did you mean framesDays?")
                .noneMatch(text -> text.contains("hunter2"));
    }

    @Test
    void aKeyThatStandsThereTwiceIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("deployment.yaml"), "name: one\nname: two\n");
        assertThat(refused(DeploymentYaml.load(file))).first().asString().contains("is not YAML", "name");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Path file = folder.resolve("nothing.yaml");
        assertThat(refused(DeploymentYaml.load(file))).containsExactly(new Problem("$", "there is no file " + file));
    }

    private static Recipient all(String to) {
        return new Recipient(to, Filter.ALL);
    }

    private static TreeSet<String> leaves(JsonNode node, String path) {
        TreeSet<String> leaves = new TreeSet<>();
        node.properties().forEach(field -> {
            String place = path + "." + field.getKey();
            if (field.getValue().isObject()) {
                leaves.addAll(leaves(field.getValue(), place));
            } else {
                leaves.add(place + " = " + field.getValue());
            }
        });
        return leaves;
    }

    private static TreeSet<String> defaults(JsonNode schema) throws IOException {
        JsonNode recipients = Json.tree(Documents.text("schema/recipients.schema.json"));
        TreeSet<String> defaults = new TreeSet<>();
        for (var field : new ArrayList<>(schema.path("properties").properties())) {
            String reference = field.getValue().path("$ref").asText();
            JsonNode here = reference.isEmpty()
                    ? field.getValue()
                    : recipients.at(reference.substring(reference.indexOf('#') + 1));
            if (here.has("default")) {
                defaults.add("." + field.getKey() + " = " + here.get("default"));
            }
            defaults(here).forEach(nested -> defaults.add("." + field.getKey() + nested));
        }
        return defaults;
    }
}
