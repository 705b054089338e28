package dev.affray.cloud.state.dynamodb;

import static dev.affray.cloud.state.dynamodb.Items.number;
import static dev.affray.cloud.state.dynamodb.Items.text;

import dev.affray.cloud.state.Episode;
import dev.affray.cloud.state.EpisodeStore;
import dev.affray.document.Json;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Episodes in DynamoDB: an item for each group, which expires when nothing joins it. */
public final class DynamoEpisodeStore implements EpisodeStore {
    /** Longer than any episode waits for another incident. */
    private static final Duration KEPT = Duration.ofDays(7);

    private final DynamoDbClient client;
    private final String table;
    private final Clock clock;

    public DynamoEpisodeStore(DynamoDbClient client, String table, Clock clock) {
        this.client = client;
        this.table = table;
        this.clock = clock;
    }

    @Override
    public Optional<Episode> episode(String group) {
        Map<String, AttributeValue> item = client.getItem(r ->
                        r.tableName(table).key(Map.of("group", text(group))).consistentRead(true))
                .item();
        return item.isEmpty() ? Optional.empty() : Optional.of(Json.read(text(item, "episode"), Episode.class));
    }

    /** One that expired may be gone from under its successor; then nothing is stored, and the next read finds none. */
    @Override
    public boolean replace(Episode episode) {
        return Items.holds(() -> client.putItem(r -> r.tableName(table)
                .item(Map.of(
                        "group",
                        text(episode.group()),
                        "version",
                        number(episode.version()),
                        "episode",
                        text(Json.write(episode)),
                        Items.EXPIRES,
                        Items.expiry(clock, KEPT)))
                .conditionExpression(episode.version() == 1 ? "attribute_not_exists(#version)" : "#version = :before")
                .expressionAttributeNames(Map.of("#version", "version"))
                .expressionAttributeValues(
                        episode.version() == 1 ? null : Map.of(":before", number(episode.version() - 1)))));
    }
}
