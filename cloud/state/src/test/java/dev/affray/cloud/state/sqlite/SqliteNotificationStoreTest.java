package dev.affray.cloud.state.sqlite;

import dev.affray.cloud.state.NotificationStore;
import dev.affray.cloud.state.NotificationStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteNotificationStoreTest extends NotificationStoreContract {
    private Database database;
    private NotificationStore store;

    @BeforeEach
    void open(@TempDir Path folder) {
        database = Database.open(folder.resolve("state.db"));
        store = new SqliteNotificationStore(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Override
    protected NotificationStore store() {
        return store;
    }
}
