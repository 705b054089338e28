package dev.affray.agent.spool;

import dev.affray.agent.health.Ledgers;
import dev.affray.frame.CameraId;
import dev.affray.frame.Frame;
import dev.affray.health.SpoolHealth;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** A machine for the tests: its clocks are set by hand, its agent can be started again. */
final class Gateway {
    static final String THING = "gateway-1";
    static final Duration MAX_LAG = Duration.ofSeconds(20);

    final Path data;
    final AtomicLong nanos = new AtomicLong(5_000_000_000L);
    Instant wall = Instant.parse("2026-11-01T12:00:00Z");
    String boot = "boot-1";
    SpoolBounds bounds = new SpoolBounds(8_000_000, Duration.ofHours(24), 0);
    Fsync fsync = Fsync.NEVER;
    final FaultyDisk disk;
    Ledgers ledgers = new Ledgers();
    DiskSpool spool;

    Gateway(Path data) {
        this.data = data;
        try {
            disk = new FaultyDisk(Files.createDirectories(data));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start();
    }

    /** Starts the agent (again): a new ledger, a new spool on the same disk. Nothing is closed before, as after SIGKILL. */
    final void start() {
        ledgers = new Ledgers();
        Clock clock = new Clock() {
            @Override
            public Instant instant() {
                return wall;
            }

            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }
        };
        try {
            BootClock bootClock = new BootClock(clock, nanos::get, Optional.of(boot));
            spool = DiskSpool.open(data, THING, bounds, fsync, ledgers, bootClock, disk);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
        wall = wall.plus(time);
    }

    Frame add(String camera) throws IOException {
        return add(camera, 1000);
    }

    Frame add(String camera, int size) throws IOException {
        pass(Duration.ofMillis(500));
        return spool.add(camera, wall, OptionalInt.of(7), jpeg(size));
    }

    /** What {@link #add} will call its frame when that is the camera's so-manieth. */
    String nextName(String camera, long sequence) {
        Instant then = wall.plus(Duration.ofMillis(500));
        return new Frame(new CameraId(THING, camera), then, sequence, OptionalInt.of(7)).name();
    }

    Lease take() throws InterruptedException {
        return takeIfAny().orElseThrow();
    }

    Optional<Lease> takeIfAny() throws InterruptedException {
        return spool.take(Duration.ZERO, _ -> MAX_LAG);
    }

    /** Bytes of disk that so many bytes of picture take up here. */
    long footprint(long size) throws IOException {
        return new Footprint(disk.blockBytes()).ofBytes(size);
    }

    SpoolHealth health() {
        return spool.health();
    }

    static byte[] jpeg(int size) {
        byte[] bytes = new byte[size];
        bytes[0] = (byte) 0xFF;
        bytes[1] = (byte) 0xD8;
        bytes[size - 2] = (byte) 0xFF;
        bytes[size - 1] = (byte) 0xD9;
        return bytes;
    }

    List<Path> files(String folder) throws IOException {
        if (!Files.exists(data.resolve(folder))) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(data.resolve(folder))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
