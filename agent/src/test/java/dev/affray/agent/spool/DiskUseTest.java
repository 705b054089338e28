package dev.affray.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.affray.health.FrameCounts;
import dev.affray.health.SpoolState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the spool takes of a disk, by the file system's own count. The small disks are mounted, which needs root. */
class DiskUseTest {
    private static final int MEGABYTE = 1024 * 1024;

    @TempDir
    Path folder;

    private boolean mounted;

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assumeTrue(process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0, () -> command[0] + ": " + output);
        return output;
    }

    /** An empty disk of its own. */
    private Path disk(int megabytes) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/mount")), "no mount here");
        Path disk = Files.createDirectories(folder.resolve("disk"));
        run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", disk.toString());
        mounted = true;
        return disk;
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            run("umount", "-l", folder.resolve("disk").toString());
        }
    }

    private static Gateway gateway(Path data, long maxBytes, long minFreeBytes) {
        Gateway gateway = new Gateway(data);
        gateway.bounds = new SpoolBounds(maxBytes, Duration.ofHours(24), minFreeBytes);
        gateway.start();
        return gateway;
    }

    private static long used(FileStore store) throws IOException {
        return store.getTotalSpace() - store.getUnallocatedSpace();
    }

    @Test
    void countsWhatTheFileSystemGivesOut() throws Exception {
        Gateway gateway = gateway(folder, 20 * MEGABYTE, 0);
        Random random = new Random(1);
        for (int i = 0; i < 100; i++) {
            gateway.add("yard", 4 + random.nextInt(100_000));
            if (i % 10 == 0) {
                gateway.spool.reject(gateway.take());
            }
        }
        long blocks = run(
                        "find",
                        folder.resolve("spool") + "",
                        folder.resolve("aside") + "",
                        "-type",
                        "f",
                        "-printf",
                        "%b\\n")
                .lines()
                .mapToLong(Long::parseLong)
                .sum();

        assertThat(gateway.spool.bytes()).isEqualTo(blocks * 512);
    }

    @Test
    void keepsItsNewestFrames_onADiskSmallerThanItsBound() throws Exception {
        Gateway gateway = gateway(disk(2), 100 * MEGABYTE, 0);
        for (int i = 0; i < 100; i++) {
            gateway.add("yard", 60_000);
        }

        FrameCounts counts = gateway.ledgers.of("yard").counts();
        assertThat(counts.conserved()).isTrue();
        assertThat(counts.spooled()).isEqualTo(100);
        assertThat(counts.pending()).isGreaterThan(20);
        assertThat(gateway.files("spool")).hasSize((int) counts.pending());
        assertThat(gateway.health().state()).isEqualTo(SpoolState.EVICTING);
        assertThat(gateway.health().detail()).contains("the disk is full");
    }

    @Test
    void refusesFramesWhileOthersFillTheDisk_andGoesOnByItselfAfterwards() throws Exception {
        Path disk = disk(2);
        Gateway gateway = gateway(disk, 100 * MEGABYTE, 0);
        gateway.add("yard", 1000);
        gateway.spool.done(gateway.take());
        Path filler = disk.resolve("filler");
        assertThatThrownBy(() -> Files.write(filler, new byte[2 * MEGABYTE])).isInstanceOf(IOException.class);

        assertThatThrownBy(() -> gateway.add("yard", 60_000)).isInstanceOf(NoRoomException.class);
        gateway.ledgers.of("yard").failed();
        assertThat(gateway.health().state()).isEqualTo(SpoolState.FULL);
        assertThat(gateway.health().detail()).contains("the disk is full", "refused");
        assertThat(gateway.spool.isEmpty()).isTrue();
        assertThat(gateway.spool.bytes()).isZero();

        Files.delete(filler);
        gateway.add("yard", 60_000);
        gateway.pass(Duration.ofSeconds(61));
        assertThat(gateway.health().state()).isEqualTo(SpoolState.OK);
        assertThat(gateway.ledgers.of("yard").counts()).isEqualTo(new FrameCounts(3, 0, 1, 2, 0, 1, 0, 0, 0, 1));
    }

    @Test
    void startsOnAFullDisk() throws Exception {
        Path disk = disk(2);
        Gateway before = gateway(disk, 100 * MEGABYTE, 0);
        before.add("yard", 60_000);
        before.add("yard", 60_000);
        before.add("yard", 60_000);
        assertThatThrownBy(() -> Files.write(disk.resolve("filler"), new byte[2 * MEGABYTE]))
                .isInstanceOf(IOException.class);

        Gateway gateway = new Gateway(disk);
        FrameCounts counts = gateway.ledgers.of("yard").counts();
        assertThat(counts.recovered()).isEqualTo(3);
        assertThat(counts.pending()).as("the oldest makes room").isEqualTo(2);
        assertThat(counts.conserved()).isTrue();

        assertThat(gateway.add("yard", 10_000)).isNotNull();
    }

    @Test
    void leavesItsReserveToOthers_inPlaceOfItsOldestFrames() throws Exception {
        Path disk = disk(4);
        Gateway gateway = gateway(disk, 100 * MEGABYTE, 2 * MEGABYTE);
        FileStore store = Files.getFileStore(disk);
        for (int i = 0; i < 100; i++) {
            gateway.add("yard", 40_000);
            assertThat(store.getUsableSpace()).isGreaterThanOrEqualTo(2 * MEGABYTE);
        }
        long held = gateway.spool.bytes();
        assertThat(held).isGreaterThan(MEGABYTE);
        assertThat(gateway.health().state()).isEqualTo(SpoolState.EVICTING);
        assertThat(gateway.health().detail()).contains("less than 2 MB of the disk are free");

        Files.write(disk.resolve("theirs"), new byte[MEGABYTE]);
        gateway.add("yard", 40_000);
        assertThat(gateway.spool.bytes())
                .as("it does not shrink for others, nor grow")
                .isLessThanOrEqualTo(held);
        assertThat(gateway.ledgers.of("yard").counts().conserved()).isTrue();
    }

    @Test
    void refusesRatherThanTakeTheReserve_whenNothingIsLeftToReplace() throws Exception {
        Gateway gateway = gateway(disk(2), 100 * MEGABYTE, 3 * MEGABYTE);

        assertThatThrownBy(() -> gateway.add("yard", 1000)).isInstanceOf(NoRoomException.class);
        assertThat(gateway.health().state()).isEqualTo(SpoolState.FULL);
        assertThat(gateway.files("spool")).isEmpty();
    }

    /** Many threads, frames of all sizes, some on lease, some refused; another thread asks the file system all the while. */
    @Test
    void neverPassesItsBound() throws Exception {
        Path disk = disk(16);
        long max = 4 * MEGABYTE;
        Gateway gateway = gateway(disk, max, 0);
        FileStore store = Files.getFileStore(disk);
        for (int i = 0; i < 3; i++) {
            gateway.add("camera-" + i);
            gateway.spool.done(gateway.take());
        }
        long before = used(store);
        AtomicLong most = new AtomicLong();
        AtomicBoolean over = new AtomicBoolean();
        List<Thread> threads = new ArrayList<>();
        threads.add(Thread.ofPlatform().start(() -> {
            while (!over.get()) {
                try {
                    most.accumulateAndGet(used(store) - before, Math::max);
                } catch (IOException e) {
                    most.set(Long.MAX_VALUE);
                }
            }
        }));
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Random random = new Random(i);
            String camera = "camera-" + i;
            workers.add(Thread.ofPlatform().start(() -> add(gateway, camera, random)));
            workers.add(Thread.ofPlatform().start(() -> send(gateway, random)));
        }
        for (Thread worker : workers) {
            worker.join();
        }
        over.set(true);
        threads.getFirst().join();

        assertThat(most.get()).isLessThanOrEqualTo(max).isGreaterThan(max / 2);
        for (String camera : gateway.ledgers.cameras()) {
            assertThat(gateway.ledgers.of(camera).counts().conserved()).isTrue();
        }
        assertThat(gateway.spool.bytes()).isEqualTo(used(store) - before);
    }

    private static void add(Gateway gateway, String camera, Random random) {
        for (int i = 0; i < 300; i++) {
            try {
                var _ = gateway.spool.add(
                        camera, gateway.wall, OptionalInt.empty(), Gateway.jpeg(4 + random.nextInt(300_000)));
            } catch (IOException e) {
                gateway.ledgers.of(camera).failed();
            }
        }
    }

    private static void send(Gateway gateway, Random random) {
        try {
            for (int i = 0; i < 150; i++) {
                Optional<Lease> lease = gateway.spool.take(Duration.ofMillis(5), _ -> Gateway.MAX_LAG);
                if (lease.isPresent()) {
                    switch (random.nextInt(4)) {
                        case 0 -> gateway.spool.done(lease.get());
                        case 1 -> gateway.spool.reject(lease.get());
                        default -> gateway.spool.retry(lease.get());
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
