package dev.affray.cloud.state.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * The one connection that writes. Transactions that come while another is being committed are committed together: a commit waits for the disk, however
 * much is in it. Each is still all or nothing, one that throws takes no other with it, and none returns before it is on the disk. Thread-safe.
 */
final class Writer {
    private final Connection connection;
    private final ConcurrentLinkedQueue<Transaction<?>> waiting = new ConcurrentLinkedQueue<>();

    Writer(Connection connection) {
        this.connection = connection;
    }

    /** Runs a transaction: all of it or, when it throws, nothing. */
    <T> T write(Database.Work<T> work) {
        Transaction<T> mine = new Transaction<>(work);
        waiting.add(mine);
        synchronized (connection) {
            if (!mine.over) {
                commitWhatWaits();
            }
        }
        return mine.result();
    }

    void close() throws SQLException {
        synchronized (connection) {
            connection.close();
        }
    }

    /** How many have come and are not begun. */
    int waiting() {
        return waiting.size();
    }

    private void commitWhatWaits() {
        List<Transaction<?>> together = new ArrayList<>();
        for (Transaction<?> next = waiting.poll(); next != null; next = waiting.poll()) {
            together.add(next);
        }
        try {
            for (Transaction<?> transaction : together) {
                transaction.runOn(connection);
            }
            connection.commit();
        } catch (SQLException | RuntimeException | Error e) {
            together.forEach(transaction -> transaction.fail(e));
            rollBack();
        } finally {
            together.forEach(transaction -> transaction.over = true);
        }
    }

    private void rollBack() {
        try {
            connection.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException("state: cannot roll back: " + e.getMessage(), e);
        }
    }

    /** One of them; all but its construction and {@link #result} under the connection's lock. */
    private static final class Transaction<T> {
        private final Database.Work<T> work;
        private @Nullable T value;
        private @Nullable Throwable failure;
        private boolean over;

        Transaction(Database.Work<T> work) {
            this.work = work;
        }

        void runOn(Connection connection) throws SQLException {
            Savepoint before = connection.setSavepoint();
            try {
                value = work.on(connection);
            } catch (SQLException | RuntimeException | Error e) {
                failure = e;
                connection.rollback(before);
            }
            connection.releaseSavepoint(before);
        }

        void fail(Throwable e) {
            failure = failure == null ? e : failure;
        }

        @SuppressWarnings("NullAway") // Without a failure the value is what the work returned.
        T result() {
            return switch (failure) {
                case null -> value;
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                case Throwable e -> throw new IllegalStateException("state: " + e.getMessage(), e);
            };
        }
    }
}
