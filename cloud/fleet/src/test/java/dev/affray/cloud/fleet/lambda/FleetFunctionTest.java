package dev.affray.cloud.fleet.lambda;

import static dev.affray.cloud.fleet.Documents.example;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.cloud.function.Output;
import dev.affray.cloud.function.runtime.RequestContext;
import dev.affray.cloud.state.CameraRecord;
import dev.affray.cloud.state.GatewayRecord;
import dev.affray.cloud.state.sqlite.Database;
import dev.affray.cloud.state.sqlite.SqliteCameraStore;
import dev.affray.document.Json;
import dev.affray.frame.CameraId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FleetFunctionTest {
    private static final Instant NOW = Instant.parse("2026-11-20T07:30:00Z");

    @TempDir
    private Path folder;

    private Database database;
    private SqliteCameraStore store;
    private FleetFunction function;

    @BeforeEach
    void open() {
        database = Database.open(folder.resolve("state.db"));
        store = new SqliteCameraStore(database);
        function = new FleetFunction(store, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aHealthReportIsKept_andCounted() {
        JsonNode metrics = only(invoke(Events.of(Events.HEALTH, example("good/health/streaming"))));

        assertThat(store.gateways()).extracting(GatewayRecord::thing).containsExactly("northgate-gw1");
        assertThat(metrics.path("HealthReports").asLong()).isEqualTo(1);
        assertThat(metrics.path("function").asText()).isEqualTo("fleet");
    }

    @Test
    void aPresenceIsKept_withTheCloudsTime() {
        JsonNode metrics = only(invoke(Events.of(Events.PRESENCE, "{\"online\":true,\"at\":null}")));

        assertThat(store.gateway("northgate-gw1"))
                .hasValue(new GatewayRecord("northgate-gw1", true, NOW, null, null, false, null, null));
        assertThat(metrics.path("Presences").asLong()).isEqualTo(1);
    }

    @Test
    void anAnswerToACommandIsALineOfTheAudit() {
        List<JsonNode> lines = invoke(Events.of(Events.ANSWER, example("good/answer/clip-done")));

        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst().path("message").asText())
                .startsWith("audit northgate-gw1 {")
                .contains("\"by\":\"k.meyer\"", "\"state\":\"DONE\"", "/c-20261120-0001.mp4");
        assertThat(lines.getLast().path("CommandAnswers").asLong()).isEqualTo(1);
    }

    @Test
    void aShadowsDocumentAndReportAreKept() {
        String shadow = Events.documents(7, example("good/camera/full"), "{\"version\": 6}");
        JsonNode metrics = only(invoke(Events.of(Events.CAMERA_SHADOW, shadow)));

        assertThat(store.cameras()).extracting(CameraRecord::id).containsExactly(new CameraId("northgate-gw1", "door"));
        assertThat(metrics.path("Documents").asLong()).isEqualTo(1);
        assertThat(metrics.path("Reports").asLong()).isEqualTo(1);
    }

    @Test
    void aRefusedDocumentIsCounted_andSaysWhyUnderTheRequestsId() {
        String shadow = Events.documents(8, example("bad/camera/name-missing"), "null");
        List<JsonNode> lines = invoke(Events.of(Events.CAMERA_SHADOW, shadow));

        assertThat(store.cameras()).isEmpty();
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst().path("AWSRequestId").asText()).isEqualTo("r-1");
        assertThat(lines.getFirst().path("message").asText()).contains("$.name");
        assertThat(lines.getLast().path("DocumentsRefused").asLong()).isEqualTo(1);
    }

    @Test
    void anotherShadowIsLeftAlone() {
        assertThat(invoke(Events.of("$aws/things/t/shadow/name/limits-door/update/documents", "{}")))
                .isEmpty();
    }

    @Test
    void metricsTellOnlyWhatIsNew() {
        String presence = Events.of(Events.PRESENCE, "{\"online\":false}");

        assertThat(only(invoke(presence)).path("Presences").asLong()).isEqualTo(1);
        JsonNode second = only(invoke(Events.of(Events.PRESENCE, "what?")), 1);
        assertThat(second.path("MessagesMalformed").asLong()).isEqualTo(1);
        assertThat(second.has("Presences")).isFalse();
        assertThat(only(invoke(presence), 1).path("Presences").asLong()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                                               | not JSON
            nonsense                                         | not JSON
            []                                               | topic is no text
            {"payload": ""}                                  | topic is no text
            {"topic": "affray/a/health"}                     | payload is no text
            {"topic": "affray/a/health", "payload": {}}      | payload is no text
            {"topic": "affray/a/health", "payload": "e30"}1  | not JSON
            {"topic": "affray/a/health", "payload": "e 30="} | payload is no base64
            {"topic": "affray/a/health", "payload": "e3_="}  | payload is no base64
            {"topic": "affray/a/health", "payload": "e30=="} | payload is no base64
            """)
    void anEventThatCannotBeReadIsDroppedAndCounted(String event, String reason) {
        List<JsonNode> lines = invoke(event);

        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst().path("message").asText()).contains("dropped", reason);
        assertThat(lines.getLast().path("MessagesMalformed").asLong()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "affray",
                "affray/a/clips",
                "affray/a/b/health",
                "other/a/presence",
                "$aws/things/a/shadow/update/documents",
                "$aws/things/a/shadow/name/b/update/accepted",
                "$aws/things/a/b/shadow/name/c/update/documents",
                "$aws/things/a/jobs/name/b/update/documents",
                "$aws/things/a/shadow/other/b/update/documents"
            })
    void aTopicThatIsNoneOfOursIsRefusedAndCounted(String topic) {
        List<JsonNode> lines = invoke(Events.of(topic, "{\"online\": true}"));

        assertThat(lines.getLast().path("MessagesMalformed").asLong()).isEqualTo(1);
        assertThat(store.gateways()).isEmpty();
    }

    @Test
    void whatTheStoreThrowsGoesOnToLambda_soThatTheEventComesAgain() {
        database.close();

        assertThatThrownBy(() -> handle(Events.of(Events.PRESENCE, "{\"online\":true}")))
                .isInstanceOf(RuntimeException.class);
    }

    @Test
    void primingReadsOnly_andOutlivesAStoreThatIsNotThere() {
        List<String> well = Output.of(() -> function.priming().run());
        assertThat(well).singleElement().asString().contains("primed for the snapshot");
        assertThat(store.gateways()).isEmpty();

        database.close();
        List<String> without = Output.of(() -> function.priming().run());
        assertThat(without).singleElement().asString().contains("priming failed");
    }

    private List<JsonNode> invoke(String event) {
        return Output.of(() -> handle(event)).stream().map(Json::tree).toList();
    }

    private void handle(String event) {
        try {
            function.handleRequest(
                    new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)),
                    new ByteArrayOutputStream(),
                    new RequestContext("r-1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode only(List<JsonNode> lines) {
        return only(lines, 0);
    }

    /** The line of metrics behind so many of the log. */
    private static JsonNode only(List<JsonNode> lines, int logged) {
        assertThat(lines).hasSize(logged + 1);
        return lines.getLast();
    }
}
