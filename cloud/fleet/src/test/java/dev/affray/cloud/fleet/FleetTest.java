package dev.affray.cloud.fleet;

import static dev.affray.cloud.fleet.Documents.example;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.camera.CameraConfig;
import dev.affray.camera.CameraDocument;
import dev.affray.camera.Reported;
import dev.affray.cloud.state.CameraRecord;
import dev.affray.cloud.state.CameraStore;
import dev.affray.cloud.state.GatewayRecord;
import dev.affray.cloud.state.Vitals;
import dev.affray.cloud.state.sqlite.Database;
import dev.affray.cloud.state.sqlite.SqliteCameraStore;
import dev.affray.document.Json;
import dev.affray.document.Problem;
import dev.affray.document.Reading;
import dev.affray.frame.CameraId;
import dev.affray.health.HealthReport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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

class FleetTest {
    private static final Instant NOW = Instant.parse("2026-11-20T07:30:00Z");
    private static final CameraId DOOR = new CameraId("northgate-gw1", "door");
    private static final String HASH = "ab".repeat(32);

    @TempDir
    private Path folder;

    private Database database;
    private CameraStore store;
    private Fleet fleet;

    @BeforeEach
    void open() {
        database = Database.open(folder.resolve("state.db"));
        store = new SqliteCameraStore(database);
        fleet = new Fleet(store, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aGoodCameraDocumentIsKeptAsItWasWritten() throws SQLException {
        String desired = example("good/camera/full");
        fleet.shadowDocuments(DOOR.thing(), "camera-door", documents(7, desired, "null"));

        assertThat(store.cameras())
                .containsExactly(new CameraRecord(DOOR, false, accepted(desired), 7, null, null, null, null));
        assertThat(Json.tree(stored("SELECT document FROM camera"))).isEqualTo(Json.tree(desired));
        assertThat(store.gateways()).isEmpty();
        assertThat(fleet.counts()).isEqualTo(new Counts(1, 0, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void aGatewayDocumentIsKept() throws SQLException {
        fleet.shadowDocuments(DOOR.thing(), "gateway", documents(3, "{\"cameras\": [\"door\", \"yard\"]}", "null"));

        assertThat(store.cameras())
                .containsExactly(
                        new CameraRecord(DOOR, true, null, 0, null, null, null, null),
                        new CameraRecord(new CameraId(DOOR.thing(), "yard"), true, null, 0, null, null, null, null));
        assertThat(store.gateways())
                .containsExactly(new GatewayRecord(DOOR.thing(), false, null, null, null, false, null, null));
        assertThat(stored("SELECT document_version FROM gateway")).isEqualTo("3");
    }

    @Test
    void aRefusedDocumentChangesNothing_butTheReportBesideItIsKept() throws SQLException {
        String reported = "{\"version\": 7, \"hash\": \"%s\", \"refused\": {\"version\": 8, \"hash\": \"%s\", "
                + "\"problems\": [{\"path\": \"$.name\", \"message\": \"is missing\"}], \"problemCount\": 1}}";
        fleet.shadowDocuments(
                DOOR.thing(),
                "camera-door",
                documents(9, example("bad/camera/name-missing"), reported.formatted(HASH, HASH)));

        Reported.Refused refused = Reported.Refused.of(8, HASH, List.of(new Problem("$.name", "is missing")));
        onlyReportKept(9, new Reported(7, HASH, refused));
        assertThat(fleet.counts()).isEqualTo(new Counts(0, 1, 1, 0, 0, 0, 0, 0));
    }

    @Test
    void aReportWhoseNullsTheShadowDroppedIsKept() throws SQLException {
        fleet.shadowDocuments(DOOR.thing(), "camera-door", documents(2, "null", "{\"version\": 0}"));

        onlyReportKept(2, new Reported(0, null, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"limits-door", "camera-", "camera-a/b", "camera-" + "%", "other", ""})
    void otherShadowsAreIgnored(String shadow) {
        fleet.shadowDocuments(DOOR.thing(), shadow, documents(1, example("good/camera/full"), "null"));

        nothingIsKept();
        assertThat(fleet.counts().ignoredShadows()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "[]",
                "7",
                "{}",
                "{\"current\": 5}",
                "{\"current\": {\"state\": {}, \"version\": \"1\"}}",
                "{\"current\": {\"version\": 1, \"state\": {\"reported\": [1]}}}",
                "{\"current\": {\"version\": 1, \"state\": {\"reported\": {\"version\": 1, \"refused\": {}}}}}",
                "{\"current\": {\"version\": 1, \"state\": {\"reported\": {\"version\": \"x\"}}}}"
            })
    void aMalformedShadowMessageIsCountedAndNeverThrown(String message) {
        fleet.shadowDocuments(DOOR.thing(), "camera-door", bytes(message));

        nothingIsKept();
        assertThat(fleet.counts().malformed()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"good/health/streaming", "good/health/trouble", "good/health/stopping"})
    void aHealthReportOfItsOwnGatewayIsKept(String name) {
        fleet.health("affray/northgate-gw1/health", bytes(example(name)));

        HealthReport sent = Json.read(example(name), HealthReport.class);
        assertThat(store.gateways())
                .containsExactly(new GatewayRecord(
                        sent.thing(), false, null, sent.gateway(), sent.sentAt(), sent.last(), NOW, NOW));
        assertThat(store.cameras()).containsExactlyInAnyOrderElementsOf(camerasOf(sent));
        assertThat(fleet.counts().health()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "affray/other-gw/health",
                "affray/northgate-gw1/presence",
                "affray/northgate-gw1/health/x",
                "affray//health",
                "other/northgate-gw1/health"
            })
    void aHealthReportOnAnotherTopicIsMalformed(String topic) {
        fleet.health(topic, bytes(example("good/health/streaming")));

        nothingIsKept();
        assertThat(fleet.counts().malformed()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "thing"           | "thingy"
            "sentAt"          | "sent"
            "2026-11-20T07:30:00.120Z" | "yesterday"
            "gateway"         | "gw"
            "startedAt"       | "at"
            "cameras"         | "cams"
            "counts"          | "c"
            "state"           | "s"
            "STREAMING"       | "DANCING"
            "door"            | "the door"
            """)
    void aHealthReportWithoutWhatItNeedsIsMalformed(String part, String instead) {
        String report = example("good/health/streaming");
        fleet.health("affray/northgate-gw1/health", bytes(report.replace(part, instead)));

        nothingIsKept();
        assertThat(fleet.counts().malformed()).isEqualTo(1);
    }

    @Test
    void presenceCountsFromNow_becauseALastWillCarriesNoTime() {
        fleet.presence("affray/northgate-gw1/presence", bytes("{\"online\":true,\"at\":\"2020-01-01T00:00:00Z\"}"));
        onlyPresenceKept(true);

        fleet.presence("affray/northgate-gw1/presence", bytes("{\"online\":false,\"at\":null}"));
        onlyPresenceKept(false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "true", "[]", "{\"online\":\"no\"}", "{\"online\":null}", "{\"online\":true,"})
    void aMalformedPresenceNeverTakesAGatewayOffline(String message) {
        fleet.presence("affray/northgate-gw1/presence", bytes(message));

        nothingIsKept();
        assertThat(fleet.counts().malformed()).isEqualTo(1);
    }

    @Test
    void anAnswerToACommandIsCounted_andChangesNothing() {
        fleet.answer("affray/northgate-gw1/answers/door", bytes(example("good/answer/clip-done")));

        nothingIsKept();
        assertThat(fleet.counts()).isEqualTo(new Counts(0, 0, 0, 0, 0, 1, 0, 0));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            affray/northgate-gw1/answers/yard   | door
            affray/northgate-gw1/answers        | door
            affray/north gate/answers/door      | door
            affray/northgate-gw1/answers/door   | the door
            affray/northgate-gw1/commands/door  | door
            """)
    void anAnswerThatIsNotOfItsTopicIsMalformed(String topic, String camera) {
        fleet.answer(topic, bytes(example("good/answer/clip-done").replace("\"door\"", "\"" + camera + "\"")));
        fleet.answer("affray/northgate-gw1/answers/door", bytes("{\"id\":\"c1\"}"));
        fleet.answer("affray/northgate-gw1/answers/door", bytes("x"));

        assertThat(fleet.counts()).isEqualTo(new Counts(0, 0, 0, 0, 0, 0, 0, 3));
    }

    private void nothingIsKept() {
        assertThat(store.cameras()).isEmpty();
        assertThat(store.gateways()).isEmpty();
    }

    private void onlyReportKept(long version, Reported reported) throws SQLException {
        assertThat(store.cameras()).containsExactly(new CameraRecord(DOOR, false, null, 0, reported, null, null, null));
        assertThat(store.gateways()).isEmpty();
        assertThat(stored("SELECT reported_version FROM camera")).isEqualTo("" + version);
    }

    private void onlyPresenceKept(boolean online) {
        assertThat(store.gateways())
                .containsExactly(new GatewayRecord(DOOR.thing(), online, NOW, null, null, false, null, null));
        assertThat(store.cameras()).isEmpty();
    }

    private static List<CameraRecord> camerasOf(HealthReport sent) {
        return sent.cameras().stream()
                .map(health -> new CameraRecord(
                        new CameraId(sent.thing(), health.camera()),
                        false,
                        null,
                        0,
                        null,
                        health,
                        sent.sentAt(),
                        Vitals.after(null, sent, NOW).cameras().get(health.camera())))
                .toList();
    }

    private static CameraConfig accepted(String desired) {
        return ((Reading.Accepted<CameraConfig>) CameraDocument.read(Json.tree(desired))).value();
    }

    /** The one value that lies in the file where the port does not hand it out. */
    private String stored(String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("state.db"));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.getString(1);
        }
    }

    private static byte[] documents(long version, String desired, String reported) {
        JsonNode message = Json.tree("{\"previous\": {\"state\": {}}, \"current\": {\"state\": {\"desired\": " + desired
                + ", \"reported\": " + reported + "}, \"version\": " + version + "}, \"timestamp\": 1795159874}");
        return bytes(message.toString());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
