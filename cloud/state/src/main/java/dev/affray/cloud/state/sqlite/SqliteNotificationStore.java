package dev.affray.cloud.state.sqlite;

import dev.affray.cloud.state.Notification;
import dev.affray.cloud.state.NotificationStore;
import dev.affray.cloud.state.Step;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Notifications in SQLite. */
public final class SqliteNotificationStore implements NotificationStore {
    private final Database database;

    public SqliteNotificationStore(Database database) {
        this.database = database;
    }

    @Override
    public Claim claim(String incident, Step step, Instant now, Duration lease) {
        return database.write(connection -> {
            Row row = row(connection, incident, step);
            if (row != null && row.sent) {
                return new Claim.Sent();
            }
            if (row != null && row.leaseUntil.isAfter(now)) {
                return new Claim.Held(row.leaseUntil);
            }
            try (PreparedStatement upsert = connection.prepareStatement(
                    "INSERT INTO notification (incident, step, attempts, lease_until) VALUES (?, ?, 1, ?)"
                            + " ON CONFLICT (incident, step) DO UPDATE SET attempts = attempts + 1, lease_until ="
                            + " excluded.lease_until")) {
                upsert.setString(1, incident);
                upsert.setString(2, step.name());
                upsert.setLong(3, now.plus(lease).toEpochMilli());
                upsert.executeUpdate();
            }
            return new Claim.Granted(row == null ? 1 : row.attempts + 1);
        });
    }

    @Override
    public void record(String incident, Step step, Instant sentAt, String receipt) {
        database.write(connection -> {
            try (PreparedStatement upsert = connection.prepareStatement(
                    "INSERT INTO notification (incident, step, attempts, lease_until, sent_at, receipt) VALUES (?, ?, 1,"
                            + " 0, ?, ?) ON CONFLICT (incident, step) DO UPDATE SET sent_at = excluded.sent_at, receipt"
                            + " = excluded.receipt WHERE sent_at IS NULL")) {
                upsert.setString(1, incident);
                upsert.setString(2, step.name());
                upsert.setLong(3, sentAt.toEpochMilli());
                upsert.setString(4, receipt);
                return upsert.executeUpdate();
            }
        });
    }

    @Override
    public void release(String incident, Step step, int attempt) {
        database.write(connection -> {
            try (PreparedStatement update =
                    connection.prepareStatement("UPDATE notification SET lease_until = 0, attempts = attempts - 1"
                            + " WHERE incident = ? AND step = ? AND attempts = ? AND sent_at IS NULL")) {
                update.setString(1, incident);
                update.setString(2, step.name());
                update.setInt(3, attempt);
                return update.executeUpdate();
            }
        });
    }

    @Override
    public List<Notification> of(String incident) {
        return database.read(connection -> {
            try (PreparedStatement query =
                    connection.prepareStatement("SELECT * FROM notification WHERE incident = ? ORDER BY step")) {
                query.setString(1, incident);
                List<Notification> notifications = new ArrayList<>();
                try (ResultSet row = query.executeQuery()) {
                    while (row.next()) {
                        long sentAt = row.getLong("sent_at");
                        notifications.add(new Notification(
                                incident,
                                Step.valueOf(row.getString("step")),
                                row.getInt("attempts"),
                                sentAt == 0 ? null : Instant.ofEpochMilli(sentAt),
                                row.getString("receipt")));
                    }
                }
                return notifications;
            }
        });
    }

    private record Row(int attempts, Instant leaseUntil, boolean sent) {}

    private static @Nullable Row row(Connection connection, String incident, Step step) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT attempts, lease_until, sent_at IS NOT NULL FROM notification WHERE incident = ? AND step = ?")) {
            query.setString(1, incident);
            query.setString(2, step.name());
            try (ResultSet row = query.executeQuery()) {
                return row.next()
                        ? new Row(row.getInt(1), Instant.ofEpochMilli(row.getLong(2)), row.getBoolean(3))
                        : null;
            }
        }
    }
}
