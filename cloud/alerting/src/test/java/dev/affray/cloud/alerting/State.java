package dev.affray.cloud.alerting;

import dev.affray.cloud.state.CameraStore;
import dev.affray.cloud.state.IncidentStore;
import dev.affray.cloud.state.NotificationStore;
import dev.affray.cloud.state.sqlite.Database;
import dev.affray.cloud.state.sqlite.SqliteCameraStore;
import dev.affray.cloud.state.sqlite.SqliteIncidentStore;
import dev.affray.cloud.state.sqlite.SqliteNotificationStore;
import java.nio.file.Path;

/** Real stores of one kind. */
record State(IncidentStore incidents, NotificationStore notifications, CameraStore cameras, Runnable closing)
        implements AutoCloseable {
    static State sqlite(Path folder) {
        Database database = Database.open(folder.resolve("state.db"));
        return new State(
                new SqliteIncidentStore(database),
                new SqliteNotificationStore(database),
                new SqliteCameraStore(database),
                database::close);
    }

    @Override
    public void close() {
        closing.run();
    }
}
