package dev.affray.agent.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The wall clock beside the monotonic one. On Linux the monotonic clock runs on across processes of one boot, which its boot id names.
 *
 * @param wall as frames are stamped by
 * @param nanos monotonic
 * @param bootId names the boot within which {@code nanos} of different processes can be compared; empty where there is no such promise
 */
public record BootClock(Clock wall, LongSupplier nanos, Optional<String> bootId) {
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    /** This machine's. */
    public static BootClock system(Clock wall) {
        Optional<String> bootId;
        try {
            bootId = Optional.of(Files.readString(BOOT_ID).strip());
        } catch (IOException e) {
            bootId = Optional.empty();
        }
        return new BootClock(wall, System::nanoTime, bootId);
    }

    /** How far the wall clock is ahead of the monotonic one: constant while nobody sets it. */
    long offsetMillis() {
        return wall.millis() - nanos.getAsLong() / 1_000_000;
    }
}
