package dev.affray.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.affray.camera.Reported;
import dev.affray.command.CommandAnswer;
import dev.affray.document.Documents.Example;
import dev.affray.health.CameraHealth;
import dev.affray.health.HealthReport;
import dev.affray.health.Presence;
import dev.affray.incident.Incident;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

class WrittenDocumentsTest {
    private static final String HASH = "0123456789abcdef".repeat(4);

    static final List<Example> health = Documents.examples("good/health");
    static final List<Example> answers = Documents.examples("good/answer");
    static final List<Example> incidents = Documents.examples("good/incident");

    static Stream<Presence> presences() {
        return Stream.of(new Presence(true, Instant.parse("2026-11-20T07:30:00.250Z")), new Presence(false, null));
    }

    static Stream<Reported> reports() {
        Problem problem = new Problem("$.sampling.fps", "is 60; must be from 0.05 to 30");
        return Stream.of(
                new Reported(0, null, null),
                new Reported(12, HASH, null),
                new Reported(12, HASH, Reported.Refused.of(13, HASH, Collections.nCopies(30, problem))));
    }

    @ParameterizedTest
    @FieldSource("health")
    void aHealthReportKeepsEveryFieldOnItsWay(Example example) {
        same("health", HealthReport.class, example.json());
    }

    @ParameterizedTest
    @FieldSource("answers")
    void anAnswerKeepsEveryFieldOnItsWay(Example example) {
        same("answer", CommandAnswer.class, example.json());
    }

    @ParameterizedTest
    @FieldSource("incidents")
    void anIncidentKeepsEveryFieldOnItsWay(Example example) {
        same("incident", Incident.class, example.json());
    }

    @ParameterizedTest
    @MethodSource("presences")
    void aPresenceFitsItsSchemaAndReadsBackEqual(Presence presence) {
        fits("presence", Presence.class, presence);
    }

    @ParameterizedTest
    @MethodSource("reports")
    void aReportedStateFitsItsSchemaAndReadsBackEqual(Reported reported) {
        fits("reported", Reported.class, reported);
    }

    @Test
    void aReportedStateKeepsItsFirstProblemsAndTheCountOfAll() {
        Reported.Refused refused = reports().toList().getLast().refused();
        assertThat(refused.problems()).hasSize(Reported.Refused.MAX_PROBLEMS);
        assertThat(refused.problemCount()).isEqualTo(30);
    }

    @Test
    void anOlderReaderSurvivesANewerWriter() {
        ObjectNode newer = (ObjectNode) Json.tree(Json.write(new Presence(true, null)));
        newer.put("mood", "cheerful");
        assertThat(Json.read(newer.toString(), Presence.class)).isEqualTo(new Presence(true, null));
    }

    @Test
    void aNewerReaderSurvivesAnOlderWriter() {
        String older = """
                {"camera":"yard","state":"STREAMING","framesPerSecond":2.0,"reconnects":1}""";
        assertThat(Json.read(older, CameraHealth.class).abandoned()).isZero();
    }

    private static <T> void same(String schema, Class<T> type, JsonNode example) {
        assertThat(Documents.schemaProblems(schema, example)).isEmpty();
        T value = Json.read(example.toString(), type);
        JsonNode written = fits(schema, type, value);
        assertThat(instantsNormalised(written)).isEqualTo(instantsNormalised(example));
    }

    private static <T> JsonNode fits(String schema, Class<T> type, T value) {
        JsonNode written = Json.tree(Json.write(value));
        assertThat(Documents.schemaProblems(schema, written)).isEmpty();
        assertThat(Json.read(written.toString(), type)).isEqualTo(value);
        return written;
    }

    /** Written instants drop the zeros that the examples may spell out. */
    private static JsonNode instantsNormalised(JsonNode document) {
        return Json.tree(document.toString().replaceAll("\\.000Z", "Z").replaceAll("(\\.\\d+?)0+Z", "$1Z"));
    }
}
