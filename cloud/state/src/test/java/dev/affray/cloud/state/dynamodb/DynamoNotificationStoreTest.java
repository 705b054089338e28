package dev.affray.cloud.state.dynamodb;

import dev.affray.cloud.state.NotificationStore;
import dev.affray.cloud.state.NotificationStoreContract;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class DynamoNotificationStoreTest extends NotificationStoreContract {
    private DynamoDbClient client;
    private NotificationStore store;

    @BeforeEach
    void open() {
        client = Dynalite.shared().client();
        Tables tables = Tables.in(client);
        store = new DynamoNotificationStore(client, tables.notifications(), Duration.ofDays(30), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        if (client != null) {
            client.close();
        }
    }

    @Override
    protected NotificationStore store() {
        return store;
    }
}
