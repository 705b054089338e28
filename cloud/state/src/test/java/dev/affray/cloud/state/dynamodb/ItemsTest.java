package dev.affray.cloud.state.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affray.camera.GatewayConfig;
import dev.affray.cloud.state.CameraRecord;
import dev.affray.cloud.state.Detection;
import dev.affray.cloud.state.Head;
import dev.affray.frame.CameraId;
import dev.affray.frame.Frame;
import dev.affray.frame.FrameKey;
import dev.affray.frame.Line;
import dev.affray.health.CameraHealth;
import dev.affray.health.CameraState;
import dev.affray.health.FrameCounts;
import dev.affray.health.GatewayHealth;
import dev.affray.health.HealthReport;
import dev.affray.incident.BestFrame;
import dev.affray.incident.Incident;
import dev.affray.incident.IncidentKind;
import dev.affray.incident.Severity;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What is particular to DynamoDB: the size of items and of answers, time to live, and what is written where. */
class ItemsTest {
    private static final CameraId DOOR = new CameraId("gateway-1", "front-door");
    private static final Instant AT = Instant.parse("2026-11-20T21:00:00Z");
    private static final Clock CLOCK = Clock.fixed(AT, ZoneOffset.UTC);
    private static final Duration WEEK = Duration.ofDays(7);

    private TroubledWay way;
    private DynamoDbClient client;
    private Tables tables;

    @BeforeEach
    void open() throws IOException {
        way = new TroubledWay(Dynalite.shared().endpoint());
        client = Dynalite.client(way.endpoint());
        tables = Tables.in(client);
    }

    @AfterEach
    void close() {
        if (way != null) {
            client.close();
            way.close();
        }
    }

    @Test
    void aRangeIsReadToItsEnd_whenItIsLargerThanOneAnswer() {
        DynamoDetectionStore store = new DynamoDetectionStore(client, tables.detections(), WEEK, CLOCK);
        String label = "x".repeat(300_000);
        for (int i = 1; i <= 5; i++) {
            FrameKey key = new FrameKey(Line.LIVE, new Frame(DOOR, AT.plusMillis(i), i, OptionalInt.empty()));
            assertThat(store.put(new Detection(key, Line.LIVE, label, 50, "test")))
                    .isTrue();
        }

        assertThat(store.between(DOOR, AT, AT.plusMillis(6))).hasSize(5);
        assertThat(way.operations().stream().filter("Query consistent"::equals).count())
                .isGreaterThan(1);
        assertThat(store.between(DOOR, AT, AT.plusMillis(1))).isEmpty();
        assertThat(store.between(DOOR, AT.plusMillis(6), AT)).isEmpty();
    }

    @Test
    void detectionsExpire_theirRetentionAfterTheyWereStored() {
        FrameKey key = new FrameKey(Line.BACKLOG, new Frame(DOOR, AT.minus(WEEK), 1, OptionalInt.empty()));
        new DynamoDetectionStore(client, tables.detections(), WEEK, CLOCK)
                .put(new Detection(key, Line.BACKLOG, "fight", 50, "test"));

        assertThat(only(tables.detections()))
                .containsEntry("expires", Items.number(AT.plus(WEEK).getEpochSecond()))
                .containsEntry("position", Items.text(key.frame().position()));
    }

    @Test
    void aHeadThatNoItemCanHoldIsRefused_withItsSize_andTheStoredOneStays() {
        DynamoIncidentStore store = new DynamoIncidentStore(client, tables.heads(), tables.incidents(), WEEK, CLOCK);
        List<Incident> many =
                IntStream.range(0, 1500).mapToObj(ItemsTest::incident).toList();
        assertThat(store.replace(head(1, many.subList(0, 1)))).isTrue();

        assertThatThrownBy(() -> store.replace(head(2, many)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("gateway-1/front-door|FIGHT|LIVE")
                .hasMessageContaining("1500 incidents")
                .hasMessageContaining("nothing was stored");
        assertThat(store.head(DOOR, IncidentKind.FIGHT, Line.LIVE).version()).isEqualTo(1);
    }

    /** The server of the tests never lags, so only the requests show what DynamoDB is asked to promise. */
    @Test
    void headsRangesAndClaimsAreReadConsistently_onlyGlobalIndexesAreNot() {
        DynamoIncidentStore store = new DynamoIncidentStore(client, tables.heads(), tables.incidents(), WEEK, CLOCK);
        store.replace(head(1, List.of(incident(1))));
        store.project(incident(1));
        int before = way.operations().size();

        store.head(DOOR, IncidentKind.FIGHT, Line.LIVE);
        store.history(DOOR, IncidentKind.FIGHT, Line.LIVE, AT, AT.plusSeconds(500));
        new DynamoNotificationStore(client, tables.notifications(), WEEK, CLOCK).of("i1");
        new DynamoDetectionStore(client, tables.detections(), WEEK, CLOCK).newest(DOOR);
        store.find("id0000000001");
        store.recent(1);
        store.openHeads();

        assertThat(way.operations().subList(before, way.operations().size()))
                .containsExactly(
                        "GetItem consistent",
                        "Query consistent",
                        "Query consistent",
                        "Query consistent",
                        "Query",
                        "Query",
                        "Query",
                        "GetItem consistent");
    }

    @Test
    void aHealthReportIsOneReadAndOneWrite_howeverManyCamerasItHas() {
        DynamoCameraStore store = new DynamoCameraStore(client, tables.fleet());
        int before = way.operations().size();

        store.putHealth(health(AT, "a", "b", "c"), AT);

        assertThat(way.operations().subList(before, way.operations().size()))
                .containsExactly("GetItem consistent", "UpdateItem");
        assertThat(store.cameras()).extracting(c -> c.id().camera()).containsExactly("a", "b", "c");
        assertThat(store.cameras()).noneMatch(CameraRecord::listed);
    }

    @Test
    void aCameraThatTheNewestReportLeavesOutHasNoHealth_andIsForgottenUnlessListed() {
        DynamoCameraStore store = new DynamoCameraStore(client, tables.fleet());
        store.putGatewayDocument("gateway-1", 1, new GatewayConfig(List.of("a")));
        store.putHealth(health(AT, "a", "b"), AT);

        store.putHealth(health(AT.plusSeconds(30)), AT.plusSeconds(30));

        assertThat(store.cameras()).singleElement().satisfies(camera -> {
            assertThat(camera.id()).isEqualTo(new CameraId("gateway-1", "a"));
            assertThat(camera.listed()).isTrue();
            assertThat(camera.health()).isNull();
            assertThat(camera.healthAt()).isNull();
        });
        assertThat(store.camera(new CameraId("gateway-1", "b"))).isEmpty();
    }

    private Map<String, AttributeValue> only(String table) {
        List<Map<String, AttributeValue>> items =
                client.scan(r -> r.tableName(table)).items();
        assertThat(items).hasSize(1);
        return items.getFirst();
    }

    private static Head head(long version, List<Incident> incidents) {
        return new Head(DOOR, IncidentKind.FIGHT, Line.LIVE, version, null, null, incidents);
    }

    private static Incident incident(int number) {
        Instant opened = AT.plusSeconds(number * 100L);
        return new Incident(
                "id%010d".formatted(number),
                1,
                DOOR,
                IncidentKind.FIGHT,
                Line.LIVE,
                opened,
                opened,
                null,
                80,
                Severity.NORMAL,
                List.of(new BestFrame("live/some-key", 80)),
                AT,
                null,
                null,
                null,
                null);
    }

    private static HealthReport health(Instant at, String... cameras) {
        GatewayHealth gateway = new GatewayHealth("1", AT, 0, 100, 1000, null, 3.5, null);
        return new HealthReport(
                "gateway-1",
                at,
                false,
                gateway,
                Stream.of(cameras)
                        .map(id ->
                                new CameraHealth(id, CameraState.STREAMING, null, null, 40L, 2, 0, 0, FrameCounts.NONE))
                        .toList());
    }
}
