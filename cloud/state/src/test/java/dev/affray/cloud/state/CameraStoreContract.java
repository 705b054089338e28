package dev.affray.cloud.state;

import static dev.affray.cloud.state.Examples.DOOR;
import static dev.affray.cloud.state.Examples.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.camera.GatewayConfig;
import dev.affray.camera.Reported;
import dev.affray.document.Json;
import dev.affray.frame.CameraId;
import dev.affray.health.CameraHealth;
import dev.affray.health.CameraState;
import dev.affray.health.FrameCounts;
import dev.affray.health.GatewayHealth;
import dev.affray.health.HealthReport;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link CameraStore} must do. */
public abstract class CameraStoreContract {
    /** The store under test, empty. */
    protected abstract CameraStore store();

    @Test
    void keepsTheNewestDocument_inWhateverOrderTheyCome() {
        store().putDocument(DOOR, 3, document("third"));
        store().putDocument(DOOR, 2, document("second"));

        assertThat(store().camera(DOOR)).get().satisfies(camera -> {
            assertThat(camera.config().name()).isEqualTo("third");
            assertThat(camera.configVersion()).isEqualTo(3);
            assertThat(camera.listed()).isFalse();
            assertThat(camera.health()).isNull();
        });
    }

    @Test
    void refusesABadDocument_andKeepsTheGoodOne() {
        store().putDocument(DOOR, 1, document("good"));

        assertThatThrownBy(() -> store().putDocument(DOOR, 2, Json.tree("{}")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(store().camera(DOOR))
                .get()
                .satisfies(c -> assertThat(c.config().name()).isEqualTo("good"));
    }

    @Test
    void listsWhatTheGatewayDocumentLists_ofThatGatewayOnly() {
        store().putGatewayDocument("gateway_1", 1, new GatewayConfig(List.of("a", "b")));
        store().putGatewayDocument("gatewayX1", 1, new GatewayConfig(List.of("a")));
        store().putGatewayDocument("gateway_1", 3, new GatewayConfig(List.of("b", "c")));
        store().putGatewayDocument("gateway_1", 2, new GatewayConfig(List.of("a")));

        assertThat(store().cameras())
                .filteredOn(CameraRecord::listed)
                .extracting(c -> c.id().toString())
                .containsExactly("gatewayX1/a", "gateway_1/b", "gateway_1/c");
    }

    @Test
    void keepsTheNewestReportAndHealth_besideTheDocument() {
        store().putDocument(DOOR, 1, document("door"));
        store().putReported(DOOR, 5, new Reported(1, "h", null));
        store().putReported(DOOR, 4, new Reported(0, null, null));
        store().putHealth(health(20, CameraState.STREAMING), at(21));
        store().putHealth(health(10, CameraState.STALLED), at(22));

        assertThat(store().camera(DOOR)).get().satisfies(camera -> {
            assertThat(camera.reported()).isEqualTo(new Reported(1, "h", null));
            assertThat(camera.health().state()).isEqualTo(CameraState.STREAMING);
            assertThat(camera.healthAt()).isEqualTo(at(20));
        });
        assertThat(store().gateway(DOOR.thing())).get().satisfies(gateway -> {
            assertThat(gateway.healthAt()).isEqualTo(at(20));
            assertThat(gateway.online()).isFalse();
            assertThat(gateway.heardAt()).as("the late one is no news").isEqualTo(at(21));
        });
    }

    @Test
    void aGatewayWhoseClockWasSetBackFar_isHeardAtOnce_andAReportThatIsLateIsNot() {
        store().putHealth(health(9000, CameraState.STREAMING), at(0));
        store().putHealth(health(9000 - 3600, CameraState.STALLED), at(30));
        assertThat(store().gateway(DOOR.thing()).orElseThrow().heardAt()).isEqualTo(at(0));

        store().putHealth(health(9000 - 3601, CameraState.STALLED), at(60));
        assertThat(store().gateway(DOOR.thing()).orElseThrow().heardAt()).isEqualTo(at(60));
        assertThat(store().camera(DOOR).orElseThrow()).satisfies(camera -> {
            assertThat(camera.health().state()).isEqualTo(CameraState.STALLED);
            assertThat(camera.healthAt()).isEqualTo(at(9000 - 3601));
        });
    }

    @Test
    void tellsByTheCloudsClock_sinceWhenACameraIsNotWell_andSinceWhenItsGatewayIsHeard() {
        store().putHealth(health(0, CameraState.STREAMING), at(1000));
        store().putHealth(health(30, CameraState.STALLED), at(1030));
        store().putHealth(health(60, CameraState.RECONNECTING), at(1060));

        assertThat(store().camera(DOOR).orElseThrow().standing()).satisfies(standing -> {
            assertThat(standing.well()).isFalse();
            assertThat(standing.since()).isEqualTo(at(1030));
        });
        assertThat(store().gateway(DOOR.thing())).get().satisfies(gateway -> {
            assertThat(gateway.heardSince()).isEqualTo(at(1000));
            assertThat(gateway.heardAt()).isEqualTo(at(1060));
        });

        store().putHealth(health(90, CameraState.STREAMING), at(1090));
        assertThat(store().cameras()).singleElement().satisfies(camera -> {
            assertThat(camera.standing().well()).isTrue();
            assertThat(camera.standing().since()).isEqualTo(at(1090));
        });
    }

    @Test
    void aCameraThatTheNewestReportLeavesOut_hasNoStanding_andBeginsAnewWhenItIsBack() {
        store().putHealth(health(0, CameraState.STALLED), at(0));
        HealthReport without = health(30, CameraState.STALLED);
        store().putHealth(
                        new HealthReport(without.thing(), without.sentAt(), false, without.gateway(), List.of()),
                        at(30));

        assertThat(store().camera(DOOR).map(CameraRecord::standing)).isEmpty();
        store().putHealth(health(60, CameraState.STALLED), at(60));
        assertThat(store().camera(DOOR).orElseThrow().standing().since()).isEqualTo(at(60));
    }

    @Test
    void presenceFollowsTheLatestWord() {
        store().putPresence("g", true, at(10));
        store().putPresence("g", false, at(30));
        store().putPresence("g", true, at(20));

        assertThat(store().gateways()).singleElement().satisfies(gateway -> {
            assertThat(gateway.online()).isFalse();
            assertThat(gateway.presenceAt()).isEqualTo(at(30));
        });
        assertThat(store().gateway("nobody")).isEmpty();
        assertThat(store().camera(new CameraId("no", "body"))).isEmpty();
    }

    private static JsonNode document(String name) {
        return Json.tree("{\"name\":\"" + name + "\",\"site\":{\"name\":\"School\",\"zone\":\"Europe/Berlin\"}}");
    }

    private static HealthReport health(double seconds, CameraState state) {
        CameraHealth camera = new CameraHealth(DOOR.camera(), state, null, null, 40L, 2, 0, 0, FrameCounts.NONE);
        GatewayHealth gateway = new GatewayHealth("1", at(0), 0, 100, 1000, null, 3.5, null);
        return new HealthReport(DOOR.thing(), at(seconds), false, gateway, List.of(camera));
    }
}
