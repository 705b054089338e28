package dev.affray.cloud.state.dynamodb;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.waiters.DynamoDbWaiter;

/** The names of one set of the tables, as the stack makes them but for time to live and the stream of {@code heads}, which dynalite lacks. */
public record Tables(
        String detections,
        String heads,
        String incidents,
        String notifications,
        String counters,
        String episodes,
        String fleet) {
    private static final List<String> NUMBERS = List.of("last", "opened", "due");

    /** Makes a new, empty set; its names are its own. */
    public static Tables in(DynamoDbClient client) {
        String suffix = "-" + UUID.randomUUID();
        Tables tables = new Tables(
                "detections" + suffix,
                "heads" + suffix,
                "incidents" + suffix,
                "notifications" + suffix,
                "counters" + suffix,
                "episodes" + suffix,
                "fleet" + suffix);
        List<CreateTableRequest> requests = tables.requests();
        requests.forEach(client::createTable);
        awaitActive(client, requests);
        return tables;
    }

    /** Like DynamoDB itself, dynalite makes a table after it has answered: until then requests for it find no table. */
    private static void awaitActive(DynamoDbClient client, List<CreateTableRequest> requests) {
        try (DynamoDbWaiter waiter = DynamoDbWaiter.builder()
                .client(client)
                .overrideConfiguration(how -> how.maxAttempts(1_000)
                        .backoffStrategyV2(BackoffStrategy.fixedDelayWithoutJitter(Duration.ofMillis(10))))
                .build()) {
            for (CreateTableRequest request : requests) {
                waiter.waitUntilTableExists(table -> table.tableName(request.tableName()));
            }
        }
    }

    private List<CreateTableRequest> requests() {
        return List.of(
                table(detections, keys("camera", "position"), List.of(), List.of()),
                table(
                        heads,
                        keys("place"),
                        List.of(),
                        List.of(global("open-heads", ProjectionType.KEYS_ONLY, keys("open", "place")))),
                table(
                        incidents,
                        keys("place", "id"),
                        List.of(local("by-last", keys("place", "last"))),
                        List.of(
                                global("by-id", ProjectionType.ALL, keys("id")),
                                global("by-opening", ProjectionType.ALL, keys("all", "opened")))),
                table(
                        notifications,
                        keys("incident", "step"),
                        List.of(),
                        List.of(global("by-due", ProjectionType.ALL, keys("waits", "due")))),
                table(counters, keys("name"), List.of(), List.of()),
                table(episodes, keys("group"), List.of(), List.of()),
                table(fleet, keys("kind", "id"), List.of(), List.of()));
    }

    private static CreateTableRequest table(
            String name,
            List<KeySchemaElement> keys,
            List<LocalSecondaryIndex> locals,
            List<GlobalSecondaryIndex> globals) {
        Map<String, AttributeDefinition> attributes = new TreeMap<>();
        List<KeySchemaElement> all = new ArrayList<>(keys);
        locals.forEach(index -> all.addAll(index.keySchema()));
        globals.forEach(index -> all.addAll(index.keySchema()));
        all.forEach(key -> attributes.put(key.attributeName(), attribute(key.attributeName())));
        CreateTableRequest.Builder request = CreateTableRequest.builder()
                .tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(keys)
                .attributeDefinitions(attributes.values());
        if (!locals.isEmpty()) {
            request.localSecondaryIndexes(locals);
        }
        if (!globals.isEmpty()) {
            request.globalSecondaryIndexes(globals);
        }
        return request.build();
    }

    private static AttributeDefinition attribute(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(NUMBERS.contains(name) ? ScalarAttributeType.N : ScalarAttributeType.S)
                .build();
    }

    private static GlobalSecondaryIndex global(String name, ProjectionType projection, List<KeySchemaElement> keys) {
        return GlobalSecondaryIndex.builder()
                .indexName(name)
                .keySchema(keys)
                .projection(projection(projection))
                .build();
    }

    private static LocalSecondaryIndex local(String name, List<KeySchemaElement> keys) {
        return LocalSecondaryIndex.builder()
                .indexName(name)
                .keySchema(keys)
                .projection(projection(ProjectionType.ALL))
                .build();
    }

    private static Projection projection(ProjectionType type) {
        return Projection.builder().projectionType(type).build();
    }

    private static List<KeySchemaElement> keys(String... names) {
        List<KeySchemaElement> keys = new ArrayList<>();
        for (String name : names) {
            keys.add(KeySchemaElement.builder()
                    .attributeName(name)
                    .keyType(keys.isEmpty() ? KeyType.HASH : KeyType.RANGE)
                    .build());
        }
        return keys;
    }
}
