package dev.affray.agent.iot;

import dev.affray.agent.health.Trouble;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread on which everything about shadows happens, and how it goes on after an answer of the cloud. A task that fails ends no other. */
final class ShadowThread implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ShadowSync.class);
    private static final Duration RETRY = Duration.ofSeconds(10);
    private static final long FAREWELL_SECONDS = 3;

    private final BooleanSupplier connected;
    private final Trouble talking = new Trouble(log, "Talking to the shadows");
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("shadows").daemon().factory());

    /** @param connected whether it is any use to ask again now */
    ShadowThread(BooleanSupplier connected) {
        this.connected = connected;
    }

    /** May be called from any thread, also once this is closed: then nothing happens. */
    void run(Runnable task) {
        try {
            thread.execute(() -> {
                try {
                    task.run();
                } catch (RuntimeException | Error e) {
                    log.error("A shadow could not be dealt with", e);
                }
            });
        } catch (RejectedExecutionException e) {
            log.debug("Closed", e);
        }
    }

    /** In a while, as long as one waits after a failure. */
    void later(Runnable task) {
        later(task, RETRY);
    }

    void later(Runnable task, Duration delay) {
        var _ = thread.schedule(() -> run(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Goes on with the answer; after a failure tries again in a while, as long as there is a connection. */
    <T> void then(CompletableFuture<T> future, Runnable again, Consumer<T> next) {
        then(future, again, next, () -> {});
    }

    /** @param atLast done when it has gone on, or failed */
    <T> void then(CompletableFuture<T> future, Runnable again, Consumer<T> next, Runnable atLast) {
        var _ = future.whenComplete((answer, failure) -> run(() -> {
            try {
                goOn(answer, failure, again, next);
            } finally {
                atLast.run();
            }
        }));
    }

    private <T> void goOn(T answer, @Nullable Throwable failure, Runnable again, Consumer<T> next) {
        if (failure == null) {
            talking.worked();
            next.accept(answer);
        } else if (connected.getAsBoolean()) {
            talking.failed(String.valueOf(cause(failure)));
            later(again);
        }
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** Begins no task any more, and waits some seconds for the one that runs. Safe to call again. */
    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(FAREWELL_SECONDS, TimeUnit.SECONDS)) {
                log.warn("A camera is still being changed while the agent stops");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
