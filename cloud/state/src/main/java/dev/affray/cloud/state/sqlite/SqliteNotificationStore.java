package dev.affray.cloud.state.sqlite;

import dev.affray.cloud.state.Notification;
import dev.affray.cloud.state.Notification.Outcome;
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
    private static final String THIS = " WHERE incident = ? AND step = ? AND channel = ?";

    private final Database database;

    public SqliteNotificationStore(Database database) {
        this.database = database;
    }

    @Override
    public Claim claim(Notification.Key key, Instant now, Duration lease) {
        return database.write(connection -> {
            Row row = row(connection, key);
            if (row != null && row.settled) {
                return new Claim.Settled();
            }
            if (row != null
                    && row.leaseUntil.isAfter(now)
                    && !row.leaseUntil.isAfter(now.plus(lease).plus(lease))) {
                return new Claim.Held(row.leaseUntil);
            }
            if (row != null && row.due != null && row.due.isAfter(now)) {
                return new Claim.Waiting(row.due);
            }
            try (PreparedStatement upsert = connection.prepareStatement(
                    "INSERT INTO notification (incident, step, channel, attempts, lease_until) VALUES (?, ?, ?, 1, ?)"
                            + " ON CONFLICT DO UPDATE SET attempts = attempts + 1, lease_until = excluded.lease_until")) {
                set(upsert, 1, key);
                upsert.setLong(4, now.plus(lease).toEpochMilli());
                upsert.executeUpdate();
            }
            return new Claim.Granted(row == null ? 1 : row.attempts + 1);
        });
    }

    @Override
    public void record(Notification.Key key, Outcome outcome, Instant at, String receipt) {
        database.write(connection -> {
            try (PreparedStatement upsert = connection.prepareStatement(
                    "INSERT INTO notification (incident, step, channel, attempts, lease_until, outcome, settled_at, receipt)"
                            + " VALUES (?, ?, ?, ?, 0, ?, ?, ?) ON CONFLICT DO UPDATE SET outcome = excluded.outcome,"
                            + " settled_at = excluded.settled_at, receipt = excluded.receipt, due = NULL"
                            + " WHERE outcome IS NULL")) {
                set(upsert, 1, key);
                upsert.setInt(4, outcome == Outcome.SENT ? 1 : 0);
                upsert.setString(5, outcome.name());
                upsert.setLong(6, at.toEpochMilli());
                upsert.setString(7, receipt);
                return upsert.executeUpdate();
            }
        });
    }

    @Override
    public void follow(Notification.Key key, String lead) {
        database.write(connection -> {
            try (PreparedStatement update = connection.prepareStatement("UPDATE notification SET lead = ?" + THIS)) {
                update.setString(1, lead);
                set(update, 2, key);
                return update.executeUpdate();
            }
        });
    }

    @Override
    public void release(Notification.Key key, int attempt) {
        database.write(connection -> {
            try (PreparedStatement update =
                    connection.prepareStatement("UPDATE notification SET lease_until = 0, attempts = attempts - 1"
                            + THIS + " AND attempts = ? AND outcome IS NULL")) {
                set(update, 1, key);
                update.setInt(4, attempt);
                return update.executeUpdate();
            }
        });
    }

    @Override
    public void schedule(Notification.Key key, Instant due) {
        database.write(connection -> {
            // One that was claimed and given back is there, and waits for nothing.
            try (PreparedStatement upsert = connection.prepareStatement(
                    "INSERT INTO notification (incident, step, channel, attempts, lease_until, due)"
                            + " VALUES (?, ?, ?, 0, 0, ?) ON CONFLICT DO UPDATE SET due = excluded.due"
                            + " WHERE outcome IS NULL AND due IS NULL AND lease_until = 0")) {
                set(upsert, 1, key);
                upsert.setLong(4, due.toEpochMilli());
                return upsert.executeUpdate();
            }
        });
    }

    @Override
    public List<Notification> of(String incident) {
        return database.read(connection -> {
            try (PreparedStatement query = connection.prepareStatement(
                    "SELECT * FROM notification WHERE incident = ? ORDER BY step, channel")) {
                query.setString(1, incident);
                return all(query);
            }
        });
    }

    @Override
    public List<Notification> due(String channel, Instant now, int limit) {
        return database.read(connection -> {
            try (PreparedStatement query = connection.prepareStatement(
                    "SELECT * FROM notification WHERE channel = ? AND due <= ? ORDER BY due LIMIT ?")) {
                query.setString(1, channel);
                query.setLong(2, now.toEpochMilli());
                query.setInt(3, limit);
                return all(query);
            }
        });
    }

    private static List<Notification> all(PreparedStatement query) throws SQLException {
        List<Notification> notifications = new ArrayList<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                String outcome = row.getString("outcome");
                notifications.add(new Notification(
                        new Notification.Key(
                                row.getString("incident"),
                                Step.valueOf(row.getString("step")),
                                row.getString("channel")),
                        row.getInt("attempts"),
                        row.getString("lead"),
                        time(row, "due"),
                        outcome == null ? null : Outcome.valueOf(outcome),
                        time(row, "settled_at"),
                        row.getString("receipt")));
            }
        }
        return notifications;
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }

    private record Row(
            int attempts, Instant leaseUntil, @Nullable Instant due, boolean settled) {}

    private static @Nullable Row row(Connection connection, Notification.Key key) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT attempts, lease_until, due, outcome IS NOT NULL AS settled FROM notification" + THIS)) {
            set(query, 1, key);
            try (ResultSet row = query.executeQuery()) {
                return row.next()
                        ? new Row(
                                row.getInt("attempts"),
                                Instant.ofEpochMilli(row.getLong("lease_until")),
                                time(row, "due"),
                                row.getBoolean("settled"))
                        : null;
            }
        }
    }

    private static void set(PreparedStatement statement, int first, Notification.Key key) throws SQLException {
        statement.setString(first, key.incident());
        statement.setString(first + 1, key.step().name());
        statement.setString(first + 2, key.channel());
    }
}
