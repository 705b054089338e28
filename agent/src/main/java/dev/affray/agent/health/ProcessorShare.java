package dev.affray.agent.health;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The processor time of this process, as a share of one core over at least the last half minute, or since it is watched where that is shorter. It does not matter
 * who asks, or how often. Thread-safe.
 */
final class ProcessorShare {
    private static final long SPAN_NANOS = Duration.ofSeconds(30).toNanos();
    private static final long PACE_NANOS = Duration.ofSeconds(1).toNanos();

    private final LongSupplier nanos;
    private final Supplier<Duration> used;
    private final Deque<Reading> readings = new ArrayDeque<>();

    private record Reading(long atNanos, Duration used) {}

    ProcessorShare() {
        this(System::nanoTime, ProcessorShare::usedSoFar);
    }

    /** @param used since the process began */
    ProcessorShare(LongSupplier nanos, Supplier<Duration> used) {
        this.nanos = nanos;
        this.used = used;
        readings.add(read());
    }

    /** Of this process, since it began; nothing where the system does not tell. */
    static Duration usedSoFar() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private Reading read() {
        return new Reading(nanos.getAsLong(), used.get());
    }

    /** Rounded to a tenth. */
    synchronized double percent() {
        Reading now = read();
        Reading from = readings.removeFirst();
        while (!readings.isEmpty() && now.atNanos() - readings.getFirst().atNanos() >= SPAN_NANOS) {
            from = readings.removeFirst();
        }
        readings.addFirst(from);
        if (now.atNanos() - readings.getLast().atNanos() >= PACE_NANOS) {
            readings.addLast(now);
        }
        long elapsed = Math.max(1, now.atNanos() - from.atNanos());
        return Math.round(1000.0 * now.used().minus(from.used()).toNanos() / elapsed) / 10.0;
    }
}
