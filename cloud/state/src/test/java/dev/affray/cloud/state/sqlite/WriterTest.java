package dev.affray.cloud.state.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WriterTest {
    private static final int MANY = 20;

    @TempDir
    Path folder;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Connection connection;
    private Writer writer;

    @BeforeEach
    void open() throws SQLException {
        connection = connect();
        connection.setAutoCommit(false);
        writer = new Writer(connection);
        writer.write(c -> execute(c, "CREATE TABLE number (n INTEGER PRIMARY KEY)"));
    }

    @AfterEach
    void close() throws SQLException {
        threads.close();
        writer.close();
    }

    @Test
    void oneThatThrowsIsUndone_andTakesNoOtherOfItsGroupWithIt() throws Exception {
        List<Future<?>> written = together(n -> c -> {
            execute(c, "INSERT INTO number VALUES (" + n + ")");
            // By a constraint, by the caller's own doing, and not at all.
            return switch (n % 3) {
                case 0 -> execute(c, "INSERT INTO number VALUES (" + n + ")");
                case 1 -> throw new IllegalArgumentException("not " + n);
                default -> 1;
            };
        });

        TreeSet<Integer> stored = new TreeSet<>();
        for (int n = 0; n < MANY; n++) {
            Future<?> one = written.get(n);
            if (n % 3 == 2) {
                assertThat(one.get()).isEqualTo(1);
                stored.add(n);
            } else {
                assertThatThrownBy(one::get)
                        .isInstanceOf(ExecutionException.class)
                        .cause()
                        .isInstanceOf(n % 3 == 0 ? IllegalStateException.class : IllegalArgumentException.class);
            }
        }
        assertThat(numbers()).isEqualTo(stored);
    }

    @Test
    void noneReturnsWithAValue_whenTheyCannotBeCommitted() throws Exception {
        List<Future<?>> written = together(n -> c -> {
            if (n == MANY - 1) {
                c.close();
            }
            return execute(c, "INSERT INTO number VALUES (" + n + ")");
        });

        for (Future<?> one : written) {
            assertThatThrownBy(one::get).cause().isInstanceOf(IllegalStateException.class);
        }
        assertThat(numbers()).isEmpty();
    }

    private interface Numbered {
        Database.Work<Integer> work(int n);
    }

    /** Writes that come, in this order, while another is at work. */
    private List<Future<?>> together(Numbered numbered) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch all = new CountDownLatch(1);
        Future<?> busy = threads.submit(() -> writer.write(_ -> {
            begun.countDown();
            try {
                all.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return 0;
        }));
        begun.await();
        List<Future<?>> written = new ArrayList<>();
        for (int n = 0; n < MANY; n++) {
            Database.Work<Integer> work = numbered.work(n);
            written.add(threads.submit(() -> writer.write(work)));
            await(n + 1);
        }
        all.countDown();
        busy.get();
        return written;
    }

    private void await(int waiting) throws InterruptedException {
        do {
            Thread.sleep(2);
        } while (writer.waiting() != waiting);
    }

    private TreeSet<Integer> numbers() throws SQLException {
        TreeSet<Integer> numbers = new TreeSet<>();
        try (Connection other = connect();
                Statement statement = other.createStatement();
                ResultSet row = statement.executeQuery("SELECT n FROM number")) {
            while (row.next()) {
                numbers.add(row.getInt(1));
            }
        }
        return numbers;
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("numbers.db"));
    }

    private static int execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }
}
