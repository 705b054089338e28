package dev.affray.cloud.state.dynamodb;

import dev.affray.cloud.state.CounterStore;
import dev.affray.cloud.state.CounterStoreContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class DynamoCounterStoreTest extends CounterStoreContract {
    private DynamoDbClient client;
    private CounterStore store;

    @BeforeEach
    void open() {
        client = Dynalite.shared().client();
        Tables tables = Tables.in(client);
        store = new DynamoCounterStore(client, tables.counters());
    }

    @AfterEach
    void close() {
        if (client != null) {
            client.close();
        }
    }

    @Override
    protected CounterStore store() {
        return store;
    }
}
