package dev.affray.cloud.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affray.camera.AlertRule;
import dev.affray.cloud.state.Head;
import dev.affray.cloud.state.Notification;
import dev.affray.cloud.state.Step;
import dev.affray.cloud.state.Trigger;
import dev.affray.cloud.state.sqlite.Database;
import dev.affray.cloud.state.sqlite.SqliteCameraStore;
import dev.affray.cloud.state.sqlite.SqliteCounterStore;
import dev.affray.cloud.state.sqlite.SqliteEpisodeStore;
import dev.affray.cloud.state.sqlite.SqliteIncidentStore;
import dev.affray.cloud.state.sqlite.SqliteNotificationStore;
import dev.affray.document.Json;
import dev.affray.frame.CameraId;
import dev.affray.frame.Frame;
import dev.affray.frame.FrameKey;
import dev.affray.frame.Line;
import dev.affray.incident.BestFrame;
import dev.affray.incident.IncidentKind;
import dev.affray.incident.Severity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertingTest {
    private static final Instant START = Instant.parse("2026-11-20T21:00:00Z");
    private static final CameraId CAMERA = new CameraId("gateway-1", "front-door");
    private static final Duration CLOSE_AFTER = AlertRule.DEFAULT.closeAfter();

    private final List<Alert> published = new ArrayList<>();
    private Instant now = START;
    private boolean mailIsDown;
    private boolean dieAfterPublishing;
    private Database database;
    private SqliteIncidentStore incidents;
    private SqliteNotificationStore notifications;
    private SqliteCameraStore cameras;
    private Alerting alerting;

    @BeforeEach
    void open(@TempDir Path folder) {
        database = Database.open(folder.resolve("state.db"));
        incidents = new SqliteIncidentStore(database);
        notifications = new SqliteNotificationStore(database);
        cameras = new SqliteCameraStore(database);
        Clock clock = new Clock() {
            @Override
            public Instant instant() {
                return now;
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
        alerting = State.alerting(
                new Stores(
                        incidents,
                        notifications,
                        cameras,
                        new SqliteCounterStore(database),
                        new SqliteEpisodeStore(database)),
                this::publish,
                clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void announcesAnIncidentOnce_howeverOftenItChangesOrIsHandled() throws Exception {
        Head opened = store(head().with(List.of(trigger(0)), CLOSE_AFTER, now));
        Head grown = store(opened.with(List.of(trigger(5)), CLOSE_AFTER, now));

        alerting.handle(opened);
        alerting.handle(grown);
        alerting.handle(opened);

        assertThat(published).singleElement().satisfies(alert -> {
            assertThat(alert.incident().lastPositive()).isEqualTo(START.plusSeconds(5));
            assertThat(alert.cameraName()).isEqualTo("front-door");
        });
        assertThat(alerting.counts()).isEqualTo(new Alerting.Counts(1, 0, 0, 0, 0, 0, 0, 0, 0));
        assertThat(incidents.find(opened.incidents().getFirst().id())).isPresent();
    }

    @Test
    void speaksOfTheCameraAsPeopleDo() throws Exception {
        cameras.putDocument(
                CAMERA,
                1,
                Json.tree("{\"name\":\"Front door\",\"site\":{\"name\":\"School\",\"zone\":\"Europe/Berlin\"}}"));

        alerting.handle(store(head().with(List.of(trigger(0)), CLOSE_AFTER, now)));

        assertThat(published).singleElement().satisfies(alert -> {
            assertThat(alert.cameraName()).isEqualTo("Front door");
            assertThat(alert.site().zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
        });
    }

    @Test
    void triesAgain_whenThePublisherRefuses_andSendsOnce() throws Exception {
        Head opened = store(head().with(List.of(trigger(0)), CLOSE_AFTER, now));
        mailIsDown = true;
        assertThatThrownBy(() -> alerting.handle(opened))
                .isInstanceOf(Alerting.Postponed.class)
                .hasMessageContaining("connection refused");

        mailIsDown = false;
        now = now.plus(Delivery.REST);
        alerting.handle(opened);

        assertThat(published).hasSize(1);
        assertThat(alerting.counts().possiblyRepeated()).isZero();
    }

    @Test
    void leavesThePublisherAloneAfterARefusal_andStillWritesTheHistory() throws Exception {
        Head first = store(head().with(List.of(trigger(0)), CLOSE_AFTER, now));
        Head second = store(first.with(List.of(trigger(500)), CLOSE_AFTER, now));
        mailIsDown = true;
        assertThatThrownBy(() -> alerting.handle(first)).isInstanceOf(Alerting.Postponed.class);
        mailIsDown = false;

        assertThatThrownBy(() -> alerting.handle(second))
                .isInstanceOfSatisfying(
                        Alerting.Postponed.class, p -> assertThat(p.after()).isEqualTo(Delivery.REST))
                .hasMessageContaining("connection refused");
        assertThat(published).isEmpty();
        assertThat(incidents.recent(9)).hasSize(2);

        now = now.plus(Delivery.REST);
        alerting.handle(second);
        alerting.handle(first);
        assertThat(published).hasSize(2);
    }

    @Test
    void aDeathBetweenPublishingAndRecordingRepeatsTheMessageOnce_withTheSameId_andIsCounted() throws Exception {
        Head opened = store(head().with(List.of(trigger(0)), CLOSE_AFTER, now));
        dieAfterPublishing = true;
        assertThatThrownBy(() -> alerting.handle(opened)).isInstanceOf(IllegalStateException.class);
        dieAfterPublishing = false;

        assertThatThrownBy(() -> alerting.handle(opened)).isInstanceOf(Alerting.Postponed.class);
        now = now.plus(Delivery.LEASE);
        alerting.handle(opened);
        alerting.handle(opened);

        assertThat(published)
                .hasSize(2)
                .extracting(Alert::id)
                .containsOnly(published.getFirst().id());
        assertThat(alerting.counts()).isEqualTo(new Alerting.Counts(1, 1, 0, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void doesNotAnnounceAnIncidentThatWasMergedAwayMeanwhile() throws Exception {
        Head two = store(head().with(List.of(trigger(0), trigger(100)), CLOSE_AFTER, now));
        Head one = store(two.with(List.of(trigger(50)), CLOSE_AFTER, now));

        alerting.handle(two);
        alerting.handle(one);

        assertThat(published)
                .singleElement()
                .satisfies(alert -> assertThat(alert.incident().opened()).isEqualTo(START));
        assertThat(alerting.counts().withheld()).isEqualTo(1);
    }

    @Test
    void doesNotAnnounceAnIncidentThatWasMergedAway_whenTheHeadHasHandedItToTheHistoryMeanwhile() throws Exception {
        Head two = store(head().with(List.of(trigger(0), trigger(100)), CLOSE_AFTER, now));
        Head one = store(two.with(List.of(trigger(50)), CLOSE_AFTER, now));
        Head closed = store(one.closing(CLOSE_AFTER, Duration.ZERO, now.plus(CLOSE_AFTER)));
        mailIsDown = true;
        for (Head waiting : List.of(two, one, closed)) {
            assertThatThrownBy(() -> alerting.handle(waiting)).isInstanceOf(Alerting.Postponed.class);
        }
        Head pruned = store(closed.pruning(
                START.plusSeconds(9000),
                incident ->
                        incidents.find(incident.id()).filter(incident::equals).isPresent()));
        assertThat(pruned.incidents()).isEmpty();

        mailIsDown = false;
        now = now.plus(Delivery.REST);
        for (Head waiting : List.of(two, one, closed)) {
            alerting.handle(waiting);
        }

        assertThat(published)
                .singleElement()
                .satisfies(alert -> assertThat(alert.incident().opened()).isEqualTo(START));
    }

    @Test
    void doesNotAnnounceTheWhole_whenAPartOfItWasAnnouncedBefore() throws Exception {
        Head late = store(head().with(List.of(trigger(100)), CLOSE_AFTER, now));
        alerting.handle(late);
        Head early = store(late.with(List.of(trigger(0)), CLOSE_AFTER, now));
        Head joined = store(early.with(List.of(trigger(50)), CLOSE_AFTER, now));

        alerting.handle(early);
        alerting.handle(joined);

        assertThat(published).hasSize(1);
        String whole = joined.incidents().stream()
                .filter(i -> i.mergedInto() == null)
                .findFirst()
                .orElseThrow()
                .id();
        assertThat(notifications.of(whole)).singleElement().satisfies(n -> {
            assertThat(n.step()).isEqualTo(Step.OPENED);
            assertThat(n.outcome()).isEqualTo(Notification.Outcome.AS_ANOTHER);
            assertThat(n.receipt()).isEqualTo(late.incidents().getFirst().id());
        });
    }

    @Test
    void doesNotAnnounceTheWhole_whenAPartOfAPartWasAnnouncedBefore() throws Exception {
        Head late = store(head().with(List.of(trigger(200)), CLOSE_AFTER, now));
        alerting.handle(late);
        Head middle = store(late.with(List.of(trigger(100)), CLOSE_AFTER, now));
        Head joined = store(middle.with(List.of(trigger(150)), CLOSE_AFTER, now));
        Head early = store(joined.with(List.of(trigger(0)), CLOSE_AFTER, now));
        Head whole = store(early.with(List.of(trigger(50)), CLOSE_AFTER, now));

        alerting.handle(whole);

        assertThat(published).hasSize(1);
    }

    @Test
    void saysThatItIsLate_whenItCouldNotGoEarlier() throws Exception {
        Head opened = store(head().with(List.of(trigger(0)), CLOSE_AFTER, now));
        now = now.plus(AlertSource.LATE).plusMillis(1);

        alerting.handle(opened);

        assertThat(published)
                .singleElement()
                .satisfies(alert -> assertThat(alert.late()).isTrue());
    }

    @Test
    void theTickKeepsTheHeadSmall_howeverNoisyACameraIs() throws Exception {
        List<Trigger> many = new ArrayList<>();
        for (int i = 0; i < Tick.MOST_IN_HEAD + 50; i++) {
            many.add(trigger(i * 100));
        }
        Head noisy = store(head().with(many, CLOSE_AFTER, now));
        alerting.handle(noisy);
        Tick tick = new Tick(incidents, alerting, _ -> AlertRule.DEFAULT);
        tick.run(now.plusSeconds(9000));
        alerting.handle(incidents.head(CAMERA, IncidentKind.FIGHT, Line.LIVE));
        Head again = store(incidents
                .head(CAMERA, IncidentKind.FIGHT, Line.LIVE)
                .with(List.of(trigger(many.size() * 100)), CLOSE_AFTER, now));
        alerting.handle(again);

        tick.run(now.plusSeconds(9000));

        assertThat(incidents.head(CAMERA, IncidentKind.FIGHT, Line.LIVE).incidents())
                .hasSizeLessThanOrEqualTo(Tick.MOST_IN_HEAD);
        assertThat(incidents.recent(1000)).hasSize(many.size() + 1);
    }

    @Test
    void theTickClosesWhatIsOver_andPrunesWhatIsOld() throws Exception {
        Head opened = store(head().with(List.of(trigger(0), trigger(200_000)), CLOSE_AFTER, now));
        alerting.handle(opened);
        Tick tick = new Tick(incidents, alerting, _ -> AlertRule.DEFAULT);

        tick.run(now.plusSeconds(79));
        assertThat(incidents.openHeads()).hasSize(1);
        tick.run(now.plusSeconds(80));
        Head closed = incidents.head(CAMERA, IncidentKind.FIGHT, Line.LIVE);
        assertThat(closed.incidents()).noneMatch(i -> i.isOpen());
        alerting.handle(closed);
        assertThat(incidents.openHeads()).isEmpty();
        assertThat(incidents.recent(9)).hasSize(2).noneMatch(i -> i.isOpen());

        // The next closing finds the old incident in the history and takes it out of the head.
        Head again = store(closed.with(List.of(trigger(300_000)), CLOSE_AFTER, now));
        alerting.handle(again);
        tick.run(now.plusSeconds(9000));
        assertThat(incidents.head(CAMERA, IncidentKind.FIGHT, Line.LIVE).incidents())
                .extracting(i -> i.opened())
                .containsExactly(START.plusSeconds(300_000));
        assertThat(incidents.recent(10)).hasSize(3);
    }

    private String publish(Message message) throws Publisher.PublishException {
        Alert alert = (Alert) message;
        if (mailIsDown) {
            throw new Publisher.PublishException("connection refused", new IOException("refused"));
        }
        published.add(alert);
        if (dieAfterPublishing) {
            throw new IllegalStateException("the process died here");
        }
        return "receipt";
    }

    private Head store(Head head) {
        assertThat(incidents.replace(head)).isTrue();
        return head;
    }

    private static Head head() {
        return Head.empty(CAMERA, IncidentKind.FIGHT, Line.LIVE);
    }

    private static Trigger trigger(int second) {
        Frame frame = new Frame(CAMERA, START.plusSeconds(second), second, OptionalInt.of(80));
        String key = new FrameKey(Line.LIVE, frame).format();
        return new Trigger(frame.capturedAt(), Severity.NORMAL, List.of(new BestFrame(key, 80)));
    }
}
