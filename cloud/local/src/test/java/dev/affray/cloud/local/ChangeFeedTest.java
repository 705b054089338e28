package dev.affray.cloud.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.affray.camera.AlertRule;
import dev.affray.cloud.alerting.Alert;
import dev.affray.cloud.alerting.Alerting;
import dev.affray.cloud.alerting.Channel;
import dev.affray.cloud.alerting.Group;
import dev.affray.cloud.alerting.Message;
import dev.affray.cloud.alerting.Policy;
import dev.affray.cloud.alerting.Stores;
import dev.affray.cloud.state.Head;
import dev.affray.cloud.state.Trigger;
import dev.affray.cloud.state.sqlite.ChangeTable;
import dev.affray.cloud.state.sqlite.Database;
import dev.affray.cloud.state.sqlite.SqliteCameraStore;
import dev.affray.cloud.state.sqlite.SqliteCounterStore;
import dev.affray.cloud.state.sqlite.SqliteEpisodeStore;
import dev.affray.cloud.state.sqlite.SqliteIncidentStore;
import dev.affray.cloud.state.sqlite.SqliteNotificationStore;
import dev.affray.frame.CameraId;
import dev.affray.frame.Frame;
import dev.affray.frame.FrameKey;
import dev.affray.frame.Line;
import dev.affray.incident.BestFrame;
import dev.affray.incident.IncidentKind;
import dev.affray.incident.Severity;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangeFeedTest {
    private static final Instant START = Instant.parse("2026-11-20T21:00:00Z");

    @TempDir
    Path folder;

    private final List<Alert> announced = new CopyOnWriteArrayList<>();

    @Test
    void goesOn_whenAHeadEndsInAnError_andComplainsAsLongAsItWaits() {
        try (Database database = Database.open(folder.resolve("state.db"))) {
            SqliteIncidentStore incidents = new SqliteIncidentStore(database);
            Alerting alerting = new Alerting(
                    new Stores(
                            incidents,
                            new SqliteNotificationStore(database),
                            new SqliteCameraStore(database),
                            new SqliteCounterStore(database),
                            new SqliteEpisodeStore(database)),
                    List.of(new Channel("mail", Set.of(Group.ALERTS), this::publish)),
                    new Policy(Optional.empty(), 1_000_000, 1_000_000, 1_000_000),
                    (_, _) -> Optional.empty(),
                    Clock.systemUTC());
            try (ChangeFeed feed = new ChangeFeed(new ChangeTable(database), alerting, Clock.systemUTC())) {
                feed.start();
                incidents.replace(opened("broken"));
                await().atMost(Duration.ofSeconds(10)).until(() -> feed.complaint() != null);
                incidents.replace(opened("door"));

                await().atMost(Duration.ofSeconds(10))
                        .untilAsserted(() -> assertThat(announced)
                                .singleElement()
                                .satisfies(
                                        alert -> assertThat(alert.cameraName()).isEqualTo("door")));
                assertThat(feed.pending()).isEqualTo(1);
                assertThat(feed.complaint()).contains("com/example/Missing");
            }
        }
    }

    private String publish(Message message) {
        Alert alert = (Alert) message;
        if (alert.cameraName().equals("broken")) {
            throw new NoClassDefFoundError("com/example/Missing");
        }
        announced.add(alert);
        return "receipt";
    }

    private static Head opened(String camera) {
        CameraId id = new CameraId("gateway-1", camera);
        String key = new FrameKey(Line.LIVE, new Frame(id, START, 1, OptionalInt.of(80))).format();
        Trigger trigger = new Trigger(START, Severity.NORMAL, List.of(new BestFrame(key, 80)));
        return Head.empty(id, IncidentKind.FIGHT, Line.LIVE)
                .with(List.of(trigger), AlertRule.DEFAULT.closeAfter(), START);
    }
}
