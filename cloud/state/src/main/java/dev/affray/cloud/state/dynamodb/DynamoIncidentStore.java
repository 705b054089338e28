package dev.affray.cloud.state.dynamodb;

import static dev.affray.cloud.state.dynamodb.Items.number;
import static dev.affray.cloud.state.dynamodb.Items.text;
import static dev.affray.cloud.state.dynamodb.Items.time;

import dev.affray.cloud.state.Head;
import dev.affray.cloud.state.IncidentStore;
import dev.affray.document.Json;
import dev.affray.frame.CameraId;
import dev.affray.frame.Line;
import dev.affray.incident.Incident;
import dev.affray.incident.IncidentKind;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * Incidents in DynamoDB. The stream of the heads' table is the change feed. When the answer to a write is lost and the client repeats it,
 * {@link #replace} says false although the stored head is this one: the caller reads it again, finds its triggers in it and has nothing left to do.
 * {@link #find}, {@link #recent} and {@link #openHeads} go by global indexes, which lag behind by moments.
 */
public final class DynamoIncidentStore implements IncidentStore {
    /** DynamoDB takes items of 400 KB; the rest is for the head's other attributes. */
    static final int MAX_HEAD_BYTES = 399 * 1024;

    private static final AttributeValue OPEN = text("open");
    private static final AttributeValue INCIDENT = text("incident");
    private static final Comparator<Incident> BY_OPENING =
            Comparator.comparing(Incident::opened).thenComparing(Incident::id);

    private final DynamoDbClient client;
    private final String headsTable;
    private final String incidentsTable;
    private final Duration retention;
    private final Clock clock;

    /** @param retention how long a history row is kept after it was last written; heads stay */
    public DynamoIncidentStore(
            DynamoDbClient client, String headsTable, String incidentsTable, Duration retention, Clock clock) {
        this.client = client;
        this.headsTable = headsTable;
        this.incidentsTable = incidentsTable;
        this.retention = retention;
        this.clock = clock;
    }

    @Override
    public Head head(CameraId camera, IncidentKind kind, Line line) {
        return stored(place(camera, kind, line)).orElseGet(() -> Head.empty(camera, kind, line));
    }

    /** @throws IllegalStateException when the head is larger than an item of DynamoDB can be; nothing is stored */
    @Override
    public boolean replace(Head head) {
        String place = place(head.camera(), head.kind(), head.line());
        Map<String, AttributeValue> item = new HashMap<>(
                Map.of("place", text(place), "version", number(head.version()), "head", text(fitting(place, head))));
        if (head.needsTick()) {
            item.put("open", OPEN);
        }
        return Items.holds(() -> client.putItem(put -> {
            put.tableName(headsTable).item(item);
            if (head.version() == 1) {
                put.conditionExpression("attribute_not_exists(#place)")
                        .expressionAttributeNames(Map.of("#place", "place"));
            } else {
                put.conditionExpression("#version = :before")
                        .expressionAttributeNames(Map.of("#version", "version"))
                        .expressionAttributeValues(Map.of(":before", number(head.version() - 1)));
            }
        }));
    }

    @Override
    public void project(Incident incident) {
        Map<String, AttributeValue> item = Map.of(
                "place",
                text(place(incident.camera(), incident.kind(), incident.line())),
                "id",
                text(incident.id()),
                "all",
                INCIDENT,
                "opened",
                time(incident.opened()),
                "last",
                time(incident.lastPositive()),
                "revision",
                number(incident.revision()),
                "incident",
                text(Json.write(incident)),
                Items.EXPIRES,
                Items.expiry(clock, retention));
        // A condition that fails means that this revision or a later one is there: that is what was asked for.
        Items.holds(() -> client.putItem(r -> r.tableName(incidentsTable)
                .item(item)
                .conditionExpression("attribute_not_exists(#revision) OR #revision < :revision")
                .expressionAttributeNames(Map.of("#revision", "revision"))
                .expressionAttributeValues(Map.of(":revision", number(incident.revision())))));
    }

    @Override
    public Optional<Incident> find(String id) {
        QueryRequest query = history("by-id")
                .keyConditionExpression("#id = :id")
                .expressionAttributeNames(Map.of("#id", "id"))
                .expressionAttributeValues(Map.of(":id", text(id)))
                .limit(1)
                .build();
        return client.query(query).items().stream().findFirst().map(DynamoIncidentStore::incident);
    }

    @Override
    public List<Incident> history(CameraId camera, IncidentKind kind, Line line, Instant from, Instant to) {
        QueryRequest query = history("by-last")
                .consistentRead(true)
                .keyConditionExpression("#place = :place AND #last >= :from")
                .filterExpression("#opened <= :to")
                .expressionAttributeNames(Map.of("#place", "place", "#last", "last", "#opened", "opened"))
                .expressionAttributeValues(
                        Map.of(":place", text(place(camera, kind, line)), ":from", time(from), ":to", time(to)))
                .build();
        return client.queryPaginator(query).items().stream()
                .map(DynamoIncidentStore::incident)
                .sorted(BY_OPENING)
                .toList();
    }

    @Override
    public List<Incident> recent(int limit) {
        QueryRequest query = history("by-opening")
                .keyConditionExpression("#all = :all")
                .expressionAttributeNames(Map.of("#all", "all"))
                .expressionAttributeValues(Map.of(":all", INCIDENT))
                .scanIndexForward(false)
                .limit(limit)
                .build();
        return client.queryPaginator(query).items().stream()
                .limit(limit)
                .map(DynamoIncidentStore::incident)
                .sorted(Comparator.comparing(Incident::opened).reversed().thenComparing(Incident::id))
                .toList();
    }

    @Override
    public List<Head> openHeads() {
        QueryRequest query = QueryRequest.builder()
                .tableName(headsTable)
                .indexName("open-heads")
                .keyConditionExpression("#open = :open")
                .expressionAttributeNames(Map.of("#open", "open"))
                .expressionAttributeValues(Map.of(":open", OPEN))
                .build();
        return client.queryPaginator(query).items().stream()
                .flatMap(key -> stored(text(key, "place")).stream())
                .filter(Head::needsTick)
                .toList();
    }

    private Optional<Head> stored(String place) {
        Map<String, AttributeValue> item = client.getItem(r -> r.tableName(headsTable)
                        .key(Map.of("place", text(place)))
                        .consistentRead(true))
                .item();
        return item.isEmpty() ? Optional.empty() : Optional.of(Json.read(text(item, "head"), Head.class));
    }

    private QueryRequest.Builder history(String index) {
        return QueryRequest.builder().tableName(incidentsTable).indexName(index);
    }

    private static Incident incident(Map<String, AttributeValue> item) {
        return Json.read(text(item, "incident"), Incident.class);
    }

    private static String fitting(String place, Head head) {
        String json = Json.write(head);
        int bytes = json.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_HEAD_BYTES) {
            throw new IllegalStateException("the head of " + place + " holds "
                    + head.incidents().size() + " incidents in " + bytes + " bytes; DynamoDB takes no more than "
                    + MAX_HEAD_BYTES + ", so nothing was stored");
        }
        return json;
    }

    private static String place(CameraId camera, IncidentKind kind, Line line) {
        return camera + "|" + kind + "|" + line;
    }
}
