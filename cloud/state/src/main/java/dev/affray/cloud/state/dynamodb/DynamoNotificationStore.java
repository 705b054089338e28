package dev.affray.cloud.state.dynamodb;

import static dev.affray.cloud.state.dynamodb.Items.number;
import static dev.affray.cloud.state.dynamodb.Items.text;
import static dev.affray.cloud.state.dynamodb.Items.time;

import dev.affray.cloud.state.Notification;
import dev.affray.cloud.state.Notification.Outcome;
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
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * Notifications in DynamoDB. A claim carries a name that no other claim has: when the answer to it is lost and the client repeats it, the second fails, but
 * the name in the item says that the claim was granted. A repeated release changes nothing, since the first one took the name away; a repeated record finds
 * the first. The sort key is {@code STEP#channel}. What waits has its channel in {@code waits} too, by which a sparse index finds it.
 */
public final class DynamoNotificationStore implements NotificationStore {
    private static final Map<String, String> NAMES = Map.of(
            "#attempts", "attempts",
            "#lease", "leaseUntil",
            "#claimant", "claimant",
            "#lead", "lead",
            "#waits", "waits",
            "#due", "due",
            "#outcome", "outcome",
            "#settled", "settledAt",
            "#receipt", "receipt",
            "#expires", Items.EXPIRES);

    private final Map<Notification.Key, String> granted = new ConcurrentHashMap<>();
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
    public Claim claim(Notification.Key key, Instant now, Duration lease) {
        // Made now and not with the store: a function that is restored from a snapshot many times would share it.
        String claimant = UUID.randomUUID().toString();
        Claim claim = claim(key, claimant, now, lease);
        if (claim instanceof Claim.Granted) {
            granted.put(key, claimant);
        }
        return claim;
    }

    private Claim claim(Notification.Key key, String claimant, Instant now, Duration lease) {
        try {
            UpdateItemResponse updated = update(
                    key,
                    "SET #attempts = if_not_exists(#attempts, :none) + :one, #lease = :until, #claimant = :claimant,"
                            + " #expires = :expires",
                    "attribute_not_exists(#outcome) AND (attribute_not_exists(#lease) OR #lease <= :now OR #lease >"
                            + " :latest)"
                            + " AND (attribute_not_exists(#due) OR #due <= :now)",
                    Map.of(
                            ":none", number(0),
                            ":one", number(1),
                            ":until", time(now.plus(lease)),
                            ":claimant", text(claimant),
                            ":now", time(now),
                            ":latest", time(now.plus(lease).plus(lease)),
                            ":expires", Items.expiry(clock, retention)));
            return new Claim.Granted((int) number(updated.attributes(), "attempts"));
        } catch (ConditionalCheckFailedException e) {
            return refused(key, claimant, now);
        }
    }

    @Override
    public void record(Notification.Key key, Outcome outcome, Instant at, String receipt) {
        Items.holds(() -> update(
                key,
                "SET #outcome = :outcome, #settled = :at, #receipt = :receipt, #attempts = if_not_exists(#attempts,"
                        + " :attempts), #lease = if_not_exists(#lease, :none), #expires = :expires REMOVE #waits, #due",
                "attribute_not_exists(#outcome)",
                Map.of(
                        ":outcome", text(outcome.name()),
                        ":at", time(at),
                        ":receipt", text(receipt),
                        ":attempts", number(outcome == Outcome.SENT ? 1 : 0),
                        ":none", number(0),
                        ":expires", Items.expiry(clock, retention))));
        granted.remove(key);
    }

    @Override
    public void follow(Notification.Key key, String lead) {
        update(key, "SET #lead = :lead", null, Map.of(":lead", text(lead)));
    }

    /** Frees a claim that this very store was granted. */
    @Override
    public void release(Notification.Key key, int attempt) {
        String claimant = granted.get(key);
        if (claimant == null) {
            return;
        }
        Items.holds(() -> update(
                key,
                "SET #lease = :none, #attempts = #attempts - :one REMOVE #claimant",
                "#attempts = :attempt AND #claimant = :claimant AND attribute_not_exists(#outcome)",
                Map.of(
                        ":none", number(0),
                        ":one", number(1),
                        ":attempt", number(attempt),
                        ":claimant", text(claimant))));
        granted.remove(key);
    }

    @Override
    public void schedule(Notification.Key key, Instant due) {
        Items.holds(() -> update(
                key,
                "SET #waits = :waits, #due = :due, #attempts = if_not_exists(#attempts, :none), #lease = :none,"
                        + " #expires = :expires",
                "attribute_not_exists(#outcome) AND attribute_not_exists(#due)"
                        + " AND (attribute_not_exists(#lease) OR #lease = :none)",
                Map.of(
                        ":waits", text(key.channel()),
                        ":due", time(due),
                        ":none", number(0),
                        ":expires", Items.expiry(clock, retention))));
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

    @Override
    public List<Notification> due(String channel, Instant now, int limit) {
        QueryRequest query = QueryRequest.builder()
                .tableName(table)
                .indexName("by-due")
                .keyConditionExpression("#waits = :waits AND #due <= :now")
                .expressionAttributeNames(Map.of("#waits", "waits", "#due", "due"))
                .expressionAttributeValues(Map.of(":waits", text(channel), ":now", time(now)))
                .limit(limit)
                .build();
        return client.queryPaginator(query).items().stream()
                .limit(limit)
                .map(DynamoNotificationStore::notification)
                .toList();
    }

    private Claim refused(Notification.Key key, String claimant, Instant now) {
        Map<String, AttributeValue> item = client.getItem(
                        r -> r.tableName(table).key(item(key)).consistentRead(true))
                .item();
        if (item.containsKey("outcome")) {
            return new Claim.Settled();
        }
        if (item.containsKey("claimant") && text(item, "claimant").equals(claimant)) {
            return new Claim.Granted((int) number(item, "attempts"));
        }
        Instant until = Items.timeOrNull(item, "leaseUntil");
        Instant due = Items.timeOrNull(item, "due");
        boolean held = until != null && until.isAfter(now);
        return !held && due != null && due.isAfter(now)
                ? new Claim.Waiting(due)
                : new Claim.Held(until == null ? now : until);
    }

    private UpdateItemResponse update(
            Notification.Key key, String change, @Nullable String condition, Map<String, AttributeValue> values) {
        String used = change + condition;
        Map<String, String> names = NAMES.entrySet().stream()
                .filter(name -> used.contains(name.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return client.updateItem(r -> r.tableName(table)
                .key(item(key))
                .updateExpression(change)
                .conditionExpression(condition)
                .expressionAttributeNames(names)
                .expressionAttributeValues(values)
                .returnValues(ReturnValue.UPDATED_NEW));
    }

    private static Map<String, AttributeValue> item(Notification.Key key) {
        return Map.of("incident", text(key.incident()), "step", text(key.step() + "#" + key.channel()));
    }

    private static Notification notification(Map<String, AttributeValue> item) {
        String[] step = text(item, "step").split("#", 2);
        return new Notification(
                new Notification.Key(text(item, "incident"), Step.valueOf(step[0]), step[1]),
                (int) number(item, "attempts"),
                item.containsKey("lead") ? text(item, "lead") : null,
                Items.timeOrNull(item, "due"),
                item.containsKey("outcome") ? Outcome.valueOf(text(item, "outcome")) : null,
                Items.timeOrNull(item, "settledAt"),
                item.containsKey("receipt") ? text(item, "receipt") : null);
    }
}
