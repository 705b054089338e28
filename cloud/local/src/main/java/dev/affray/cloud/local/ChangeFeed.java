package dev.affray.cloud.local;

import dev.affray.cloud.alerting.Alerting;
import dev.affray.cloud.state.sqlite.ChangeTable;
import dev.affray.cloud.state.sqlite.ChangeTable.Change;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands stored heads to alerting until each is handled, as DynamoDB's stream does in AWS. One thread; a head that fails, even with an Error, waits while
 * others go on: without that thread the alarm would be silent.
 */
final class ChangeFeed implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ChangeFeed.class);
    private static final int BATCH = 50;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final long POLL_MILLIS = 200;

    private final ChangeTable changes;
    private final Alerting alerting;
    private final Clock clock;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    /** Heads put off and not handled since; the feed's thread alone touches it. */
    private final Set<Long> waiting = new HashSet<>();

    private volatile @Nullable String complaint;

    ChangeFeed(ChangeTable changes, Alerting alerting, Clock clock) {
        this.changes = changes;
        this.alerting = alerting;
        this.clock = clock;
        this.thread = Thread.ofPlatform().name("change-feed").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** How many heads are not handled yet. */
    int pending() {
        return changes.pending();
    }

    /** Why a head could not be handled lately; absent when none waits for that. */
    @Nullable
    String complaint() {
        return complaint;
    }

    /** Handles what is due now; returns whether there was anything. */
    boolean step() {
        List<Change> due = changes.due(clock.instant(), BATCH);
        due.forEach(this::handle);
        return !due.isEmpty();
    }

    /** Finishes the head in hand and stops; also safe before the start. What is left is there at the next start. */
    @Override
    public void close() {
        closing.countDown();
        if (thread.getState() == Thread.State.NEW) {
            return;
        }
        try {
            thread.join(Duration.ofSeconds(30));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closing.await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                drain();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void drain() {
        try {
            while (closing.getCount() > 0 && step()) {
                log.debug("handled a batch of changes");
            }
        } catch (RuntimeException | Error e) {
            complain("the change table cannot be read: " + e.getMessage());
        }
    }

    private void handle(Change change) {
        if (closing.getCount() == 0) {
            return;
        }
        try {
            alerting.handle(change.head());
            changes.done(change);
            waiting.remove(change.seq());
            // A head that has nothing to announce says nothing about those that have.
            if (waiting.isEmpty()) {
                complain(null);
            }
        } catch (Alerting.Postponed e) {
            postpone(change, e.after(), String.valueOf(e.getMessage()));
        } catch (RuntimeException | Error e) {
            postpone(change, Duration.ofSeconds(2), "alerting failed: " + e);
        }
    }

    private void postpone(Change change, Duration atLeast, String why) {
        Duration backOff = Duration.ofSeconds(1L << Math.min(change.attempts(), 6));
        Duration wait = backOff.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : backOff;
        waiting.add(change.seq());
        changes.postpone(change, clock.instant().plus(wait.compareTo(atLeast) > 0 ? wait : atLeast));
        complain(why);
    }

    /** Speaks once when something begins to fail, and once when it works again. */
    private void complain(@Nullable String why) {
        if (why != null && !why.equals(complaint)) {
            log.warn("alerts are waiting: {}", why);
        } else if (why == null && complaint != null) {
            log.info("alerts go out again");
        }
        complaint = why;
    }
}
