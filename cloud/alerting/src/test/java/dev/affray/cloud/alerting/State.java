package dev.affray.cloud.alerting;

import dev.affray.cloud.state.CameraStore;
import dev.affray.cloud.state.IncidentStore;
import dev.affray.cloud.state.NotificationStore;
import dev.affray.cloud.state.dynamodb.Dynalite;
import dev.affray.cloud.state.dynamodb.DynamoCameraStore;
import dev.affray.cloud.state.dynamodb.DynamoIncidentStore;
import dev.affray.cloud.state.dynamodb.DynamoNotificationStore;
import dev.affray.cloud.state.dynamodb.Tables;
import dev.affray.cloud.state.sqlite.Database;
import dev.affray.cloud.state.sqlite.SqliteCameraStore;
import dev.affray.cloud.state.sqlite.SqliteIncidentStore;
import dev.affray.cloud.state.sqlite.SqliteNotificationStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Real stores of one kind. */
public record State(IncidentStore incidents, NotificationStore notifications, CameraStore cameras, Runnable closing)
        implements AutoCloseable {
    public static State sqlite(Path folder) {
        Database database = Database.open(folder.resolve("state.db"));
        return new State(
                new SqliteIncidentStore(database),
                new SqliteNotificationStore(database),
                new SqliteCameraStore(database),
                database::close);
    }

    /** Those of AWS; their retention matters to no test here. */
    public static State dynamo() {
        DynamoDbClient client = Dynalite.shared().client();
        return dynamo(client, Tables.in(client));
    }

    /** Those of AWS in tables that are there; closes the client. */
    public static State dynamo(DynamoDbClient client, Tables tables) {
        Duration kept = Duration.ofDays(30);
        Clock clock = Clock.systemUTC();
        return new State(
                new DynamoIncidentStore(client, tables.heads(), tables.incidents(), kept, clock),
                new DynamoNotificationStore(client, tables.notifications(), kept, clock),
                new DynamoCameraStore(client, tables.fleet()),
                () -> client.close());
    }

    @Override
    public void close() {
        closing.run();
    }
}
