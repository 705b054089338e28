package dev.affray.cloud.alerting.promises;

import dev.affray.cloud.alerting.State;
import dev.affray.cloud.state.DetectionStore;
import dev.affray.cloud.state.IncidentStore;
import dev.affray.cloud.state.NotificationStore;
import dev.affray.cloud.state.dynamodb.DynamoDetectionStore;
import dev.affray.cloud.state.dynamodb.Tables;
import dev.affray.cloud.state.sqlite.Database;
import dev.affray.cloud.state.sqlite.SqliteDetectionStore;
import java.time.Clock;
import java.time.Duration;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Real stores of one kind, from detections to announcements. */
record Stores(DetectionStore detections, dev.affray.cloud.alerting.Stores alerting) {
    static Stores sqlite(Database database) {
        return new Stores(new SqliteDetectionStore(database), State.stores(database));
    }

    static Stores dynamo(DynamoDbClient client, Tables tables) {
        return new Stores(
                new DynamoDetectionStore(client, tables.detections(), Duration.ofDays(30), Clock.systemUTC()),
                State.stores(client, tables));
    }

    IncidentStore incidents() {
        return alerting.incidents();
    }

    NotificationStore notifications() {
        return alerting.notifications();
    }

    /** What alerting has, with other stores of incidents and notifications before these. */
    dev.affray.cloud.alerting.Stores alerting(IncidentStore incidents, NotificationStore notifications) {
        return new dev.affray.cloud.alerting.Stores(
                incidents, notifications, alerting.cameras(), alerting.counters(), alerting.episodes());
    }
}
