package dev.affray.cloud.state.sqlite;

import dev.affray.cloud.state.CounterStore;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;

/** Counters in SQLite: a row for each name and length of window, of its newest window. */
public final class SqliteCounterStore implements CounterStore {
    private final Database database;

    public SqliteCounterStore(Database database) {
        this.database = database;
    }

    @Override
    public boolean take(String name, Duration window, long most, Instant now) {
        if (most <= 0) {
            return false;
        }
        return database.write(connection -> {
            try (PreparedStatement upsert =
                    connection.prepareStatement("INSERT INTO counter (name, millis, window, taken) VALUES (?, ?, ?, 1)"
                            + " ON CONFLICT DO UPDATE SET taken = CASE WHEN window = excluded.window THEN taken + 1"
                            + " ELSE 1 END, window = excluded.window WHERE window <> excluded.window OR taken < ?")) {
                upsert.setString(1, name);
                upsert.setLong(2, window.toMillis());
                upsert.setLong(3, Math.floorDiv(now.toEpochMilli(), window.toMillis()));
                upsert.setLong(4, most);
                return upsert.executeUpdate() == 1;
            }
        });
    }

    @Override
    public void giveBack(String name, Duration window, Instant now) {
        database.write(connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE counter SET taken = taken - 1 WHERE name = ? AND millis = ? AND window = ? AND taken > 0")) {
                update.setString(1, name);
                update.setLong(2, window.toMillis());
                update.setLong(3, Math.floorDiv(now.toEpochMilli(), window.toMillis()));
                return update.executeUpdate();
            }
        });
    }
}
