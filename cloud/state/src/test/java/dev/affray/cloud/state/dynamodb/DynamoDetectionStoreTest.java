package dev.affray.cloud.state.dynamodb;

import dev.affray.cloud.state.DetectionStore;
import dev.affray.cloud.state.DetectionStoreContract;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class DynamoDetectionStoreTest extends DetectionStoreContract {
    private DynamoDbClient client;
    private DetectionStore store;

    @BeforeEach
    void open() {
        client = Dynalite.shared().client();
        Tables tables = Tables.in(client);
        store = new DynamoDetectionStore(client, tables.detections(), Duration.ofDays(7), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        if (client != null) {
            client.close();
        }
    }

    @Override
    protected DetectionStore store() {
        return store;
    }
}
