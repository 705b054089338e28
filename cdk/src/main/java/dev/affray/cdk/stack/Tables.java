package dev.affray.cdk.stack;

import dev.affray.cdk.deployment.Deployment.Removal;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.BillingMode;
import software.amazon.awscdk.services.dynamodb.GlobalSecondaryIndexProps;
import software.amazon.awscdk.services.dynamodb.LocalSecondaryIndexProps;
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.ProjectionType;
import software.amazon.awscdk.services.dynamodb.StreamViewType;
import software.amazon.awscdk.services.dynamodb.Table;
import software.constructs.Construct;

/**
 * What the cloud remembers; keys and attributes are those of the stores in cloud/state. DynamoDB encrypts them with a key of its own,
 * which costs nothing and needs no permission.
 */
final class Tables extends Construct {
    static final String OPEN_HEADS = "open-heads";
    static final String BY_LAST = "by-last";
    static final String BY_ID = "by-id";
    static final String BY_OPENING = "by-opening";
    static final String BY_DUE = "by-due";

    private final Removal removal;
    private final Table detections;
    private final Table heads;
    private final Table incidents;
    private final Table notifications;
    private final Table counters;
    private final Table episodes;
    private final Table fleet;
    private final Table serials;

    Tables(Construct scope, Removal removal) {
        super(scope, "Tables");
        this.removal = removal;
        detections = expiring("Detections", "camera", "position").build();
        heads = lasting("Heads", "place").stream(StreamViewType.NEW_IMAGE).build();
        incidents = expiring("Incidents", "place", "id").build();
        notifications = expiring("Notifications", "incident", "step").build();
        counters = brief("Counters", "name");
        episodes = brief("Episodes", "group");
        fleet = lasting("Fleet", "kind").sortKey(text("id")).build();
        serials = lasting("Serials", "serial").build();
        indexHeads();
        indexIncidents();
        notifications.addGlobalSecondaryIndex(GlobalSecondaryIndexProps.builder()
                .indexName(BY_DUE)
                .partitionKey(text("waits"))
                .sortKey(number("due"))
                .projectionType(ProjectionType.ALL)
                .build());
    }

    private void indexHeads() {
        heads.addGlobalSecondaryIndex(GlobalSecondaryIndexProps.builder()
                .indexName(OPEN_HEADS)
                .partitionKey(text("open"))
                .sortKey(text("place"))
                .projectionType(ProjectionType.KEYS_ONLY)
                .build());
    }

    private void indexIncidents() {
        incidents.addLocalSecondaryIndex(LocalSecondaryIndexProps.builder()
                .indexName(BY_LAST)
                .sortKey(number("last"))
                .projectionType(ProjectionType.ALL)
                .build());
        incidents.addGlobalSecondaryIndex(GlobalSecondaryIndexProps.builder()
                .indexName(BY_ID)
                .partitionKey(text("id"))
                .projectionType(ProjectionType.ALL)
                .build());
        incidents.addGlobalSecondaryIndex(GlobalSecondaryIndexProps.builder()
                .indexName(BY_OPENING)
                .partitionKey(text("all"))
                .sortKey(number("opened"))
                .projectionType(ProjectionType.ALL)
                .build());
    }

    /** What matters for minutes. */
    private Table brief(String id, String partition) {
        return lasting(id, partition).timeToLiveAttribute("expires").build();
    }

    private Table.Builder expiring(String id, String partition, String sort) {
        return lasting(id, partition).sortKey(text(sort)).timeToLiveAttribute("expires");
    }

    private Table.Builder lasting(String id, String partition) {
        return Table.Builder.create(this, id)
                .partitionKey(text(partition))
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .pointInTimeRecoverySpecification(PointInTimeRecoverySpecification.builder()
                        .pointInTimeRecoveryEnabled(true)
                        .build())
                .deletionProtection(removal == Removal.RETAIN)
                .removalPolicy(Removals.policy(removal));
    }

    private static Attribute text(String name) {
        return Attribute.builder().name(name).type(AttributeType.STRING).build();
    }

    private static Attribute number(String name) {
        return Attribute.builder().name(name).type(AttributeType.NUMBER).build();
    }

    Table detections() {
        return detections;
    }

    Table heads() {
        return heads;
    }

    Table incidents() {
        return incidents;
    }

    Table notifications() {
        return notifications;
    }

    Table counters() {
        return counters;
    }

    Table episodes() {
        return episodes;
    }

    Table fleet() {
        return fleet;
    }

    /** The serial numbers of gateways to come; people fill it. */
    Table serials() {
        return serials;
    }
}
