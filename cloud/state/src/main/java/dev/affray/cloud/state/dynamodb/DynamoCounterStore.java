package dev.affray.cloud.state.dynamodb;

import static dev.affray.cloud.state.dynamodb.Items.number;
import static dev.affray.cloud.state.dynamodb.Items.text;

import dev.affray.cloud.state.CounterStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Counters in DynamoDB: an item for each name and window, which expires. */
public final class DynamoCounterStore implements CounterStore {
    /** How long a window's item stays after it. */
    private static final Duration KEPT = Duration.ofHours(1);

    private final DynamoDbClient client;
    private final String table;

    public DynamoCounterStore(DynamoDbClient client, String table) {
        this.client = client;
        this.table = table;
    }

    @Override
    public boolean take(String name, Duration window, long most, Instant now) {
        if (most <= 0) {
            return false;
        }
        return Items.holds(() -> client.updateItem(r -> r.tableName(table)
                .key(key(name, window, now))
                .updateExpression("SET #taken = if_not_exists(#taken, :none) + :one, #expires = :expires")
                .conditionExpression("attribute_not_exists(#taken) OR #taken < :most")
                .expressionAttributeNames(Map.of("#taken", "taken", "#expires", Items.EXPIRES))
                .expressionAttributeValues(Map.of(
                        ":none",
                        number(0),
                        ":one",
                        number(1),
                        ":most",
                        number(most),
                        ":expires",
                        number(now.plus(window).plus(KEPT).getEpochSecond())))));
    }

    @Override
    public void giveBack(String name, Duration window, Instant now) {
        Items.holds(() -> client.updateItem(r -> r.tableName(table)
                .key(key(name, window, now))
                .updateExpression("SET #taken = #taken - :one")
                .conditionExpression("#taken > :none")
                .expressionAttributeNames(Map.of("#taken", "taken"))
                .expressionAttributeValues(Map.of(":none", number(0), ":one", number(1)))));
    }

    private static Map<String, AttributeValue> key(String name, Duration window, Instant now) {
        long millis = window.toMillis();
        return Map.of("name", text(name + "|" + millis + "|" + Math.floorDiv(now.toEpochMilli(), millis)));
    }
}
