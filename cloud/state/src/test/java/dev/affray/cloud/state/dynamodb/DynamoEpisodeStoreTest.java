package dev.affray.cloud.state.dynamodb;

import dev.affray.cloud.state.EpisodeStore;
import dev.affray.cloud.state.EpisodeStoreContract;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class DynamoEpisodeStoreTest extends EpisodeStoreContract {
    private DynamoDbClient client;
    private EpisodeStore store;

    @BeforeEach
    void open() {
        client = Dynalite.shared().client();
        Tables tables = Tables.in(client);
        store = new DynamoEpisodeStore(client, tables.episodes(), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        if (client != null) {
            client.close();
        }
    }

    @Override
    protected EpisodeStore store() {
        return store;
    }
}
