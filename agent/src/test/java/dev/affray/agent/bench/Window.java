package dev.affray.agent.bench;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * When it is measured.
 *
 * @param warmUp from the start of a process on; not measured
 * @param length measured after that
 */
record Window(Duration warmUp, Duration length) {
    /** A minute after a minute, unless {@code bench.warmUp} and {@code bench.window} give other seconds. */
    static Window ofProperties() {
        return new Window(
                Duration.ofSeconds(Integer.getInteger("bench.warmUp", 60)),
                Duration.ofSeconds(Integer.getInteger("bench.window", 60)));
    }

    /** Whether {@code bench.rows}, where it is given, names this row. */
    static boolean wants(String row) {
        return Optional.ofNullable(System.getProperty("bench.rows"))
                .map(rows -> Set.of(rows.toLowerCase(Locale.ROOT).split(",")).contains(row))
                .orElse(true);
    }

    /** Both half as long again. */
    Window longer() {
        return new Window(
                warmUp.multipliedBy(3).dividedBy(2), length.multipliedBy(3).dividedBy(2));
    }

    /** From the start of a process to the end of what is measured. */
    Duration whole() {
        return warmUp.plus(length);
    }

    /** How long a film must be that is to be shown to the end of it. */
    Duration film() {
        return whole().plusSeconds(60);
    }
}
