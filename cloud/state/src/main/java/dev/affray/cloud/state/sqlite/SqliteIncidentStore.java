package dev.affray.cloud.state.sqlite;

import dev.affray.cloud.state.Head;
import dev.affray.cloud.state.IncidentStore;
import dev.affray.document.Json;
import dev.affray.frame.CameraId;
import dev.affray.frame.Line;
import dev.affray.incident.Incident;
import dev.affray.incident.IncidentKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Incidents in SQLite. A stored head and its row in the change table ({@link ChangeTable}) are one transaction. */
public final class SqliteIncidentStore implements IncidentStore {
    private final Database database;

    public SqliteIncidentStore(Database database) {
        this.database = database;
    }

    @Override
    public Head head(CameraId camera, IncidentKind kind, Line line) {
        return database.read(connection -> {
            try (PreparedStatement query =
                    connection.prepareStatement("SELECT json FROM head WHERE camera = ? AND kind = ? AND line = ?")) {
                key(query, 1, camera, kind, line);
                try (ResultSet row = query.executeQuery()) {
                    return row.next() ? Json.read(row.getString(1), Head.class) : Head.empty(camera, kind, line);
                }
            }
        });
    }

    @Override
    public boolean replace(Head head) {
        String json = Json.write(head);
        return database.write(connection -> {
            boolean stored = head.version() == 1 ? insert(connection, head, json) : update(connection, head, json);
            if (stored) {
                ChangeTable.append(connection, json);
            }
            return stored;
        });
    }

    @Override
    public void project(Incident incident) {
        database.write(connection -> {
            try (PreparedStatement upsert = connection.prepareStatement(
                    "INSERT INTO incident (camera, kind, line, id, opened, last, is_open, revision, json)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET opened ="
                            + " excluded.opened, last = excluded.last, is_open = excluded.is_open, revision ="
                            + " excluded.revision, json = excluded.json WHERE excluded.revision > revision")) {
                key(upsert, 1, incident.camera(), incident.kind(), incident.line());
                upsert.setString(4, incident.id());
                upsert.setLong(5, incident.opened().toEpochMilli());
                upsert.setLong(6, incident.lastPositive().toEpochMilli());
                upsert.setBoolean(7, incident.isOpen());
                upsert.setLong(8, incident.revision());
                upsert.setString(9, Json.write(incident));
                return upsert.executeUpdate();
            }
        });
    }

    @Override
    public Optional<Incident> find(String id) {
        return database.read(connection -> {
            try (PreparedStatement query = connection.prepareStatement("SELECT json FROM incident WHERE id = ?")) {
                query.setString(1, id);
                return read(query).stream().findFirst();
            }
        });
    }

    @Override
    public List<Incident> history(CameraId camera, IncidentKind kind, Line line, Instant from, Instant to) {
        return database.read(connection -> {
            try (PreparedStatement query = connection.prepareStatement("SELECT json FROM incident WHERE camera = ? AND"
                    + " kind = ? AND line = ? AND opened <= ? AND last >= ? ORDER BY opened, id")) {
                key(query, 1, camera, kind, line);
                query.setLong(4, to.toEpochMilli());
                query.setLong(5, from.toEpochMilli());
                return read(query);
            }
        });
    }

    @Override
    public List<Incident> recent(int limit) {
        return database.read(connection -> {
            try (PreparedStatement query =
                    connection.prepareStatement("SELECT json FROM incident ORDER BY opened DESC, id LIMIT ?")) {
                query.setInt(1, limit);
                return read(query);
            }
        });
    }

    /** Reads every head: there are a few for each camera of one machine. */
    @Override
    public List<Head> openHeads() {
        return database.read(connection -> {
            try (PreparedStatement query =
                            connection.prepareStatement("SELECT json FROM head ORDER BY camera, kind, line");
                    ResultSet row = query.executeQuery()) {
                List<Head> heads = new ArrayList<>();
                while (row.next()) {
                    heads.add(Json.read(row.getString(1), Head.class));
                }
                return heads.stream().filter(Head::needsTick).toList();
            }
        });
    }

    private static boolean insert(Connection connection, Head head, String json) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO head (camera, kind, line, version, json) VALUES (?, ?, ?, 1, ?) ON CONFLICT DO NOTHING")) {
            key(insert, 1, head.camera(), head.kind(), head.line());
            insert.setString(4, json);
            return insert.executeUpdate() == 1;
        }
    }

    private static boolean update(Connection connection, Head head, String json) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE head SET version = ?, json = ? WHERE camera = ? AND kind = ? AND line = ? AND version = ?")) {
            update.setLong(1, head.version());
            update.setString(2, json);
            key(update, 3, head.camera(), head.kind(), head.line());
            update.setLong(6, head.version() - 1);
            return update.executeUpdate() == 1;
        }
    }

    private static void key(PreparedStatement statement, int first, CameraId camera, IncidentKind kind, Line line)
            throws SQLException {
        statement.setString(first, camera.toString());
        statement.setString(first + 1, kind.name());
        statement.setString(first + 2, line.name());
    }

    private static List<Incident> read(PreparedStatement query) throws SQLException {
        List<Incident> incidents = new ArrayList<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                incidents.add(Json.read(row.getString(1), Incident.class));
            }
        }
        return incidents;
    }
}
