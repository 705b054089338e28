package dev.affray.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.health.FrameCounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The books balance, and agree with the disk, whatever happens in whatever order. */
class SpoolLawTest {
    private static final long RESERVE = 100_000;
    private static final List<String> CAMERAS = List.of("yard", "hall", "gate");

    @TempDir
    Path data;

    private final List<Lease> leases = new ArrayList<>();
    private final Set<String> given = new HashSet<>();
    private final Map<String, Long> instants = new HashMap<>();
    private long max;

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1, 2, 3), new Random().longs(3));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyFrameLeavesByExactlyOneDoor(long seed) throws Exception {
        System.out.println("SpoolLawTest seed " + seed);
        Random random = new Random(seed);
        Gateway gateway = new Gateway(data);
        max = 30 * gateway.footprint(1);
        gateway.bounds = new SpoolBounds(max, Duration.ofMinutes(3), RESERVE);
        gateway.disk.pretending = true;
        gateway.fsync = Fsync.values()[random.nextInt(Fsync.values().length)];
        gateway.start();
        for (int step = 0; step < 700; step++) {
            step(gateway, random);
            check(gateway, "seed " + seed + ", step " + step);
        }
    }

    private void step(Gateway gateway, Random random) throws Exception {
        String camera = CAMERAS.get(random.nextInt(CAMERAS.size()));
        switch (random.nextInt(26)) {
            case 0, 1, 2, 3, 4, 5, 6, 7 -> add(gateway, camera, 4 + random.nextInt(5000));
            case 8, 9, 10, 11 -> gateway.takeIfAny().ifPresent(leases::add);
            case 12, 13 -> lease(random, gateway.spool::done);
            case 14, 15 -> lease(random, gateway.spool::retry);
            case 16 -> lease(random, gateway.spool::reject);
            case 17 -> lease(random, gateway.spool::unreadable);
            case 18 -> gateway.pass(Duration.ofSeconds(random.nextInt(60)));
            case 19 -> encoderFails(gateway, camera);
            case 20 -> gateway.disk.full = random.nextInt(4) == 0;
            case 21 -> gateway.disk.broken = random.nextInt(4) == 0;
            case 22 -> gateway.disk.forgetful = random.nextInt(4) == 0;
            case 23 ->
                gateway.disk.takenByOthers = random.nextInt(4) == 0 ? gateway.disk.usableBytes() - RESERVE / 2 : 0;
            case 24 -> gateway.spool.flush();
            default -> {
                if (random.nextInt(10) == 0) {
                    restart(gateway, random, camera);
                }
            }
        }
    }

    private void encoderFails(Gateway gateway, String camera) {
        instants.merge(camera, 1L, Long::sum);
        gateway.ledgers.of(camera).failed();
    }

    private void add(Gateway gateway, String camera, int size) {
        instants.merge(camera, 1L, Long::sum);
        try {
            String position = camera + gateway.add(camera, size).sequence();
            assertThat(given.add(position)).as("sequence given once").isTrue();
        } catch (IOException e) {
            gateway.ledgers.of(camera).failed();
        }
    }

    private void lease(Random random, java.util.function.Consumer<Lease> door) {
        if (!leases.isEmpty()) {
            door.accept(leases.remove(random.nextInt(leases.size())));
        }
    }

    private void restart(Gateway gateway, Random random, String camera) throws IOException {
        leases.clear();
        instants.clear();
        if (random.nextBoolean()) {
            Files.createDirectories(data.resolve("spool").resolve(camera));
            Files.write(
                    data.resolve("spool")
                            .resolve(camera)
                            .resolve("torn-" + random.nextInt() + (random.nextBoolean() ? ".jpg" : ".jpg.tmp")),
                    new byte[3]);
        }
        if (random.nextBoolean()) {
            gateway.boot = "boot-" + random.nextInt();
        }
        gateway.start();
    }

    private void check(Gateway gateway, String where) throws IOException {
        long pending = 0;
        for (String camera : gateway.ledgers.cameras()) {
            FrameCounts counts = gateway.ledgers.of(camera).counts();
            assertThat(counts.conserved()).as(where + ", " + counts).isTrue();
            assertThat(counts.pending()).as(where).isNotNegative();
            assertThat(counts.captured()).as(where).isEqualTo(instants.getOrDefault(camera, 0L));
            pending += counts.pending();
        }
        List<Path> files = gateway.files("spool");
        assertThat(files).as(where).hasSize((int) pending);
        assertThat(gateway.spool.bytes())
                .as(where)
                .isEqualTo(new Footprint(gateway.disk.blockBytes()).of(data.resolve("spool"))
                        + new Footprint(gateway.disk.blockBytes()).of(data.resolve("aside")))
                .isLessThanOrEqualTo(max);
        assertThat(gateway.spool.isEmpty()).as(where).isEqualTo(pending == 0);
    }
}
