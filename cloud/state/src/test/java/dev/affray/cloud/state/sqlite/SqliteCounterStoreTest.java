package dev.affray.cloud.state.sqlite;

import dev.affray.cloud.state.CounterStore;
import dev.affray.cloud.state.CounterStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteCounterStoreTest extends CounterStoreContract {
    private Database database;
    private CounterStore store;

    @BeforeEach
    void open(@TempDir Path folder) {
        database = Database.open(folder.resolve("state.db"));
        store = new SqliteCounterStore(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Override
    protected CounterStore store() {
        return store;
    }
}
