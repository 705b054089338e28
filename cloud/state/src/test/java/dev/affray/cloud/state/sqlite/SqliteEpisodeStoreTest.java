package dev.affray.cloud.state.sqlite;

import dev.affray.cloud.state.EpisodeStore;
import dev.affray.cloud.state.EpisodeStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteEpisodeStoreTest extends EpisodeStoreContract {
    private Database database;
    private EpisodeStore store;

    @BeforeEach
    void open(@TempDir Path folder) {
        database = Database.open(folder.resolve("state.db"));
        store = new SqliteEpisodeStore(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Override
    protected EpisodeStore store() {
        return store;
    }
}
