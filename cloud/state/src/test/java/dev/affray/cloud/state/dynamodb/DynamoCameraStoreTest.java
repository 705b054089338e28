package dev.affray.cloud.state.dynamodb;

import dev.affray.cloud.state.CameraStore;
import dev.affray.cloud.state.CameraStoreContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class DynamoCameraStoreTest extends CameraStoreContract {
    private DynamoDbClient client;
    private CameraStore store;

    @BeforeEach
    void open() {
        client = Dynalite.shared().client();
        Tables tables = Tables.in(client);
        store = new DynamoCameraStore(client, tables.fleet());
    }

    @AfterEach
    void close() {
        if (client != null) {
            client.close();
        }
    }

    @Override
    protected CameraStore store() {
        return store;
    }
}
