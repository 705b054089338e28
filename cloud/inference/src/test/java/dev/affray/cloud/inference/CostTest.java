package dev.affray.cloud.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.cloud.state.Counted;
import dev.affray.cloud.state.DetectionStore;
import dev.affray.cloud.state.Head;
import dev.affray.cloud.state.IncidentStore;
import dev.affray.cloud.state.dynamodb.Dynalite;
import dev.affray.cloud.state.dynamodb.DynamoDetectionStore;
import dev.affray.cloud.state.dynamodb.DynamoIncidentStore;
import dev.affray.cloud.state.dynamodb.Tables;
import dev.affray.cloud.state.sqlite.Database;
import dev.affray.cloud.state.sqlite.SqliteDetectionStore;
import dev.affray.cloud.state.sqlite.SqliteIncidentStore;
import dev.affray.frame.CameraId;
import dev.affray.frame.Frame;
import dev.affray.frame.FrameKey;
import dev.affray.frame.Line;
import dev.affray.incident.IncidentKind;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What a frame costs: the reads and writes that the design names, and no more. */
class CostTest {
    private static final Instant START = Instant.parse("2026-11-20T21:00:00Z");
    private static final CameraId CAMERA = new CameraId("gateway-1", "front-door");
    private static final Clock CLOCK = Clock.fixed(START, ZoneOffset.UTC);

    private static final Map<String, Long> A_PUT = Map.of("put", 1L);
    private static final Map<String, Long> A_PUT_AND_A_QUERY = Map.of("put", 1L, "between", 1L);
    private static final Map<String, Long> NOTHING_NEW = Map.of("put", 1L, "between", 1L, "head", 1L);
    private static final Map<String, Long> A_CHANGE = Map.of("put", 1L, "between", 1L, "head", 1L, "replace", 1L);
    private static final Map<String, Long> A_CHANGE_OF_BOTH_LINES =
            Map.of("put", 1L, "between", 1L, "head", 2L, "replace", 2L);
    private static final Map<String, Long> AND_ONE_MORE_OF_WHAT_WAS_PRUNED =
            Map.of("put", 1L, "between", 1L, "head", 2L, "history", 1L, "replace", 2L);

    private final Counted ports = new Counted();
    private final Counted requests = new Counted();
    private int sequence;

    @Test
    void inTheLocalEdition_aFrameCostsWhatTheDesignNames(@TempDir Path folder) {
        try (Database database = Database.open(folder.resolve("state.db"))) {
            costs(new SqliteDetectionStore(database), new SqliteIncidentStore(database), false);
        }
    }

    @Test
    void inAws_aFrameCostsWhatTheDesignNames_oneRequestEach() {
        Duration kept = Duration.ofDays(30);
        try (SdkHttpClient http = requests.http(UrlConnectionHttpClient.create());
                DynamoDbClient client = Dynalite.client(Dynalite.shared().endpoint(), http)) {
            Tables tables = Tables.in(client);
            costs(
                    new DynamoDetectionStore(client, tables.detections(), kept, CLOCK),
                    new DynamoIncidentStore(client, tables.heads(), tables.incidents(), kept, CLOCK),
                    true);
        }
    }

    private void costs(DetectionStore detections, IncidentStore incidents, boolean byRequests) {
        Inference inference = new Inference(
                ports.port(DetectionStore.class, detections),
                ports.port(IncidentStore.class, incidents),
                _ -> Events.THREE_AT_60,
                new EdgeScoreDetector(),
                CLOCK);
        Frames frames = new Frames(inference, byRequests);

        frames.cost("a quiet frame", live(0, 10), A_PUT);
        frames.cost("one at the threshold", live(0.5, 60), A_PUT_AND_A_QUERY);
        frames.cost("another", live(1.5, 90), A_PUT_AND_A_QUERY);
        frames.cost("the one that opens", live(2.5, 90), A_CHANGE);
        FrameKey next = live(3.5, 90);
        frames.cost("one that extends", next, A_CHANGE);
        frames.cost("the same again", next, NOTHING_NEW);
        frames.cost("a quiet one in the midst", live(3.6, 10), A_PUT);
        frames.cost("a fifth strong one", live(4.5, 90), A_CHANGE);
        frames.cost("a sixth", live(5.5, 90), A_CHANGE);
        frames.cost("a trigger that changes nothing", live(4.6, 60), NOTHING_NEW);
        frames.cost("one that came late", late(6.0, 95), A_CHANGE);
        frames.cost("one after it, with a trigger of each line", live(6.4, 95), A_CHANGE_OF_BOTH_LINES);

        prune(incidents);
        frames.cost("one of a pruned incident, with several triggers", live(5.4, 99), AND_ONE_MORE_OF_WHAT_WAS_PRUNED);
    }

    /** Hands the live incident to the history, as the tick does when it is old. */
    private static void prune(IncidentStore incidents) {
        Head open = incidents.head(CAMERA, IncidentKind.FIGHT, Line.LIVE);
        Head closed = open.closing(
                Events.THREE_AT_60.closeAfter(), Events.THREE_AT_60.maxLag(), START.plus(Duration.ofHours(1)));
        assertThat(incidents.replace(closed)).isTrue();
        closed.incidents().forEach(incidents::project);
        assertThat(incidents.replace(closed.pruning(START.plus(Duration.ofHours(1)), _ -> true)))
                .isTrue();
    }

    private FrameKey live(double second, int score) {
        return new FrameKey(Line.LIVE, frame(second, score));
    }

    private FrameKey late(double second, int score) {
        return new FrameKey(Line.BACKLOG, frame(second, score));
    }

    private Frame frame(double second, int score) {
        return new Frame(CAMERA, START.plusMillis(Math.round(second * 1000)), sequence++, OptionalInt.of(score));
    }

    private final class Frames {
        private final Inference inference;
        private final boolean byRequests;

        Frames(Inference inference, boolean byRequests) {
            this.inference = inference;
            this.byRequests = byRequests;
        }

        void cost(String what, FrameKey key, Map<String, Long> calls) {
            ports.clear();
            requests.clear();
            inference.handle(new S3Event("frames", key.format(), START));
            assertThat(ports.calls()).as(what).isEqualTo(calls);
            if (byRequests) {
                assertThat(requests.calls()).as(what).isEqualTo(requests(calls));
            }
        }

        /** No call of a port is more than one request. */
        private Map<String, Long> requests(Map<String, Long> calls) {
            Map<String, Long> expected = new TreeMap<>();
            calls.forEach((call, count) -> expected.merge(
                    switch (call) {
                        case "put", "replace" -> "PutItem";
                        case "between", "history" -> "Query";
                        case "head" -> "GetItem";
                        default -> throw new IllegalArgumentException(call);
                    },
                    count,
                    Long::sum));
            return expected;
        }
    }
}
