package dev.affray.cloud.state.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affray.cloud.state.GatewayRecord;
import dev.affray.cloud.state.Head;
import dev.affray.cloud.state.Notification;
import dev.affray.cloud.state.NotificationStore;
import dev.affray.cloud.state.Step;
import dev.affray.frame.CameraId;
import dev.affray.frame.Line;
import dev.affray.incident.IncidentKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
    private static final Head HEAD =
            new Head(new CameraId("g", "c"), IncidentKind.FIGHT, Line.LIVE, 1, null, null, java.util.List.of());

    @TempDir
    Path folder;

    @Test
    void everyStoredHeadIsInTheChangeTable_untilItIsDone_acrossARestart() {
        try (Database database = Database.open(folder.resolve("state.db"))) {
            SqliteIncidentStore store = new SqliteIncidentStore(database);
            store.replace(HEAD);
            store.replace(HEAD);
            store.replace(new Head(HEAD.camera(), HEAD.kind(), HEAD.line(), 2, null, null, HEAD.incidents()));
        }
        try (Database database = Database.open(folder.resolve("state.db"))) {
            ChangeTable changes = new ChangeTable(database);
            Instant now = Instant.parse("2026-11-20T21:00:00Z");
            assertThat(changes.due(now, 10)).extracting(c -> c.head().version()).containsExactly(1L, 2L);

            changes.done(changes.due(now, 10).getFirst());
            changes.postpone(changes.due(now, 10).getFirst(), now.plus(Duration.ofSeconds(5)));

            assertThat(changes.due(now.plusSeconds(4), 10)).isEmpty();
            assertThat(changes.pending()).isEqualTo(1);
            assertThat(changes.due(now.plusSeconds(5), 10))
                    .extracting(ChangeTable.Change::attempts)
                    .containsExactly(1);
        }
    }

    @Test
    void aFileOfTheFirstVersion_isBroughtUpToDate_andKeepsWhatItHolds() throws SQLException {
        Path file = folder.resolve("state.db");
        try (Connection old = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = old.createStatement()) {
            statement.executeUpdate("CREATE TABLE gateway (thing TEXT PRIMARY KEY, document_version INTEGER NOT NULL"
                    + " DEFAULT 0, online INTEGER NOT NULL DEFAULT 0, presence_at INTEGER, health_at INTEGER, health"
                    + " TEXT, last INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID");
            statement.executeUpdate("INSERT INTO gateway (thing, online, presence_at) VALUES ('g', 1, 5000)");
            statement.executeUpdate("CREATE TABLE notification (incident TEXT NOT NULL, step TEXT NOT NULL, attempts"
                    + " INTEGER NOT NULL, lease_until INTEGER NOT NULL, sent_at INTEGER, receipt TEXT, PRIMARY KEY"
                    + " (incident, step)) WITHOUT ROWID");
            statement.executeUpdate("INSERT INTO notification VALUES ('i1', 'OPENED', 2, 9000, 7000, 'm-1'),"
                    + " ('i2', 'OPENED', 1, 9000, NULL, NULL)");
            statement.executeUpdate("PRAGMA user_version = 1");
        }
        for (int opening = 0; opening < 2; opening++) {
            try (Database database = Database.open(file)) {
                NotificationStore notifications = new SqliteNotificationStore(database);
                assertThat(notifications.of("i1"))
                        .containsExactly(new Notification(
                                new Notification.Key("i1", Step.OPENED, "mail"),
                                2,
                                null,
                                null,
                                Notification.Outcome.SENT,
                                Instant.ofEpochMilli(7000),
                                "m-1"));
                assertThat(notifications.of("i2"))
                        .singleElement()
                        .satisfies(n -> assertThat(n.isSettled()).isFalse());
                assertThat(new SqliteCameraStore(database).gateways())
                        .containsExactly(new GatewayRecord(
                                "g", true, Instant.ofEpochMilli(5000), null, null, false, null, null));
            }
        }
    }

    @Test
    void saysWhichFileCannotBeUsed() throws IOException {
        Path file = folder.resolve("state.db");
        Files.writeString(
                file, "this is no database, and long enough to be looked at by SQLite as a header at all ......");

        assertThatThrownBy(() -> Database.open(file))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(file.toString());
    }
}
