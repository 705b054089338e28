package dev.affray.cloud.state.sqlite;

import dev.affray.cloud.state.Detection;
import dev.affray.cloud.state.DetectionStore;
import dev.affray.frame.CameraId;
import dev.affray.frame.Frame;
import dev.affray.frame.FrameKey;
import dev.affray.frame.Line;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Detections in SQLite: one insert a frame, one range of the primary key a query. */
public final class SqliteDetectionStore implements DetectionStore {
    private final Database database;

    public SqliteDetectionStore(Database database) {
        this.database = database;
    }

    @Override
    public boolean put(Detection detection) {
        return database.write(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO detection (camera, position, key, line, label, confidence, detector)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")) {
                insert.setString(1, detection.camera().toString());
                insert.setString(2, detection.frame().position());
                insert.setString(3, detection.key().format());
                insert.setString(4, detection.line().name());
                insert.setString(5, detection.label());
                insert.setDouble(6, detection.confidence());
                insert.setString(7, detection.detector());
                return insert.executeUpdate() == 1;
            }
        });
    }

    @Override
    public List<Detection> between(CameraId camera, Instant after, Instant before) {
        return database.read(connection -> {
            try (PreparedStatement query = connection.prepareStatement(
                    "SELECT * FROM detection WHERE camera = ? AND position >= ? AND position < ? ORDER BY position")) {
                query.setString(1, camera.toString());
                query.setString(2, firstAt(camera, after.plusMillis(1)));
                query.setString(3, firstAt(camera, before));
                return read(query);
            }
        });
    }

    @Override
    public Optional<Detection> newest(CameraId camera) {
        return database.read(connection -> {
            try (PreparedStatement query = connection.prepareStatement(
                    "SELECT * FROM detection WHERE camera = ? ORDER BY position DESC LIMIT 1")) {
                query.setString(1, camera.toString());
                return read(query).stream().findFirst();
            }
        });
    }

    /** Forgets detections captured before a time; returns how many. DynamoDB's time to live does this in AWS. */
    public int expire(Instant before) {
        return database.write(connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM detection WHERE substr(position, 1, 13) < ?")) {
                delete.setString(1, "%013d".formatted(Math.max(0, before.toEpochMilli())));
                return delete.executeUpdate();
            }
        });
    }

    /** The least position that a frame captured at this time can have. */
    private static String firstAt(CameraId camera, Instant time) {
        Instant representable = Instant.ofEpochMilli(Math.max(0, time.toEpochMilli()));
        return new Frame(camera, representable, 0, OptionalInt.empty()).position();
    }

    private static List<Detection> read(PreparedStatement query) throws SQLException {
        List<Detection> detections = new ArrayList<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                detections.add(new Detection(
                        FrameKey.parse(row.getString("key")),
                        Line.valueOf(row.getString("line")),
                        row.getString("label"),
                        row.getDouble("confidence"),
                        row.getString("detector")));
            }
        }
        return detections;
    }
}
