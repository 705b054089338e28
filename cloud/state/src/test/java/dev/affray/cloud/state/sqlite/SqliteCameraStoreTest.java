package dev.affray.cloud.state.sqlite;

import dev.affray.cloud.state.CameraStore;
import dev.affray.cloud.state.CameraStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteCameraStoreTest extends CameraStoreContract {
    private Database database;
    private CameraStore store;

    @BeforeEach
    void open(@TempDir Path folder) {
        database = Database.open(folder.resolve("state.db"));
        store = new SqliteCameraStore(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Override
    protected CameraStore store() {
        return store;
    }
}
