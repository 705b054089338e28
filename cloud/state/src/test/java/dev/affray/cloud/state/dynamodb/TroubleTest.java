package dev.affray.cloud.state.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affray.cloud.state.Detection;
import dev.affray.cloud.state.Head;
import dev.affray.cloud.state.Notification;
import dev.affray.cloud.state.NotificationStore.Claim;
import dev.affray.cloud.state.Step;
import dev.affray.cloud.state.Trigger;
import dev.affray.cloud.state.dynamodb.TroubledWay.Trouble;
import dev.affray.frame.CameraId;
import dev.affray.frame.Frame;
import dev.affray.frame.FrameKey;
import dev.affray.frame.Line;
import dev.affray.incident.BestFrame;
import dev.affray.incident.IncidentKind;
import dev.affray.incident.Severity;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** What the stores do when DynamoDB refuses, and when its answers are lost after it did what was asked. */
class TroubleTest {
    private static final CameraId DOOR = new CameraId("gateway-1", "front-door");
    private static final Instant AT = Instant.parse("2026-11-20T21:00:00Z");
    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final Notification.Key I1 = new Notification.Key("i1", Step.OPENED, "sns");
    private static final Trouble THROTTLED = new Trouble.Refusal(400, "ProvisionedThroughputExceededException");
    private static final Trouble LOST = new Trouble.LostAnswer(() -> {});

    private TroubledWay way;
    private DynamoDbClient client;
    private DynamoDbClient direct;
    private Tables tables;

    @BeforeEach
    void open() throws IOException {
        direct = Dynalite.shared().client();
        tables = Tables.in(direct);
        way = new TroubledWay(Dynalite.shared().endpoint());
        client = Dynalite.client(way.endpoint());
    }

    @AfterEach
    void close() {
        if (way != null) {
            client.close();
            way.close();
            direct.close();
        }
    }

    @Test
    void aPositiveFrameCostsOnePutAndOneQuery() {
        DynamoDetectionStore store = detections(client);

        store.put(detection(1));
        store.between(DOOR, AT.minusSeconds(10), AT.plusSeconds(10));

        assertThat(way.operations()).containsExactly("PutItem", "Query consistent");
    }

    @ParameterizedTest
    @CsvSource({
        "400,ProvisionedThroughputExceededException",
        "400,ThrottlingException",
        "400,RequestLimitExceeded",
        "500,InternalServerError",
        "503,ServiceUnavailable"
    })
    void aRefusalThatPassesIsNotFelt(int status, String error) {
        way.next(new Trouble.Refusal(status, error), 2);

        assertThat(detections(client).put(detection(1))).isTrue();
        assertThat(way.operations()).hasSize(3);
        assertThat(detections(direct).newest(DOOR)).get().isEqualTo(detection(1));
    }

    @Test
    void aRefusalThatStaysIsThrown_afterAFewTries_andNothingIsWritten() {
        way.next(THROTTLED, Dynamo.ATTEMPTS * 2);

        assertThatThrownBy(() -> detections(client).put(detection(1))).isInstanceOf(DynamoDbException.class);
        assertThat(way.operations()).hasSize(Dynamo.ATTEMPTS);
        assertThatThrownBy(() -> incidents(client).replace(head())).isInstanceOf(DynamoDbException.class);
        assertThat(detections(direct).newest(DOOR)).isEmpty();
        assertThat(incidents(direct).head(DOOR, IncidentKind.FIGHT, Line.LIVE).version())
                .isZero();
    }

    @Test
    void aRepeatedPutSaysThatTheFrameWasThere_andItIs() {
        way.next(LOST, 1);

        assertThat(detections(client).put(detection(1))).isFalse();
        assertThat(way.operations()).containsExactly("PutItem", "PutItem");
        assertThat(detections(direct).newest(DOOR)).get().isEqualTo(detection(1));
    }

    @Test
    void aRepeatedReplaceSaysThatItLost_andReadingAgainShowsItsOwnHead() {
        way.next(LOST, 1);

        assertThat(incidents(client).replace(head())).isFalse();
        assertThat(incidents(client).head(DOOR, IncidentKind.FIGHT, Line.LIVE)).isEqualTo(head());
    }

    @Test
    void aRepeatedClaimIsGrantedOnce() {
        way.next(LOST, 1);

        assertThat(notifications(client).claim(I1, AT, LEASE)).isEqualTo(new Claim.Granted(1));
        assertThat(way.operations()).containsExactly("UpdateItem", "UpdateItem", "GetItem consistent");
        assertThat(notifications(direct).claim(I1, AT, LEASE)).isEqualTo(new Claim.Held(AT.plus(LEASE)));
    }

    @Test
    void aRepeatedReleaseDoesNotFreeTheClaimOfWhoCameInBetween() {
        DynamoNotificationStore store = notifications(client);
        DynamoNotificationStore other = notifications(direct);
        store.claim(I1, AT, LEASE);
        way.next(new Trouble.LostAnswer(() -> other.claim(I1, AT.plusSeconds(1), LEASE)), 1);

        store.release(I1, 1);

        assertThat(store.claim(I1, AT.plusSeconds(2), LEASE))
                .isEqualTo(new Claim.Held(AT.plusSeconds(1).plus(LEASE)));
    }

    @Test
    void aRepeatedRecordStays() {
        way.next(LOST, 1);

        notifications(client).record(I1, Notification.Outcome.SENT, AT, "m-1");

        assertThat(notifications(direct).of("i1"))
                .singleElement()
                .satisfies(n -> assertThat(n.receipt()).isEqualTo("m-1"));
    }

    private DynamoDetectionStore detections(DynamoDbClient by) {
        return new DynamoDetectionStore(by, tables.detections(), Duration.ofDays(7), Clock.systemUTC());
    }

    private DynamoIncidentStore incidents(DynamoDbClient by) {
        return new DynamoIncidentStore(by, tables.heads(), tables.incidents(), Duration.ofDays(7), Clock.systemUTC());
    }

    private DynamoNotificationStore notifications(DynamoDbClient by) {
        return new DynamoNotificationStore(by, tables.notifications(), Duration.ofDays(7), Clock.systemUTC());
    }

    private static Detection detection(long sequence) {
        Frame frame = new Frame(DOOR, AT, sequence, OptionalInt.of(80));
        return new Detection(new FrameKey(Line.LIVE, frame), Line.LIVE, "fight", 80, "test");
    }

    private static Head head() {
        String key = detection(1).key().format();
        Trigger trigger = new Trigger(AT, Severity.NORMAL, List.of(new BestFrame(key, 80)));
        return Head.empty(DOOR, IncidentKind.FIGHT, Line.LIVE).with(List.of(trigger), LEASE, AT);
    }
}
