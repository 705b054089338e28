package dev.affray.cloud.alerting;

import dev.affray.cloud.alerting.Alerting.Postponed;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Several things to announce, of which one that must wait does not hold up the others; the first reason to wait is told at the end. */
final class Attempts {
    private @Nullable Postponed first;

    /** One of them. */
    interface Attempt {
        void run() throws Postponed;
    }

    /** One of them, for each of some. */
    interface AttemptOf<T> {
        void run(T of) throws Postponed;
    }

    void of(Attempt attempt) {
        try {
            attempt.run();
        } catch (Postponed e) {
            first = first == null ? e : first;
        }
    }

    /** All at once, so that none waits for the time-out of another; done when all are. */
    <T> void each(List<T> all, AttemptOf<T> attempt) {
        if (all.size() == 1) {
            of(() -> attempt.run(all.getFirst()));
            return;
        }
        List<Future<?>> running = new ArrayList<>();
        try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
            all.forEach(one -> running.add(each.submit(() -> {
                attempt.run(one);
                return one;
            })));
        }
        running.forEach(this::outcome);
    }

    private void outcome(Future<?> done) {
        try {
            done.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case Postponed postponed -> first = first == null ? postponed : first;
                case RuntimeException failure -> throw failure;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while announcing", e);
        }
    }

    void end() throws Postponed {
        if (first != null) {
            throw first;
        }
    }
}
