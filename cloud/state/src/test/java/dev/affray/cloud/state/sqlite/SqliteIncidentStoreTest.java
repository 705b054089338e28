package dev.affray.cloud.state.sqlite;

import dev.affray.cloud.state.IncidentStore;
import dev.affray.cloud.state.IncidentStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteIncidentStoreTest extends IncidentStoreContract {
    private Database database;
    private IncidentStore store;

    @BeforeEach
    void open(@TempDir Path folder) {
        database = Database.open(folder.resolve("state.db"));
        store = new SqliteIncidentStore(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Override
    protected IncidentStore store() {
        return store;
    }
}
