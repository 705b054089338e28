package dev.affray.agent.upload;

import dev.affray.agent.health.Trouble;
import dev.affray.agent.spool.DiskSpool;
import dev.affray.agent.spool.Lease;
import dev.affray.frame.FrameKey;
import dev.affray.frame.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries frames from the spool to S3, in the order that {@link DiskSpool#take} gives them, a few at once. A frame leaves the spool only after S3 has it.
 *
 * <pre>{@code
 * spool.take -> age <= maxLag? live : backlog -> S3 put -> Stored   -> spool.done
 *                                                          Retry, Unreachable -> spool.retry, all workers pause
 *                                                          Rejected -> spool.reject
 *       file gone or damaged -> spool.unreadable
 * }</pre>
 */
public final class Uploader implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Uploader.class);
    private static final Duration LOOK = Duration.ofMillis(200);

    /** An uplink that is back shall be noticed while frames are still live. */
    private static final Duration UNREACHABLE = Duration.ofSeconds(5);

    private static final Duration FAREWELL = Duration.ofSeconds(4);
    private static final Duration LAST_WORD = Duration.ofSeconds(1);

    private final DiskSpool spool;
    private final S3Frames s3;
    private final Function<String, Duration> maxLag;
    private final Turnstile turnstile;
    private final Duration longestPause;
    private final Duration unreachablePause;
    private final Backoff backoff;
    private final Unreadable unreadable = new Unreadable();
    private final Trouble uploading = new Trouble(log, "Uploading");
    private final Trouble accepting = new Trouble(log, "Having every frame accepted");
    private final List<Thread> workers = new ArrayList<>();
    private volatile boolean closed;

    /**
     * @param maxLag by camera: an older frame goes to the backlog
     * @param firstPause after the first failure; doubles up to {@code longestPause}, or up to five seconds while S3 cannot be reached at all
     */
    public Uploader(
            DiskSpool spool,
            S3Frames s3,
            UploadLimits limits,
            Function<String, Duration> maxLag,
            Duration firstPause,
            Duration longestPause) {
        this.spool = spool;
        this.s3 = s3;
        this.maxLag = maxLag;
        this.turnstile = new Turnstile(spool, maxLag, limits.bytesPerSecond());
        this.longestPause = longestPause;
        this.unreachablePause = longestPause.compareTo(UNREACHABLE) < 0 ? longestPause : UNREACHABLE;
        this.backoff = new Backoff(firstPause);
        for (int i = 1; i <= limits.concurrency(); i++) {
            this.workers.add(Thread.ofPlatform().name("upload-" + i).daemon().unstarted(this::work));
        }
    }

    /** The cap on bytes a second, for whatever else goes over the same uplink. */
    Optional<Bandwidth> cap() {
        return turnstile.cap();
    }

    /** Begins. */
    public void start() {
        workers.forEach(Thread::start);
    }

    private void work() {
        try {
            while (!closed) {
                backoff.await();
                next().ifPresent(this::upload);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Never throws for want of memory and the like: a worker that ends would be missed by nobody. */
    private Optional<Lease> next() throws InterruptedException {
        try {
            return turnstile.next(LOOK);
        } catch (RuntimeException | Error e) {
            backoff.failed(longestPause);
            uploading.failed(e.getClass().getSimpleName());
            return Optional.empty();
        }
    }

    private void upload(Lease lease) {
        Optional<UploadOutcome> outcome = attempt(lease);
        if (outcome.isPresent()) {
            settle(lease, outcome.get());
        } else {
            spool.unreadable(lease);
        }
    }

    /** Empty when the file can never be read. Never throws, not even for want of memory: a frame must come back from its lease whatever happens. */
    private Optional<UploadOutcome> attempt(Lease lease) {
        try {
            byte[] jpeg = Files.readAllBytes(lease.file());
            return Optional.of(s3.put(new FrameKey(line(lease), lease.frame()), jpeg));
        } catch (IOException e) {
            return unread(lease, e);
        } catch (RuntimeException | Error e) {
            return Optional.of(new UploadOutcome.Retry(e.getClass().getSimpleName()));
        }
    }

    private Optional<UploadOutcome> unread(Lease lease, IOException failure) {
        if (unreadable.isForGood(lease.frame(), lease.file(), failure)) {
            log.warn("Cannot read {}: {}", lease.file(), failure.toString());
            return Optional.empty();
        }
        return Optional.of(new UploadOutcome.Retry("a frame cannot be read: " + failure));
    }

    private Line line(Lease lease) {
        Duration bound = maxLag.apply(lease.frame().camera().camera());
        return lease.age().filter(age -> age.compareTo(bound) <= 0).isPresent() ? Line.LIVE : Line.BACKLOG;
    }

    private void settle(Lease lease, UploadOutcome outcome) {
        switch (outcome) {
            case UploadOutcome.Stored() -> {
                spool.done(lease);
                backoff.worked();
                uploading.worked();
            }
            case UploadOutcome.Retry(String reason) -> {
                spool.retry(lease);
                if (!closed) {
                    backoff.failed(longestPause);
                    uploading.failed(reason);
                }
            }
            case UploadOutcome.Unreachable(String reason) -> {
                spool.retry(lease);
                if (!closed) {
                    backoff.failed(unreachablePause);
                    uploading.failed(reason);
                }
            }
            case UploadOutcome.Rejected(String reason) -> {
                spool.reject(lease);
                backoff.worked();
                accepting.failed(reason + "; such frames are kept aside and counted");
            }
        }
    }

    /** Takes no more frames and lets those under way finish for a few seconds. What is not sent by then stays in the spool. */
    @Override
    public void close() {
        closed = true;
        try {
            backoff.worked();
            await(FAREWELL);
            workers.forEach(Thread::interrupt);
            await(LAST_WORD);
        } catch (InterruptedException e) {
            workers.forEach(Thread::interrupt);
            Thread.currentThread().interrupt();
        }
    }

    /** Returns when all workers have ended, or after that time. */
    private void await(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        for (Thread worker : workers) {
            if (worker.isAlive()) {
                var _ = worker.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            }
        }
    }
}
