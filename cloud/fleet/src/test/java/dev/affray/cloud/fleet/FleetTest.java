package dev.affray.cloud.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.camera.GatewayConfig;
import dev.affray.camera.Reported;
import dev.affray.document.Json;
import dev.affray.document.Problem;
import dev.affray.frame.CameraId;
import dev.affray.health.HealthReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FleetTest {
    private static final Instant NOW = Instant.parse("2026-11-20T07:30:00Z");
    private static final CameraId DOOR = new CameraId("northgate-gw1", "door");
    private static final String HASH = "ab".repeat(32);

    private final RememberedCameras store = new RememberedCameras();
    private final Fleet fleet = new Fleet(store, Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void aGoodCameraDocumentIsKeptAsItWasWritten() {
        String desired = example("good/camera/full");
        fleet.shadowDocuments(DOOR.thing(), "camera-door", documents(7, desired, "null"));

        assertThat(store.puts).containsExactly(new RememberedCameras.Document(DOOR, 7, Json.tree(desired)));
        assertThat(fleet.counts()).isEqualTo(new Counts(1, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void aGatewayDocumentIsKept() {
        fleet.shadowDocuments(DOOR.thing(), "gateway", documents(3, "{\"cameras\": [\"door\", \"yard\"]}", "null"));

        assertThat(store.puts)
                .containsExactly(
                        new RememberedCameras.Gateway(DOOR.thing(), 3, new GatewayConfig(List.of("door", "yard"))));
    }

    @Test
    void aRefusedDocumentChangesNothing_butTheReportBesideItIsKept() {
        String reported = "{\"version\": 7, \"hash\": \"%s\", \"refused\": {\"version\": 8, \"hash\": \"%s\", "
                + "\"problems\": [{\"path\": \"$.name\", \"message\": \"is missing\"}], \"problemCount\": 1}}";
        fleet.shadowDocuments(
                DOOR.thing(),
                "camera-door",
                documents(9, example("bad/camera/name-missing"), reported.formatted(HASH, HASH)));

        Reported.Refused refused = Reported.Refused.of(8, HASH, List.of(new Problem("$.name", "is missing")));
        assertThat(store.puts).containsExactly(new RememberedCameras.Report(DOOR, 9, new Reported(7, HASH, refused)));
        assertThat(fleet.counts()).isEqualTo(new Counts(0, 1, 1, 0, 0, 0, 0));
    }

    @Test
    void aReportWhoseNullsTheShadowDroppedIsKept() {
        fleet.shadowDocuments(DOOR.thing(), "camera-door", documents(2, "null", "{\"version\": 0}"));

        assertThat(store.puts).containsExactly(new RememberedCameras.Report(DOOR, 2, new Reported(0, null, null)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"limits-door", "camera-", "camera-a/b", "camera-" + "%", "other", ""})
    void otherShadowsAreIgnored(String shadow) {
        fleet.shadowDocuments(DOOR.thing(), shadow, documents(1, example("good/camera/full"), "null"));

        assertThat(store.puts).isEmpty();
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

        assertThat(store.puts).isEmpty();
        assertThat(fleet.counts().malformed()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"good/health/streaming", "good/health/trouble", "good/health/stopping"})
    void aHealthReportOfItsOwnGatewayIsKept(String name) {
        fleet.health("affray/northgate-gw1/health", bytes(example(name)));

        assertThat(store.puts).containsExactly(Json.read(example(name), HealthReport.class));
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

        assertThat(store.puts).isEmpty();
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

        assertThat(store.puts).isEmpty();
        assertThat(fleet.counts().malformed()).isEqualTo(1);
    }

    @Test
    void presenceCountsFromNow_becauseALastWillCarriesNoTime() {
        fleet.presence("affray/northgate-gw1/presence", bytes("{\"online\":true,\"at\":\"2020-01-01T00:00:00Z\"}"));
        fleet.presence("affray/northgate-gw1/presence", bytes("{\"online\":false,\"at\":null}"));

        assertThat(store.puts)
                .containsExactly(
                        new RememberedCameras.Presence("northgate-gw1", true, NOW),
                        new RememberedCameras.Presence("northgate-gw1", false, NOW));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "true", "[]", "{\"online\":\"no\"}", "{\"online\":null}", "{\"online\":true,"})
    void aMalformedPresenceNeverTakesAGatewayOffline(String message) {
        fleet.presence("affray/northgate-gw1/presence", bytes(message));

        assertThat(store.puts).isEmpty();
        assertThat(fleet.counts().malformed()).isEqualTo(1);
    }

    private static byte[] documents(long version, String desired, String reported) {
        JsonNode message = Json.tree("{\"previous\": {\"state\": {}}, \"current\": {\"state\": {\"desired\": " + desired
                + ", \"reported\": " + reported + "}, \"version\": " + version + "}, \"timestamp\": 1795159874}");
        return bytes(message.toString());
    }

    private static String example(String name) {
        String resource = "/dev/affray/config/examples/" + name + ".json";
        try (InputStream in = Objects.requireNonNull(FleetTest.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
