package dev.affray.cloud.alerting;

import dev.affray.cloud.state.CameraStore;
import dev.affray.cloud.state.IncidentStore;
import dev.affray.cloud.state.NotificationStore;
import dev.affray.cloud.state.dynamodb.Dynalite;
import dev.affray.cloud.state.dynamodb.DynamoCameraStore;
import dev.affray.cloud.state.dynamodb.DynamoCounterStore;
import dev.affray.cloud.state.dynamodb.DynamoEpisodeStore;
import dev.affray.cloud.state.dynamodb.DynamoIncidentStore;
import dev.affray.cloud.state.dynamodb.DynamoNotificationStore;
import dev.affray.cloud.state.dynamodb.Tables;
import dev.affray.cloud.state.sqlite.Database;
import dev.affray.cloud.state.sqlite.SqliteCameraStore;
import dev.affray.cloud.state.sqlite.SqliteCounterStore;
import dev.affray.cloud.state.sqlite.SqliteEpisodeStore;
import dev.affray.cloud.state.sqlite.SqliteIncidentStore;
import dev.affray.cloud.state.sqlite.SqliteNotificationStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Real stores of one kind. */
public record State(Stores stores, Runnable closing) implements AutoCloseable {
    public static State sqlite(Path folder) {
        Database database = Database.open(folder.resolve("state.db"));
        return new State(stores(database), database::close);
    }

    /** Those of AWS; their retention matters to no test here. */
    public static State dynamo() {
        DynamoDbClient client = Dynalite.shared().client();
        return dynamo(client, Tables.in(client));
    }

    /** Those of AWS in tables that are there; closes the client. */
    public static State dynamo(DynamoDbClient client, Tables tables) {
        return new State(stores(client, tables), () -> client.close());
    }

    /** Those of a database. */
    public static Stores stores(Database database) {
        return new Stores(
                new SqliteIncidentStore(database),
                new SqliteNotificationStore(database),
                new SqliteCameraStore(database),
                new SqliteCounterStore(database),
                new SqliteEpisodeStore(database));
    }

    /** Those of AWS in tables that are there. */
    public static Stores stores(DynamoDbClient client, Tables tables) {
        Duration kept = Duration.ofDays(30);
        Clock clock = Clock.systemUTC();
        return new Stores(
                new DynamoIncidentStore(client, tables.heads(), tables.incidents(), kept, clock),
                new DynamoNotificationStore(client, tables.notifications(), kept, clock),
                new DynamoCameraStore(client, tables.fleet()),
                new DynamoCounterStore(client, tables.counters()),
                new DynamoEpisodeStore(client, tables.episodes(), clock));
    }

    /** Nothing waits, and nothing escalates. */
    public static final Policy UNHURRIED = new Policy(Optional.empty(), 1_000_000, 1_000_000, 1_000_000);

    /** Alerting with one channel for all but escalations. */
    public static Alerting alerting(Stores stores, Publisher publisher, Clock clock) {
        return new Alerting(stores, List.of(channel(publisher)), UNHURRIED, (_, _) -> Optional.empty(), clock);
    }

    /** A channel for all but escalations. */
    public static Channel channel(Publisher publisher) {
        return new Channel("sns", Set.of(Group.ALERTS, Group.OPERATIONS), publisher);
    }

    public IncidentStore incidents() {
        return stores.incidents();
    }

    public NotificationStore notifications() {
        return stores.notifications();
    }

    public CameraStore cameras() {
        return stores.cameras();
    }

    @Override
    public void close() {
        closing.run();
    }
}
