package dev.affray.cloud.local.iot;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread behind a bounded queue: work in order, and a caller that is never held up. What does not fit is dropped and counted; the log has the change only. */
final class Lane implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Lane.class);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

    private final String what;
    private final ThreadPoolExecutor executor;
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong droppedInARow = new AtomicLong();
    private boolean failing;

    /** @param what the work, in words for the log */
    Lane(String what, int capacity) {
        this.what = what;
        this.executor = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(capacity),
                Thread.ofPlatform()
                        .name("iot-" + what.replace(' ', '-'))
                        .daemon()
                        .factory(),
                new ThreadPoolExecutor.AbortPolicy());
    }

    /** False when the queue is full or closed. */
    boolean offer(Runnable work) {
        try {
            executor.execute(() -> run(work));
        } catch (RejectedExecutionException e) {
            dropped.incrementAndGet();
            if (droppedInARow.getAndIncrement() == 0 && !executor.isShutdown()) {
                log.warn("The queue of {} is full: dropping until there is room", what);
            }
            return false;
        }
        long missed = droppedInARow.getAndSet(0);
        if (missed > 0) {
            log.warn("The queue of {} has room again after {} dropped", what, missed);
        }
        return true;
    }

    /** How many never ran. */
    long dropped() {
        return dropped.get();
    }

    /** How many ended in an exception. */
    long failed() {
        return failed.get();
    }

    private void run(Runnable work) {
        try {
            work.run();
            failing = false;
        } catch (RuntimeException e) {
            failed.incrementAndGet();
            if (!failing) {
                log.error("Failed in {}; further failures in a row are only counted", what, e);
            }
            failing = true;
        }
    }

    /** Gives what is queued a few seconds to run. */
    @Override
    public void close() {
        executor.shutdown();
        try {
            if (executor.awaitTermination(LONGEST_CLOSE.toSeconds(), TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        int left = executor.shutdownNow().size();
        dropped.addAndGet(left);
        log.warn("Closed with {} of {} not done", left, what);
    }
}
