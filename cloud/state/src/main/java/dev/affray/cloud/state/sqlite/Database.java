package dev.affray.cloud.state.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;

/**
 * One SQLite file in write-ahead mode with {@code synchronous=FULL}: what a write returned from survives a crash and a power cut. One connection writes,
 * one reads; a read sees every write that returned before it began. Thread-safe.
 */
public final class Database implements AutoCloseable {
    private static final int SCHEMA_VERSION = 3;
    private static final int BUSY_MILLIS = 10_000;

    private final Writer writer;
    private final Connection reader;

    private Database(Writer writer, Connection reader) {
        this.writer = writer;
        this.reader = reader;
    }

    /**
     * Opens the file, and makes it where there is none.
     *
     * @throws IllegalStateException when it cannot be used, saying why
     */
    public static Database open(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Connection writer = connect(file);
            writer.setAutoCommit(false);
            prepare(writer);
            writer.commit();
            return new Database(new Writer(writer), connect(file));
        } catch (SQLException | IOException e) {
            throw new IllegalStateException("cannot use the state file " + file + ": " + e.getMessage(), e);
        }
    }

    /** Work on a connection. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Runs a transaction: all of it or, when it throws, nothing. */
    <T> T write(Work<T> work) {
        return writer.write(work);
    }

    /** Runs a query. */
    <T> T read(Work<T> work) {
        synchronized (reader) {
            try {
                return work.on(reader);
            } catch (SQLException e) {
                throw new IllegalStateException("state: " + e.getMessage(), e);
            }
        }
    }

    @Override
    public void close() {
        try {
            synchronized (reader) {
                reader.close();
            }
            writer.close();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot close the state file: " + e.getMessage(), e);
        }
    }

    private static Connection connect(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_MILLIS);
        return DriverManager.getConnection("jdbc:sqlite:" + file.toAbsolutePath(), config.toProperties());
    }

    private static void prepare(Connection connection) throws SQLException, IOException {
        try (Statement statement = connection.createStatement()) {
            int version;
            try (ResultSet result = statement.executeQuery("PRAGMA user_version")) {
                version = result.getInt(1);
            }
            if (version > SCHEMA_VERSION) {
                throw new IOException("it was written by a newer version of Affray (schema " + version
                        + "; this one knows " + SCHEMA_VERSION + ")");
            }
            if (version == 0) {
                run(statement, "schema.sql");
            }
            if (version == 1) {
                statement.executeUpdate("ALTER TABLE gateway ADD COLUMN vitals TEXT");
            }
            if (version == 1 || version == 2) {
                statement.executeUpdate("ALTER TABLE notification RENAME TO notification_2");
            }
            if (version < 3) {
                run(statement, "announcing.sql");
            }
            if (version == 1 || version == 2) {
                // Before, all there was went by mail.
                statement.executeUpdate("INSERT INTO notification SELECT incident, step, 'mail', attempts, 0, NULL,"
                        + " NULL, CASE WHEN sent_at IS NULL THEN NULL ELSE 'SENT' END, sent_at, receipt"
                        + " FROM notification_2");
                statement.executeUpdate("DROP TABLE notification_2");
            }
            if (version < SCHEMA_VERSION) {
                statement.executeUpdate("PRAGMA user_version = " + SCHEMA_VERSION);
            }
        }
    }

    private static void run(Statement statement, String file) throws SQLException, IOException {
        for (String sql : text(file).split(";", -1)) {
            if (!sql.isBlank()) {
                statement.executeUpdate(sql);
            }
        }
    }

    private static String text(String file) throws IOException {
        try (InputStream in = Database.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IOException(file + " is missing from this build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
