package dev.affray.cloud.state.sqlite;

import dev.affray.cloud.state.Head;
import dev.affray.document.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The outbox: every stored head, until its reader is done with it. DynamoDB's stream in AWS. Thread-safe; meant for one reader. */
public final class ChangeTable {
    private final Database database;

    public ChangeTable(Database database) {
        this.database = database;
    }

    /**
     * One stored head.
     *
     * @param seq its place in the order of storing
     * @param head as it was stored
     * @param attempts how often handling it has failed
     */
    public record Change(long seq, Head head, int attempts) {}

    /** The first changes that are due, in the order in which they were stored. */
    public List<Change> due(Instant now, int limit) {
        return database.read(connection -> {
            try (PreparedStatement query = connection.prepareStatement(
                    "SELECT seq, json, attempts FROM change WHERE due_at <= ? ORDER BY seq LIMIT ?")) {
                query.setLong(1, now.toEpochMilli());
                query.setInt(2, limit);
                List<Change> changes = new ArrayList<>();
                try (ResultSet row = query.executeQuery()) {
                    while (row.next()) {
                        changes.add(new Change(row.getLong(1), Json.read(row.getString(2), Head.class), row.getInt(3)));
                    }
                }
                return changes;
            }
        });
    }

    /** Forgets a change that was handled. */
    public void done(Change change) {
        database.write(connection -> {
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM change WHERE seq = ?")) {
                delete.setLong(1, change.seq());
                return delete.executeUpdate();
            }
        });
    }

    /** Puts a change off that could not be handled. */
    public void postpone(Change change, Instant until) {
        database.write(connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE change SET due_at = ?, attempts = attempts + 1 WHERE seq = ?")) {
                update.setLong(1, until.toEpochMilli());
                update.setLong(2, change.seq());
                return update.executeUpdate();
            }
        });
    }

    /** How many changes are not handled yet. */
    public int pending() {
        return database.read(connection -> {
            try (PreparedStatement query = connection.prepareStatement("SELECT count(*) FROM change");
                    ResultSet row = query.executeQuery()) {
                return row.getInt(1);
            }
        });
    }

    /** Adds a change to the transaction that stores its head. */
    static void append(Connection connection, String json) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO change (json, due_at, attempts) VALUES (?, 0, 0)")) {
            insert.setString(1, json);
            insert.executeUpdate();
        }
    }
}
