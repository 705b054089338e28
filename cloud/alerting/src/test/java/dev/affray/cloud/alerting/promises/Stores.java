package dev.affray.cloud.alerting.promises;

import dev.affray.cloud.state.CameraStore;
import dev.affray.cloud.state.DetectionStore;
import dev.affray.cloud.state.IncidentStore;
import dev.affray.cloud.state.NotificationStore;
import dev.affray.cloud.state.dynamodb.DynamoCameraStore;
import dev.affray.cloud.state.dynamodb.DynamoDetectionStore;
import dev.affray.cloud.state.dynamodb.DynamoIncidentStore;
import dev.affray.cloud.state.dynamodb.DynamoNotificationStore;
import dev.affray.cloud.state.dynamodb.Tables;
import dev.affray.cloud.state.sqlite.Database;
import dev.affray.cloud.state.sqlite.SqliteCameraStore;
import dev.affray.cloud.state.sqlite.SqliteDetectionStore;
import dev.affray.cloud.state.sqlite.SqliteIncidentStore;
import dev.affray.cloud.state.sqlite.SqliteNotificationStore;
import java.time.Clock;
import java.time.Duration;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Real stores of one kind. */
record Stores(
        DetectionStore detections, IncidentStore incidents, NotificationStore notifications, CameraStore cameras) {
    static Stores sqlite(Database database) {
        return new Stores(
                new SqliteDetectionStore(database),
                new SqliteIncidentStore(database),
                new SqliteNotificationStore(database),
                new SqliteCameraStore(database));
    }

    static Stores dynamo(DynamoDbClient client, Tables tables) {
        Duration kept = Duration.ofDays(30);
        Clock clock = Clock.systemUTC();
        return new Stores(
                new DynamoDetectionStore(client, tables.detections(), kept, clock),
                new DynamoIncidentStore(client, tables.heads(), tables.incidents(), kept, clock),
                new DynamoNotificationStore(client, tables.notifications(), kept, clock),
                new DynamoCameraStore(client, tables.fleet()));
    }
}
