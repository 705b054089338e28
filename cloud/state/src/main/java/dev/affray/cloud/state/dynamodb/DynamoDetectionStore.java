package dev.affray.cloud.state.dynamodb;

import static dev.affray.cloud.state.dynamodb.Items.text;

import dev.affray.cloud.state.Detection;
import dev.affray.cloud.state.DetectionStore;
import dev.affray.frame.CameraId;
import dev.affray.frame.Frame;
import dev.affray.frame.FrameKey;
import dev.affray.frame.Line;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * Detections in DynamoDB: one put and one query a frame. When the answer to a put is lost and the client repeats it, {@link #put} says false although
 * the detection is this one: the caller then goes by what is stored, as for any frame that comes twice.
 */
public final class DynamoDetectionStore implements DetectionStore {
    private final DynamoDbClient client;
    private final String table;
    private final Duration retention;
    private final Clock clock;

    /** @param retention how long a detection is kept after it was stored */
    public DynamoDetectionStore(DynamoDbClient client, String table, Duration retention, Clock clock) {
        this.client = client;
        this.table = table;
        this.retention = retention;
        this.clock = clock;
    }

    @Override
    public boolean put(Detection detection) {
        Map<String, AttributeValue> item = Map.of(
                "camera",
                text(detection.camera().toString()),
                "position",
                text(detection.frame().position()),
                "key",
                text(detection.key().format()),
                "line",
                text(detection.line().name()),
                "label",
                text(detection.label()),
                "confidence",
                AttributeValue.fromN(Double.toString(detection.confidence())),
                "detector",
                text(detection.detector()),
                Items.EXPIRES,
                Items.expiry(clock, retention));
        return Items.holds(() -> client.putItem(r -> r.tableName(table)
                .item(item)
                .conditionExpression("attribute_not_exists(#camera)")
                .expressionAttributeNames(Map.of("#camera", "camera"))));
    }

    @Override
    public List<Detection> between(CameraId camera, Instant after, Instant before) {
        long first = Math.max(0, after.toEpochMilli() + 1);
        long last = before.toEpochMilli() - 1;
        if (last < first) {
            return List.of();
        }
        QueryRequest query = strongly()
                .keyConditionExpression("#camera = :camera AND #position BETWEEN :first AND :last")
                .expressionAttributeNames(Map.of("#camera", "camera", "#position", "position"))
                .expressionAttributeValues(Map.of(
                        ":camera", text(camera.toString()),
                        ":first", position(camera, first, 0),
                        ":last", position(camera, last, Frame.MAX_SEQUENCE)))
                .build();
        return client.queryPaginator(query).items().stream()
                .map(DynamoDetectionStore::read)
                .toList();
    }

    @Override
    public Optional<Detection> newest(CameraId camera) {
        QueryRequest query = strongly()
                .keyConditionExpression("#camera = :camera")
                .expressionAttributeNames(Map.of("#camera", "camera"))
                .expressionAttributeValues(Map.of(":camera", text(camera.toString())))
                .scanIndexForward(false)
                .limit(1)
                .build();
        return client.query(query).items().stream().findFirst().map(DynamoDetectionStore::read);
    }

    private QueryRequest.Builder strongly() {
        return QueryRequest.builder().tableName(table).consistentRead(true);
    }

    private static AttributeValue position(CameraId camera, long millis, long sequence) {
        return text(new Frame(camera, Instant.ofEpochMilli(millis), sequence, OptionalInt.empty()).position());
    }

    private static Detection read(Map<String, AttributeValue> item) {
        return new Detection(
                FrameKey.parse(text(item, "key")),
                Line.valueOf(text(item, "line")),
                text(item, "label"),
                Double.parseDouble(Items.present(item, "confidence").n()),
                text(item, "detector"));
    }
}
