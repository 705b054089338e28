package dev.affray.cloud.local;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A part that takes seconds to start, and does so on a thread of its own while others do. Closing it waits for the start. Thread-safe. */
final class Starting<T> implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Starting.class);

    private final FutureTask<T> start;
    private final Consumer<T> stop;

    private Starting(FutureTask<T> start, Consumer<T> stop) {
        this.start = start;
        this.stop = stop;
    }

    /** Begins to start the part; {@code stop} is what closes it. */
    static <T> Starting<T> begin(String name, Callable<T> start, Consumer<T> stop) {
        Starting<T> starting = new Starting<>(new FutureTask<>(start), stop);
        Thread.ofPlatform().daemon().name("starting-" + name).start(starting.start);
        return starting;
    }

    /**
     * The part, once it is started.
     *
     * @throws IOException when it did not start, or the wait was interrupted
     */
    T get() throws IOException {
        try {
            return start.get();
        } catch (ExecutionException e) {
            throw reason(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a part started", e);
        }
    }

    /** Closes the part, unless it did not start: {@link #get} has told why. */
    @Override
    public void close() {
        try {
            stop.accept(start.get());
        } catch (ExecutionException e) {
            log.debug("nothing to close", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static IOException reason(ExecutionException failure) {
        if (failure.getCause() instanceof RuntimeException e) {
            throw e;
        }
        if (failure.getCause() instanceof Error e) {
            throw e;
        }
        return failure.getCause() instanceof IOException e ? e : new IOException(failure.getCause());
    }
}
