package dev.affray.cloud.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.affray.camera.GatewayConfig;
import dev.affray.camera.Reported;
import dev.affray.camera.Site;
import dev.affray.cloud.state.CameraStore;
import dev.affray.cloud.state.Condition;
import dev.affray.cloud.state.Detection;
import dev.affray.cloud.state.DetectionStore;
import dev.affray.cloud.state.Head;
import dev.affray.cloud.state.IncidentStore;
import dev.affray.cloud.state.Notification;
import dev.affray.cloud.state.NotificationStore;
import dev.affray.cloud.state.Step;
import dev.affray.cloud.state.sqlite.Database;
import dev.affray.cloud.state.sqlite.SqliteCameraStore;
import dev.affray.cloud.state.sqlite.SqliteDetectionStore;
import dev.affray.cloud.state.sqlite.SqliteIncidentStore;
import dev.affray.cloud.state.sqlite.SqliteNotificationStore;
import dev.affray.document.Json;
import dev.affray.document.Problem;
import dev.affray.frame.CameraId;
import dev.affray.frame.Frame;
import dev.affray.frame.FrameKey;
import dev.affray.frame.Line;
import dev.affray.health.CameraHealth;
import dev.affray.health.CameraState;
import dev.affray.health.CertificateHealth;
import dev.affray.health.FrameCounts;
import dev.affray.health.GatewayHealth;
import dev.affray.health.HealthReport;
import dev.affray.incident.BestFrame;
import dev.affray.incident.Incident;
import dev.affray.incident.IncidentKind;
import dev.affray.incident.Severity;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleApiTest {
    private static final Notification.Key I1 = new Notification.Key("i1", Step.OPENED, "mail");
    private static final Instant NOW = Instant.parse("2026-07-20T12:00:00Z");
    private static final Site SCHOOL = new Site("Northgate School", ZoneId.of("Europe/London"));
    private static final String GATEWAY = "gw";

    private final List<String> listed = new ArrayList<>();
    private GatewayHealth gatewayHealth = health(0L);
    private Instant reportedAt = NOW;
    private long sequence;
    private Database database;
    private DetectionStore detections;
    private IncidentStore incidents;
    private NotificationStore notifications;
    private CameraStore cameras;
    private ConsoleApi api;

    @BeforeEach
    void open(@TempDir Path folder) {
        database = Database.open(folder.resolve("state.db"));
        detections = new SqliteDetectionStore(database);
        incidents = new SqliteIncidentStore(database);
        notifications = new SqliteNotificationStore(database);
        cameras = new SqliteCameraStore(database);
        api = new ConsoleApi(detections, incidents, notifications, cameras, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void withoutACameraThePageSaysSo() {
        assertThat(headline()).isEqualTo(new Status.Headline(Tone.IDLE, "No camera is set up yet", List.of()));
    }

    @Test
    void allIsWell() {
        gateway(true, NOW.minusSeconds(20), 0L);
        camera("door", "Door", CameraState.STREAMING, null);
        camera("yard", "Yard", CameraState.STREAMING, null);

        assertThat(headline()).isEqualTo(new Status.Headline(Tone.GOOD, "All 2 cameras are live", List.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "STALLED, no frame for 12 s, BAD, Yard has stalled: no frame for 12 s",
        "RECONNECTING, connection refused, BAD, Yard is not connected: connection refused",
        "MISCONFIGURED, no such secret, BAD, Yard is misconfigured: no such secret",
        "DISARMED, until 18:00, GOOD, '1 of 2 cameras are live, 1 disarmed'",
        "ENDED, , GOOD, '1 of 2 cameras are live, 1 played to the end'"
    })
    void theHeadlineNamesTheOneThatIsNotLive(CameraState state, String detail, Tone tone, String text) {
        gateway(true, NOW.minusSeconds(20), 0L);
        camera("door", "Door", CameraState.STREAMING, null);
        camera("yard", "Yard", state, detail);

        assertThat(headline()).isEqualTo(new Status.Headline(tone, text, List.of()));
    }

    @Test
    void severalTroublesAreListed_theWorstFirst() {
        gateway(true, NOW.minusSeconds(20), 0L);
        camera("a", "Atrium", CameraState.STREAMING, null);
        document("b", "Bar");
        list("b");
        cameras.putReported(id("b"), 1, new Reported(0, null, null));
        camera("c", "Cellar", CameraState.RECONNECTING, "connection refused");

        assertThat(headline())
                .isEqualTo(new Status.Headline(
                        Tone.BAD,
                        "1 of 3 cameras are live",
                        List.of("Cellar is not connected: connection refused", "Bar has not reported yet")));
    }

    @Test
    void camerasOfAGatewayThatIsGoneAreNotLive_whateverItSaidLast() {
        gateway(false, NOW.minusSeconds(20), 0L);
        camera("door", "Door", CameraState.STREAMING, null);

        CameraView door = api.status().cameras().getFirst();
        assertThat(door.state()).isEqualTo(CameraView.State.GATEWAY_OFFLINE);
        assertThat(door.detail()).isEqualTo("gateway gw is offline");
        assertThat(headline().tone()).isEqualTo(Tone.BAD);
    }

    @Test
    void aGatewayThatIsConnectedButSilentIsNotTrusted() {
        gateway(true, NOW.minusSeconds(101), 0L);
        camera("door", "Door", CameraState.STREAMING, null);

        assertThat(headline().text())
                .isEqualTo("Door cannot be seen: gateway gw is connected but has been silent for 101 s");
    }

    @Test
    void aLastWillThatComesAfterTheGatewayIsBack_isNotBelievedOnceItReports() {
        gateway(true, NOW.minusSeconds(20), 0L);
        camera("door", "Door", CameraState.STREAMING, null);
        cameras.putPresence(GATEWAY, false, NOW.minusSeconds(15));
        assertThat(headline().text()).isEqualTo("Door cannot be seen: gateway gw is offline");

        report(NOW.minusSeconds(5), health("door", CameraState.STREAMING, null));
        assertThat(headline().text()).isEqualTo("Door is live");
    }

    @Test
    void aGatewayThatIsGone_isShownWithItsSiteAndReason_andForHowLong() {
        camera("door", "Door", CameraState.STREAMING, null);
        Head head = Head.empty(CameraId.gateway(GATEWAY), IncidentKind.CAMERA_OFFLINE, Line.LIVE);
        Head gone = Condition.begin(head, NOW.minusSeconds(600), "it was stopped in an orderly way", NOW);
        incidents.project(gone.incidents().getFirst());

        IncidentView view = api.status().incidents().getFirst();
        assertThat(view.title()).isEqualTo("Gateway offline");
        assertThat(view.place()).isEqualTo("gateway gw, Northgate School");
        assertThat(view.detail()).isEqualTo("it was stopped in an orderly way");
        assertThat(view.state()).isEqualTo(IncidentView.State.OPEN);
        assertThat(view.seconds()).isEqualTo(600);
        assertThat(view.peakConfidence()).isNull();

        Head back = Condition.end(gone, NOW.minusSeconds(400), NOW);
        incidents.project(back.incidents().getFirst());
        assertThat(api.status().incidents().getFirst().seconds()).isEqualTo(200);
        assertThat(api.status().incidents().getFirst().state()).isEqualTo(IncidentView.State.CLOSED);
    }

    @Test
    void aGatewaysWrongClockDoesNotMakeItSilent() {
        gateway(true, NOW.minusSeconds(610), -600_000L);
        camera("door", "Door", CameraState.STREAMING, null);

        assertThat(headline().text()).isEqualTo("Door is live");
        assertThat(api.status().gateways().getFirst().reportAgeSeconds()).isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource({
        "15, , ",
        "14, , ",
        "13, , its certificate ends in 13 days",
        "1, no answer, its certificate ends in 1 day; renewing it failed: no answer",
        "-1, , its certificate has ended",
        "15, no answer, "
    })
    void warnsOfACertificateThatEndsSoon(int days, String problem, String warning) {
        gateway(true, NOW, 0L);
        gatewayHealth = health(new CertificateHealth(NOW.plus(Duration.ofDays(days)), NOW.minusSeconds(60), problem));
        report(NOW);

        assertThat(api.status().gateways().getFirst().warning()).isEqualTo(warning);
    }

    @Test
    void warnsOfNothing_whereAnAgentDoesNotTell() {
        gateway(true, NOW, 0L);
        report(NOW);
        assertThat(api.status().gateways().getFirst().warning()).isNull();
    }

    @Test
    void aRefusedDocumentIsShownWithItsProblems() {
        gateway(true, NOW, 0L);
        List<Problem> problems = List.of(new Problem("$.sampling.fps", "is 60; must be from 0.05 to 30"));
        camera("door", "Door", CameraState.STREAMING, null);
        cameras.putReported(id("door"), 1, new Reported(4, "h", new Reported.Refused(5, "h", problems, 3)));

        assertThat(api.status().cameras().getFirst().problems())
                .containsExactly("$.sampling.fps: is 60; must be from 0.05 to 30", "and 2 more");
        assertThat(headline().tone()).isEqualTo(Tone.WARNING);
    }

    @Test
    void aCameraThatIsNoLongerListedIsGone_unlessItsGatewayStillReportsIt() {
        gateway(true, NOW.minusSeconds(5), 0L);
        document("yard", "Yard");
        report(NOW.minusSeconds(900), health("yard", CameraState.STREAMING, null));
        assertThat(api.status().cameras()).isEmpty();

        report(
                NOW.minusSeconds(5),
                health("door", CameraState.STREAMING, null),
                health("yard", CameraState.STREAMING, null));
        assertThat(api.status().cameras()).extracting(CameraView::name).containsExactly("door", "Yard");
    }

    @Test
    void theNewestFrameIsFoundByItsKey() {
        gateway(true, NOW, 0L);
        camera("door", "Door", CameraState.STREAMING, null);
        detect("door", NOW.minusMillis(9_000), 10);
        Detection newest = detect("door", NOW.minusMillis(2_500), 20);

        CameraView door = api.status().cameras().getFirst();
        assertThat(door.newestFrame().url()).isEqualTo("/frames/" + newest.key().format());
        assertThat(door.newestFrameAgeMillis()).isEqualTo(2_500);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|",
                "{\"weekly\": \"never\"}|Disarmed, and nothing arms it again",
                "{\"override\": {\"armed\": \"never\", \"until\": \"2126-12-01T08:00:00Z\"}}|Disarmed until Sun 1 Dec 2126, 08:00:00 GMT",
                "{\"exceptions\": [{\"date\": \"2126-06-01\", \"armed\": \"never\"}]}|Armed until Sat 1 Jun 2126, 00:00:00 BST"
            })
    void aCameraSaysWhetherItIsArmed_andUntilWhen(String arming, String text) {
        ObjectNode document = document("Door");
        document.set("arming", Json.tree(arming));
        cameras.putDocument(id("door"), 1, document);
        list("door");

        assertThat(api.status().cameras().getFirst().arming()).isEqualTo(text);
    }

    @Test
    void anIncidentIsShownInTheTimeOfItsSite() {
        camera("door", "Door", CameraState.STREAMING, null);
        incidents.project(incident("i1", Instant.parse("2026-07-20T10:15:30.250Z"), 4, null));
        notifications.claim(I1, NOW, Duration.ZERO);
        notifications.claim(I1, NOW, Duration.ZERO);
        notifications.record(I1, Notification.Outcome.SENT, NOW, "mail");

        IncidentView view = api.incident("i1").orElseThrow();
        assertThat(view.title()).isEqualTo("Fight alarm");
        assertThat(view.place()).isEqualTo("Door, Northgate School");
        assertThat(view.opened().iso()).isEqualTo("2026-07-20T11:15:30.25+01:00");
        assertThat(view.opened().local()).isEqualTo("Mon 20 Jul 2026, 11:15:30 BST");
        assertThat(view.state()).isEqualTo(IncidentView.State.OPEN);
        assertThat(view.seconds()).isEqualTo(4);
        assertThat(view.notifications())
                .containsExactly(new IncidentView.Sent(
                        "opened", "mail", Notification.Outcome.SENT, Moment.of(NOW, SCHOOL.zone()), 2));
        assertThat(api.incident("i2")).isEmpty();
    }

    @Test
    void theStripReachesThreeSecondsToEitherSide() {
        Instant opened = NOW.minusSeconds(60);
        incidents.project(incident("i1", opened, 2, null));
        for (long millis : new long[] {-3001, -3000, 0, 2000, 5000, 5001}) {
            detect("door", opened.plusMillis(millis), 50);
        }

        assertThat(api.incident("i1").orElseThrow().frames())
                .extracting(frame -> Instant.from(
                        DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(frame.at().iso())))
                .containsExactly(opened.minusMillis(3000), opened, opened.plusMillis(2000), opened.plusMillis(5000));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 24, 25, 60, 200, 5000})
    void aLongStripIsThinned_andTheStrongestFrameStays(int count) {
        Instant opened = NOW.minusSeconds(7200);
        incidents.project(incident("i1", opened, Math.max(1, count / 2), null));
        for (int i = 0; i < count; i++) {
            detect("door", opened.plusMillis(500L * i), i == 17 ? 99 : 61);
        }

        List<FrameView> frames = api.incident("i1").orElseThrow().frames();
        assertThat(frames).hasSize(Math.min(count, Strip.MAX_FRAMES)).doesNotHaveDuplicates();
        assertThat(frames).extracting(FrameView::url).isSorted();
        if (count > 17) {
            assertThat(frames).extracting(FrameView::confidence).contains(99.0);
        }
    }

    @Test
    void theStripOfAVeryLongIncidentIsItsBeginningItsEndAndItsStrongestFrame() {
        Instant opened = NOW.minusSeconds(7200);
        List<Detection> all = new ArrayList<>();
        for (int i = 0; i < 7200; i++) {
            all.add(detect("door", opened.plusMillis(500L * i), i == 3600 ? 99 : 61));
        }
        BestFrame best = new BestFrame(all.get(3600).key().format(), 99);
        incidents.project(incident("i1", opened, 3600, null, best));

        List<FrameView> frames = api.incident("i1").orElseThrow().frames();
        assertThat(frames).hasSize(Strip.MAX_FRAMES);
        assertThat(frames.getFirst().url()).endsWith("-0000000000-na.jpg");
        assertThat(frames.getLast().url()).endsWith("-0000007199-na.jpg");
        assertThat(frames).filteredOn(frame -> frame.confidence() == 99).hasSize(1);
    }

    @Test
    void theDocumentCanBeWrittenAsJson() {
        gateway(true, NOW, 0L);
        camera("door", "Door", CameraState.STREAMING, null);
        incidents.project(incident("i1", NOW.minusSeconds(60), 2, NOW.minusSeconds(10)));
        detect("door", NOW.minusSeconds(59), 88);

        JsonNode json = Json.tree(Json.write(api.status()));
        assertThat(json.at("/headline/tone").textValue()).isEqualTo("GOOD");
        assertThat(json.at("/cameras/0/counts/captured").longValue()).isZero();
        assertThat(json.at("/incidents/0/state").textValue()).isEqualTo("CLOSED");
        assertThat(json.at("/incidents/0/frames/0/url").textValue()).startsWith("/frames/live/gw/door/");
    }

    private Status.Headline headline() {
        return api.status().headline();
    }

    private void gateway(boolean online, Instant healthAt, Long skew) {
        gatewayHealth = health(skew);
        reportedAt = healthAt;
        cameras.putPresence(GATEWAY, online, NOW.minusSeconds(online ? 9000 : 10));
        report(healthAt);
    }

    private void camera(String id, String name, CameraState state, String detail) {
        document(id, name);
        list(id);
        report(reportedAt, health(id, state, detail));
    }

    private void document(String id, String name) {
        cameras.putDocument(id(id), 1, document(name));
    }

    private static ObjectNode document(String name) {
        ObjectNode document = Json.MAPPER.createObjectNode().put("name", name);
        document.putObject("site")
                .put("name", SCHOOL.name())
                .put("zone", SCHOOL.zone().getId());
        return document;
    }

    private void list(String id) {
        listed.add(id);
        cameras.putGatewayDocument(GATEWAY, listed.size(), new GatewayConfig(listed));
    }

    private void report(Instant sentAt, CameraHealth... health) {
        Long skew = gatewayHealth.clockSkewMillis();
        Instant heardAt = sentAt.minusMillis(skew == null ? 0 : skew);
        cameras.putHealth(new HealthReport(GATEWAY, sentAt, false, gatewayHealth, List.of(health)), heardAt);
    }

    private static CameraId id(String camera) {
        return new CameraId(GATEWAY, camera);
    }

    private static GatewayHealth health(CertificateHealth certificate) {
        return new GatewayHealth("0.1.0", NOW.minusSeconds(9000), 1, 2, 3, null, 1, 0L, null, null, certificate);
    }

    private static GatewayHealth health(Long skew) {
        return new GatewayHealth("0.1.0", NOW.minusSeconds(9000), 1, 2, 3, null, 1, skew);
    }

    private static CameraHealth health(String id, CameraState state, String detail) {
        return new CameraHealth(id, state, detail, null, 40L, 2, 0, 0, FrameCounts.NONE);
    }

    private static Incident incident(String id, Instant opened, int seconds, Instant closed, BestFrame... best) {
        return new Incident(
                id,
                1,
                id("door"),
                IncidentKind.FIGHT,
                Line.LIVE,
                opened,
                opened.plusSeconds(seconds),
                closed,
                88,
                Severity.NORMAL,
                List.of(best),
                NOW,
                null,
                null,
                null,
                null);
    }

    private Detection detect(String camera, Instant at, double confidence) {
        Frame frame = new Frame(id(camera), at, sequence++, OptionalInt.empty());
        Detection detection =
                new Detection(new FrameKey(Line.LIVE, frame), Line.LIVE, "fight", confidence, "edge-score");
        detections.put(detection);
        return detection;
    }
}
