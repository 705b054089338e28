package dev.affray.cloud.state.dynamodb;

import dev.affray.cloud.state.IncidentStore;
import dev.affray.cloud.state.IncidentStoreContract;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class DynamoIncidentStoreTest extends IncidentStoreContract {
    private DynamoDbClient client;
    private IncidentStore store;

    @BeforeEach
    void open() {
        client = Dynalite.shared().client();
        Tables tables = Tables.in(client);
        store = new DynamoIncidentStore(
                client, tables.heads(), tables.incidents(), Duration.ofDays(30), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        if (client != null) {
            client.close();
        }
    }

    @Override
    protected IncidentStore store() {
        return store;
    }
}
