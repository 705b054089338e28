package dev.affray.agent.upload;

import dev.affray.agent.spool.DiskSpool;
import dev.affray.agent.spool.Lease;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Gives workers their next frame, under a cap one worker at a time. The wait for the uplink comes before the choice of the frame, so that what came in
 * meanwhile is chosen first. Every attempt pays for its frame, also one that fails: it may have used the uplink.
 */
final class Turnstile {
    private final DiskSpool spool;
    private final Function<String, Duration> maxLag;
    private final @Nullable Bandwidth bandwidth;
    private final ReentrantLock turn = new ReentrantLock();

    Turnstile(DiskSpool spool, Function<String, Duration> maxLag, OptionalLong bytesPerSecond) {
        this.spool = spool;
        this.maxLag = maxLag;
        this.bandwidth = bytesPerSecond.isEmpty() ? null : new Bandwidth(bytesPerSecond.getAsLong(), System::nanoTime);
    }

    /** The cap, to be shared. */
    Optional<Bandwidth> cap() {
        return Optional.ofNullable(bandwidth);
    }

    /** The next frame; empty when none came, or might go, in that time. */
    Optional<Lease> next(Duration patience) throws InterruptedException {
        return bandwidth == null ? spool.take(patience, maxLag) : capped(bandwidth, patience);
    }

    private Optional<Lease> capped(Bandwidth cap, Duration patience) throws InterruptedException {
        if (!turn.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            return Optional.empty();
        }
        try {
            long left = cap.leftNanos();
            if (left > patience.toNanos()) {
                Thread.sleep(patience);
                return Optional.empty();
            }
            if (left > 0) {
                TimeUnit.NANOSECONDS.sleep(left);
            }
            Optional<Lease> lease = spool.take(patience, maxLag);
            lease.ifPresent(taken -> cap.spend(taken.size()));
            return lease;
        } finally {
            turn.unlock();
        }
    }
}
