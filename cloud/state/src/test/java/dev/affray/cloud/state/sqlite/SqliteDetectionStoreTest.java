package dev.affray.cloud.state.sqlite;

import dev.affray.cloud.state.DetectionStore;
import dev.affray.cloud.state.DetectionStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteDetectionStoreTest extends DetectionStoreContract {
    private Database database;
    private DetectionStore store;

    @BeforeEach
    void open(@TempDir Path folder) {
        database = Database.open(folder.resolve("state.db"));
        store = new SqliteDetectionStore(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Override
    protected DetectionStore store() {
        return store;
    }
}
