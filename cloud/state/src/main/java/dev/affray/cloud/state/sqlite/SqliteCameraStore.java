package dev.affray.cloud.state.sqlite;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.camera.CameraConfig;
import dev.affray.camera.CameraDocument;
import dev.affray.camera.GatewayConfig;
import dev.affray.camera.Reported;
import dev.affray.cloud.state.CameraRecord;
import dev.affray.cloud.state.CameraStore;
import dev.affray.cloud.state.GatewayRecord;
import dev.affray.cloud.state.Vitals;
import dev.affray.document.Json;
import dev.affray.document.Reading;
import dev.affray.frame.CameraId;
import dev.affray.health.CameraHealth;
import dev.affray.health.GatewayHealth;
import dev.affray.health.HealthReport;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Cameras and gateways in SQLite. */
public final class SqliteCameraStore implements CameraStore {
    private static final String SET_BACK = " OR excluded.health_at < health_at - " + MOST_LATE.toMillis();

    private final Database database;

    public SqliteCameraStore(Database database) {
        this.database = database;
    }

    @Override
    public void putDocument(CameraId camera, long version, JsonNode desired) {
        if (!(CameraDocument.read(desired) instanceof Reading.Accepted<?>)) {
            throw new IllegalArgumentException("not a good camera document for " + camera);
        }
        database.write(connection -> execute(
                connection,
                "INSERT INTO camera (id, document_version, document) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
                        + " document_version = excluded.document_version, document = excluded.document"
                        + " WHERE excluded.document_version > document_version",
                camera.toString(),
                version,
                Json.write(desired)));
    }

    @Override
    public void putGatewayDocument(String thing, long version, GatewayConfig config) {
        database.write(connection -> {
            int newer = execute(
                    connection,
                    "INSERT INTO gateway (thing, document_version) VALUES (?, ?) ON CONFLICT (thing) DO UPDATE SET"
                            + " document_version = excluded.document_version"
                            + " WHERE excluded.document_version > document_version",
                    thing,
                    version);
            if (newer == 1) {
                execute(connection, "UPDATE camera SET listed = 0 WHERE id LIKE ? ESCAPE '\\'", like(thing));
                for (String camera : config.cameras()) {
                    execute(
                            connection,
                            "INSERT INTO camera (id, listed) VALUES (?, 1) ON CONFLICT (id) DO UPDATE SET listed = 1",
                            new CameraId(thing, camera).toString());
                }
            }
            return newer;
        });
    }

    @Override
    public void putReported(CameraId camera, long version, Reported reported) {
        database.write(connection -> execute(
                connection,
                "INSERT INTO camera (id, reported_version, reported) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
                        + " reported_version = excluded.reported_version, reported = excluded.reported"
                        + " WHERE excluded.reported_version > reported_version",
                camera.toString(),
                version,
                Json.write(reported)));
    }

    @Override
    public void putHealth(HealthReport report, Instant heardAt) {
        long at = report.sentAt().toEpochMilli();
        database.write(connection -> {
            Vitals vitals = Vitals.after(vitals(connection).get(report.thing()), report, heardAt);
            for (CameraHealth camera : report.cameras()) {
                execute(
                        connection,
                        "INSERT INTO camera (id, health_at, health) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
                                + " health_at = excluded.health_at, health = excluded.health"
                                + " WHERE health_at IS NULL OR excluded.health_at >= health_at" + SET_BACK,
                        new CameraId(report.thing(), camera.camera()).toString(),
                        at,
                        Json.write(camera));
            }
            return execute(
                    connection,
                    "INSERT INTO gateway (thing, health_at, health, last, vitals) VALUES (?, ?, ?, ?, ?) ON CONFLICT"
                            + " (thing) DO UPDATE SET health_at = excluded.health_at, health = excluded.health, last ="
                            + " excluded.last, vitals = excluded.vitals WHERE health_at IS NULL OR excluded.health_at >= health_at"
                            + SET_BACK,
                    report.thing(),
                    at,
                    Json.write(report.gateway()),
                    report.last() ? 1 : 0,
                    Json.write(vitals));
        });
    }

    @Override
    public void putPresence(String thing, boolean online, Instant at) {
        database.write(connection -> execute(
                connection,
                "INSERT INTO gateway (thing, online, presence_at) VALUES (?, ?, ?) ON CONFLICT (thing) DO UPDATE SET"
                        + " online = excluded.online, presence_at = excluded.presence_at"
                        + " WHERE presence_at IS NULL OR excluded.presence_at >= presence_at",
                thing,
                online ? 1 : 0,
                at.toEpochMilli()));
    }

    @Override
    public Optional<CameraRecord> camera(CameraId camera) {
        return database.read(connection -> {
            try (PreparedStatement query = connection.prepareStatement("SELECT * FROM camera WHERE id = ?")) {
                query.setString(1, camera.toString());
                return cameras(query, vitals(connection)).stream().findFirst();
            }
        });
    }

    @Override
    public List<CameraRecord> cameras() {
        return database.read(connection -> {
            try (PreparedStatement query = connection.prepareStatement("SELECT * FROM camera ORDER BY id")) {
                return cameras(query, vitals(connection));
            }
        });
    }

    @Override
    public Optional<GatewayRecord> gateway(String thing) {
        return gateways().stream().filter(g -> g.thing().equals(thing)).findFirst();
    }

    @Override
    public List<GatewayRecord> gateways() {
        return database.read(connection -> {
            try (PreparedStatement query = connection.prepareStatement("SELECT * FROM gateway ORDER BY thing");
                    ResultSet row = query.executeQuery()) {
                List<GatewayRecord> gateways = new ArrayList<>();
                while (row.next()) {
                    Vitals vitals = json(row, "vitals", Vitals.class);
                    gateways.add(new GatewayRecord(
                            row.getString("thing"),
                            row.getBoolean("online"),
                            time(row, "presence_at"),
                            json(row, "health", GatewayHealth.class),
                            time(row, "health_at"),
                            row.getBoolean("last"),
                            vitals == null ? null : vitals.heardAt(),
                            vitals == null ? null : vitals.heardSince()));
                }
                return gateways;
            }
        });
    }

    private static Map<String, Vitals> vitals(Connection connection) throws SQLException {
        Map<String, Vitals> all = new HashMap<>();
        try (PreparedStatement query =
                        connection.prepareStatement("SELECT thing, vitals FROM gateway WHERE vitals IS NOT NULL");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                all.put(row.getString("thing"), Json.read(row.getString("vitals"), Vitals.class));
            }
        }
        return all;
    }

    private static List<CameraRecord> cameras(PreparedStatement query, Map<String, Vitals> vitals) throws SQLException {
        List<CameraRecord> cameras = new ArrayList<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                CameraId id = CameraId.parse(row.getString("id"));
                Vitals gateway = vitals.get(id.thing());
                cameras.add(new CameraRecord(
                        id,
                        row.getBoolean("listed"),
                        config(row.getString("document")),
                        row.getLong("document_version"),
                        json(row, "reported", Reported.class),
                        json(row, "health", CameraHealth.class),
                        time(row, "health_at"),
                        gateway == null ? null : gateway.cameras().get(id.camera())));
            }
        }
        return cameras;
    }

    private static @Nullable CameraConfig config(@Nullable String document) {
        if (document == null) {
            return null;
        }
        return switch (CameraDocument.read(Json.tree(document))) {
            case Reading.Accepted<CameraConfig>(CameraConfig config) -> config;
            case Reading.Refused<CameraConfig> _ -> null;
        };
    }

    private static <T> @Nullable T json(ResultSet row, String column, Class<T> type) throws SQLException {
        String json = row.getString(column);
        return json == null ? null : Json.read(json, type);
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }

    private static String like(String thing) {
        return thing.replace("_", "\\_") + "/%";
    }

    private static int execute(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }
}
