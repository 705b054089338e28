package dev.affray.cloud.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.camera.AlertRule;
import dev.affray.cloud.state.CameraStore;
import dev.affray.cloud.state.sqlite.Database;
import dev.affray.cloud.state.sqlite.SqliteCameraStore;
import dev.affray.document.Json;
import dev.affray.frame.CameraId;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesTest {
    private static final CameraId CAMERA = new CameraId("gateway-1", "front-door");
    private static final Instant NOW = Instant.parse("2026-11-20T21:00:00Z");

    private Database database;
    private CameraStore cameras;
    private Rules rules;

    @BeforeEach
    void open(@TempDir Path folder) {
        database = Database.open(folder.resolve("state.db"));
        cameras = new SqliteCameraStore(database);
        rules = new Rules(cameras, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aCameraWithoutADocumentIsAlwaysArmed_andHasTheDefaultRule() {
        assertThat(rules.of(CAMERA)).isEqualTo(AlertRule.DEFAULT);
        assertThat(rules.armed(CAMERA, NOW)).isTrue();
    }

    @Test
    void aCameraIsArmedAsItsDocumentSays_byTheClockOfItsSite() {
        cameras.putDocument(CAMERA, 1, Json.tree("""
                {"name": "Door", "site": {"name": "School", "zone": "Europe/Berlin"},
                 "arming": {"weekly": [{"days": ["fri"], "from": "22:00", "to": "06:00"}]},
                 "alert": {"positives": 4}}"""));

        assertThat(rules.of(CAMERA).positives()).hasValue(4);
        assertThat(rules.armed(CAMERA, NOW)).isTrue();
        assertThat(rules.armed(CAMERA, NOW.minusMillis(1))).isFalse();
        assertThat(rules.armed(CAMERA, Instant.parse("2026-11-21T05:00:00Z"))).isFalse();
    }

    @Test
    void aDocumentIsRememberedForSeconds_alsoWhenTheClockIsSetBackMeanwhile() {
        AtomicReference<Instant> now = new AtomicReference<>(NOW);
        Rules remembering = new Rules(cameras, ticking(now));
        document(1, 4);
        assertThat(remembering.of(CAMERA).positives()).hasValue(4);

        document(2, 5);
        now.set(NOW.plusSeconds(9));
        assertThat(remembering.of(CAMERA).positives()).hasValue(4);
        now.set(NOW.plusSeconds(10));
        assertThat(remembering.of(CAMERA).positives()).hasValue(5);

        document(3, 6);
        now.set(NOW.minusSeconds(3 * 3600));
        assertThat(remembering.of(CAMERA).positives()).hasValue(6);
    }

    private void document(int version, int positives) {
        cameras.putDocument(CAMERA, version, Json.tree("""
                {"name": "Door", "site": {"name": "School", "zone": "Europe/Berlin"}, "alert": {"positives": %d}}
                """.formatted(positives)));
    }

    private static Clock ticking(AtomicReference<Instant> now) {
        return new Clock() {
            @Override
            public Instant instant() {
                return now.get();
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
    }
}
