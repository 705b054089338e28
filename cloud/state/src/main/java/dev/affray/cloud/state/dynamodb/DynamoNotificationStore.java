package dev.affray.cloud.state.dynamodb;

import static dev.affray.cloud.state.dynamodb.Items.number;
import static dev.affray.cloud.state.dynamodb.Items.text;
import static dev.affray.cloud.state.dynamodb.Items.time;

import dev.affray.cloud.state.Notification;
import dev.affray.cloud.state.NotificationStore;
import dev.affray.cloud.state.Step;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * Notifications in DynamoDB. A claim carries a name that no other claim has: when the answer to it is lost and the client repeats it, the second fails, but
 * the name in the item says that the claim was granted. A repeated release changes nothing, since the first one took the name away; a repeated record finds
 * the first.
 */
public final class DynamoNotificationStore implements NotificationStore {
    private static final Map<String, String> NAMES = Map.of(
            "#attempts", "attempts",
            "#lease", "leaseUntil",
            "#claimant", "claimant",
            "#sent", "sentAt",
            "#receipt", "receipt",
            "#expires", Items.EXPIRES);

    private final Map<Map<String, AttributeValue>, String> granted = new ConcurrentHashMap<>();
    private final DynamoDbClient client;
    private final String table;
    private final Duration retention;
    private final Clock clock;

    /** @param retention how long a notification is kept after it was claimed or recorded: as long as anything may announce its incident */
    public DynamoNotificationStore(DynamoDbClient client, String table, Duration retention, Clock clock) {
        this.client = client;
        this.table = table;
        this.retention = retention;
        this.clock = clock;
    }

    @Override
    public Claim claim(String incident, Step step, Instant now, Duration lease) {
        // Made now and not with the store: a function that is restored from a snapshot many times would share it.
        String claimant = UUID.randomUUID().toString();
        Claim claim = claim(incident, step, claimant, now, lease);
        if (claim instanceof Claim.Granted) {
            granted.put(key(incident, step), claimant);
        }
        return claim;
    }

    private Claim claim(String incident, Step step, String claimant, Instant now, Duration lease) {
        try {
            UpdateItemResponse updated = update(
                    incident,
                    step,
                    "SET #attempts = if_not_exists(#attempts, :none) + :one, #lease = :until, #claimant = :claimant,"
                            + " #expires = :expires",
                    "attribute_not_exists(#sent) AND (attribute_not_exists(#lease) OR #lease <= :now)",
                    Map.of(
                            ":none", number(0),
                            ":one", number(1),
                            ":until", time(now.plus(lease)),
                            ":claimant", text(claimant),
                            ":now", time(now),
                            ":expires", Items.expiry(clock, retention)));
            return new Claim.Granted((int) number(updated.attributes(), "attempts"));
        } catch (ConditionalCheckFailedException e) {
            return refused(incident, step, claimant, now);
        }
    }

    @Override
    public void record(String incident, Step step, Instant sentAt, String receipt) {
        Items.holds(() -> update(
                incident,
                step,
                "SET #sent = :sent, #receipt = :receipt, #attempts = if_not_exists(#attempts, :one), #lease ="
                        + " if_not_exists(#lease, :none), #expires = :expires",
                "attribute_not_exists(#sent)",
                Map.of(
                        ":sent", time(sentAt),
                        ":receipt", text(receipt),
                        ":one", number(1),
                        ":none", number(0),
                        ":expires", Items.expiry(clock, retention))));
        granted.remove(key(incident, step));
    }

    /** Frees a claim that this very store was granted. */
    @Override
    public void release(String incident, Step step, int attempt) {
        String claimant = granted.get(key(incident, step));
        if (claimant == null) {
            return;
        }
        Items.holds(() -> update(
                incident,
                step,
                "SET #lease = :none, #attempts = #attempts - :one REMOVE #claimant",
                "#attempts = :attempt AND #claimant = :claimant AND attribute_not_exists(#sent)",
                Map.of(
                        ":none", number(0),
                        ":one", number(1),
                        ":attempt", number(attempt),
                        ":claimant", text(claimant))));
        granted.remove(key(incident, step));
    }

    @Override
    public List<Notification> of(String incident) {
        QueryRequest query = QueryRequest.builder()
                .tableName(table)
                .consistentRead(true)
                .keyConditionExpression("#incident = :incident")
                .expressionAttributeNames(Map.of("#incident", "incident"))
                .expressionAttributeValues(Map.of(":incident", text(incident)))
                .build();
        return client.queryPaginator(query).items().stream()
                .map(DynamoNotificationStore::notification)
                .toList();
    }

    private Claim refused(String incident, Step step, String claimant, Instant now) {
        Map<String, AttributeValue> item = client.getItem(
                        r -> r.tableName(table).key(key(incident, step)).consistentRead(true))
                .item();
        if (item.containsKey("sentAt")) {
            return new Claim.Sent();
        }
        if (item.containsKey("claimant") && text(item, "claimant").equals(claimant)) {
            return new Claim.Granted((int) number(item, "attempts"));
        }
        Instant until = Items.timeOrNull(item, "leaseUntil");
        return new Claim.Held(until == null ? now : until);
    }

    private UpdateItemResponse update(
            String incident, Step step, String change, String condition, Map<String, AttributeValue> values) {
        String used = change + condition;
        Map<String, String> names = NAMES.entrySet().stream()
                .filter(name -> used.contains(name.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return client.updateItem(r -> r.tableName(table)
                .key(key(incident, step))
                .updateExpression(change)
                .conditionExpression(condition)
                .expressionAttributeNames(names)
                .expressionAttributeValues(values)
                .returnValues(ReturnValue.UPDATED_NEW));
    }

    private static Map<String, AttributeValue> key(String incident, Step step) {
        return Map.of("incident", text(incident), "step", text(step.name()));
    }

    private static Notification notification(Map<String, AttributeValue> item) {
        return new Notification(
                text(item, "incident"),
                Step.valueOf(text(item, "step")),
                (int) number(item, "attempts"),
                Items.timeOrNull(item, "sentAt"),
                item.containsKey("receipt") ? text(item, "receipt") : null);
    }
}
