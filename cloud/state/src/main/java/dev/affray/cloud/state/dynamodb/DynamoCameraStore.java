package dev.affray.cloud.state.dynamodb;

import static dev.affray.cloud.state.dynamodb.Items.number;
import static dev.affray.cloud.state.dynamodb.Items.text;
import static dev.affray.cloud.state.dynamodb.Items.time;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.camera.CameraConfig;
import dev.affray.camera.CameraDocument;
import dev.affray.camera.GatewayConfig;
import dev.affray.camera.Reported;
import dev.affray.cloud.state.CameraRecord;
import dev.affray.cloud.state.CameraStore;
import dev.affray.cloud.state.GatewayRecord;
import dev.affray.cloud.state.Vitals;
import dev.affray.document.Json;
import dev.affray.document.Reading;
import dev.affray.frame.CameraId;
import dev.affray.health.HealthReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * Cameras and gateways in DynamoDB. What a gateway says of its cameras stays in the gateway's item, so that a health report (which reads it first) and a gateway
 * document are one write each; a camera's record is put together when it is read. A write that is repeated because its answer was lost changes nothing more.
 */
public final class DynamoCameraStore implements CameraStore {
    private static final String CAMERA = "camera";
    private static final String GATEWAY = "gateway";

    private final DynamoDbClient client;
    private final String table;

    public DynamoCameraStore(DynamoDbClient client, String table) {
        this.client = client;
        this.table = table;
    }

    @Override
    public void putDocument(CameraId camera, long version, JsonNode desired) {
        if (!(CameraDocument.read(desired) instanceof Reading.Accepted<?>)) {
            throw new IllegalArgumentException("not a good camera document for " + camera);
        }
        Map<String, AttributeValue> values = Map.of("document", text(Json.write(desired)));
        put(CAMERA, camera.toString(), new Stamp("documentVersion", "<", number(version)), values);
    }

    @Override
    public void putGatewayDocument(String thing, long version, GatewayConfig config) {
        List<AttributeValue> cameras =
                config.cameras().stream().map(Items::text).toList();
        Map<String, AttributeValue> values = Map.of("listed", AttributeValue.fromL(cameras));
        put(GATEWAY, thing, new Stamp("documentVersion", "<", number(version)), values);
    }

    @Override
    public void putReported(CameraId camera, long version, Reported reported) {
        Map<String, AttributeValue> values = Map.of("reported", text(Json.write(reported)));
        put(CAMERA, camera.toString(), new Stamp("reportedVersion", "<", number(version)), values);
    }

    @Override
    public void putHealth(HealthReport report, Instant heardAt) {
        // Of two reports that come at once, one may not know of the other; the next one makes up for it.
        Vitals earlier = get(GATEWAY, report.thing())
                .map(item -> GatewayItem.of(item).vitals())
                .orElse(null);
        Map<String, AttributeValue> values = Map.of(
                "health", text(Json.write(report)),
                "vitals", text(Json.write(Vitals.after(earlier, report, heardAt))));
        put(
                GATEWAY,
                report.thing(),
                new Stamp(
                        "healthAt",
                        "<=",
                        time(report.sentAt()),
                        time(report.sentAt().plus(MOST_LATE))),
                values);
    }

    @Override
    public void putPresence(String thing, boolean online, Instant at) {
        Map<String, AttributeValue> values = Map.of("online", AttributeValue.fromBool(online));
        put(GATEWAY, thing, new Stamp("presenceAt", "<=", time(at)), values);
    }

    @Override
    public Optional<CameraRecord> camera(CameraId camera) {
        Optional<Map<String, AttributeValue>> item = get(CAMERA, camera.toString());
        Optional<GatewayItem> gateway = get(GATEWAY, camera.thing()).map(GatewayItem::of);
        boolean known = item.isPresent()
                || gateway.filter(g -> g.cameras().contains(camera)).isPresent();
        return known ? Optional.of(record(camera, item.orElse(Map.of()), gateway.orElse(null))) : Optional.empty();
    }

    @Override
    public List<CameraRecord> cameras() {
        Map<String, GatewayItem> gateways = new HashMap<>();
        Map<String, Map<String, AttributeValue>> cameras = new TreeMap<>();
        for (Map<String, AttributeValue> item : all(GATEWAY)) {
            GatewayItem gateway = GatewayItem.of(item);
            gateways.put(gateway.thing(), gateway);
            gateway.cameras().forEach(id -> cameras.put(id.toString(), Map.of()));
        }
        all(CAMERA).forEach(item -> cameras.put(text(item, "id"), item));
        List<CameraRecord> records = new ArrayList<>();
        cameras.forEach((text, item) -> {
            CameraId id = CameraId.parse(text);
            records.add(record(id, item, gateways.get(id.thing())));
        });
        return List.copyOf(records);
    }

    @Override
    public Optional<GatewayRecord> gateway(String thing) {
        return get(GATEWAY, thing).map(item -> GatewayItem.of(item).record());
    }

    @Override
    public List<GatewayRecord> gateways() {
        return all(GATEWAY).stream().map(item -> GatewayItem.of(item).record()).toList();
    }

    /** What makes a part newer than the stored one: the stored stamp must be less ({@code <}) or not greater ({@code <=}), or greater than what it cannot be. */
    private record Stamp(
            String name,
            String comparison,
            AttributeValue value,
            @Nullable AttributeValue tooFarAhead) {
        Stamp(String name, String comparison, AttributeValue value) {
            this(name, comparison, value, null);
        }
    }

    /** Writes attributes and their stamp unless the item has a newer stamp: then these are old news, and dropped. */
    private void put(String kind, String id, Stamp stamp, Map<String, AttributeValue> attributes) {
        StringBuilder change = new StringBuilder("SET #stamp = :stamp");
        Map<String, String> names = new HashMap<>(Map.of("#stamp", stamp.name()));
        Map<String, AttributeValue> values = new HashMap<>(Map.of(":stamp", stamp.value()));
        String condition = "attribute_not_exists(#stamp) OR #stamp " + stamp.comparison() + " :stamp";
        if (stamp.tooFarAhead() != null) {
            condition += " OR #stamp > :ahead";
            values.put(":ahead", stamp.tooFarAhead());
        }
        String newer = condition;
        attributes.forEach((name, value) -> {
            change.append(", #").append(name).append(" = :").append(name);
            names.put("#" + name, name);
            values.put(":" + name, value);
        });
        Items.holds(() -> client.updateItem(r -> r.tableName(table)
                .key(key(kind, id))
                .updateExpression(change.toString())
                .conditionExpression(newer)
                .expressionAttributeNames(names)
                .expressionAttributeValues(values)));
    }

    private Optional<Map<String, AttributeValue>> get(String kind, String id) {
        Map<String, AttributeValue> item = client.getItem(
                        r -> r.tableName(table).key(key(kind, id)).consistentRead(true))
                .item();
        return item.isEmpty() ? Optional.empty() : Optional.of(item);
    }

    private List<Map<String, AttributeValue>> all(String kind) {
        QueryRequest query = QueryRequest.builder()
                .tableName(table)
                .consistentRead(true)
                .keyConditionExpression("#kind = :kind")
                .expressionAttributeNames(Map.of("#kind", "kind"))
                .expressionAttributeValues(Map.of(":kind", text(kind)))
                .build();
        return client.queryPaginator(query).items().stream().toList();
    }

    private static Map<String, AttributeValue> key(String kind, String id) {
        return Map.of("kind", text(kind), "id", text(id));
    }

    private static CameraRecord record(CameraId id, Map<String, AttributeValue> item, @Nullable GatewayItem gateway) {
        var health = gateway == null ? null : gateway.health(id.camera());
        return new CameraRecord(
                id,
                gateway != null && gateway.listed().contains(id.camera()),
                item.containsKey("document") ? config(text(item, "document")) : null,
                item.containsKey("documentVersion") ? number(item, "documentVersion") : 0,
                item.containsKey("reported") ? Json.read(text(item, "reported"), Reported.class) : null,
                health,
                health == null || gateway == null ? null : gateway.healthAt(),
                gateway == null ? null : gateway.standing(id.camera()));
    }

    private static @Nullable CameraConfig config(String document) {
        return switch (CameraDocument.read(Json.tree(document))) {
            case Reading.Accepted<CameraConfig>(CameraConfig config) -> config;
            case Reading.Refused<CameraConfig> _ -> null;
        };
    }
}
