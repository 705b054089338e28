package dev.affray.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.affray.frame.Frame;
import dev.affray.health.FrameCounts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DiskSpoolTest {
    @TempDir
    Path data;

    private Gateway gateway;

    @BeforeEach
    void start() {
        gateway = new Gateway(data);
    }

    private FrameCounts counts(String camera) {
        return gateway.ledgers.of(camera).counts();
    }

    @Test
    void keepsAFrameUnderItsOwnName_andGivesItBack() throws Exception {
        Frame frame = gateway.add("yard");

        assertThat(data.resolve("spool/yard/" + frame.name() + ".jpg")).hasBinaryContent(Gateway.jpeg(1000));
        assertThat(gateway.take().frame()).isEqualTo(frame);
    }

    @Test
    void givesTheNewestFrameFirst_overAllCameras() throws Exception {
        Frame first = gateway.add("yard");
        Frame second = gateway.add("hall");
        Frame third = gateway.add("yard");

        assertThat(List.of(
                        gateway.take().frame(),
                        gateway.take().frame(),
                        gateway.take().frame()))
                .containsExactly(third, second, first);
        assertThat(gateway.takeIfAny()).isEmpty();
    }

    @Test
    void removesTheFileOnlyAfterTheAcknowledgement() throws Exception {
        gateway.add("yard");
        Lease lease = gateway.take();
        assertThat(lease.file()).exists();
        assertThat(gateway.spool.isEmpty()).isFalse();

        gateway.spool.done(lease);

        assertThat(lease.file()).doesNotExist();
        assertThat(gateway.spool.isEmpty()).isTrue();
        assertThat(gateway.spool.bytes()).isZero();
        assertThat(counts("yard").uploaded()).isOne();
    }

    @Test
    void aFrameToRetryTakesItsOldPlace() throws Exception {
        gateway.add("yard");
        Frame newest = gateway.add("yard");
        gateway.spool.retry(gateway.take());

        assertThat(gateway.take().frame()).isEqualTo(newest);
    }

    @Test
    void aRejectedFrameIsKeptAside_andNotRecoveredLater() throws Exception {
        Frame frame = gateway.add("yard");
        gateway.spool.reject(gateway.take());

        assertThat(data.resolve("aside/yard/" + frame.name() + ".jpg")).exists();
        assertThat(counts("yard").rejected()).isOne();
        gateway.start();
        assertThat(gateway.spool.isEmpty()).isTrue();
    }

    @Test
    void keepsOnlySoManyFilesAside() throws Exception {
        for (int i = 0; i < Aside.KEPT + 5; i++) {
            gateway.add("yard");
            gateway.spool.reject(gateway.take());
        }
        assertThat(gateway.files("aside")).hasSize(Aside.KEPT);
    }

    @Test
    void evictsTheOldestFrame_whenTheSpoolIsFull() throws Exception {
        gateway.bounds = new SpoolBounds(3 * gateway.footprint(1000), Duration.ofHours(24), 0);
        gateway.start();
        Frame oldest = gateway.add("hall");
        gateway.add("yard");
        gateway.add("yard");
        gateway.add("yard");

        assertThat(gateway.spool.bytes()).isEqualTo(3 * gateway.footprint(1000));
        assertThat(counts("hall").evicted()).isOne();
        assertThat(counts("yard").pending()).isEqualTo(3);
        assertThat(gateway.files("spool")).hasSize(3).noneMatch(file -> file.endsWith(oldest.name() + ".jpg"));
    }

    @Test
    void evictsFramesThatAreTooOld_byTheMonotonicClock() throws Exception {
        gateway.add("yard");
        gateway.wall = gateway.wall.plus(Duration.ofDays(365));
        assertThat(gateway.takeIfAny()).isPresent().get().satisfies(gateway.spool::retry);

        gateway.nanos.addAndGet(Duration.ofHours(25).toNanos());
        assertThat(gateway.takeIfAny()).isEmpty();
        assertThat(counts("yard").evicted()).isOne();
    }

    @Test
    void neverEvictsAFrameOnLease() throws Exception {
        gateway.bounds = new SpoolBounds(2 * gateway.footprint(1000), Duration.ofHours(24), 0);
        gateway.start();
        gateway.add("yard");
        Lease lease = gateway.take();
        gateway.add("yard");
        gateway.add("yard");

        assertThat(lease.file()).exists();
        gateway.spool.done(lease);
        assertThat(counts("yard")).satisfies(c -> {
            assertThat(c.uploaded()).isOne();
            assertThat(c.evicted()).isOne();
            assertThat(c.pending()).isOne();
        });
    }

    @Test
    void refusesAFrameLargerThanTheSpool_withoutEvictingTheOthers() throws Exception {
        gateway.add("yard");

        assertThatThrownBy(() -> gateway.add("yard", 8_000_001)).isInstanceOf(IOException.class);
        assertThat(counts("yard").pending()).isOne();
        assertThat(gateway.files("spool")).hasSize(1);
    }

    @Test
    void aFrameThatCannotBeWrittenIsAnError_andLeavesNothing() throws Exception {
        Files.createDirectories(data.resolve("spool"));
        Files.createFile(data.resolve("spool/yard"));

        assertThatThrownBy(() -> gateway.add("yard")).isInstanceOf(IOException.class);
        assertThat(counts("yard")).isEqualTo(FrameCounts.NONE);
        assertThat(gateway.spool.isEmpty()).isTrue();
    }

    @Test
    void evictsTheOldestFrame_whenTheDiskIsFull() throws Exception {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "no device that is always full");
        Frame oldest = gateway.add("yard");
        Frame kept = gateway.add("yard");
        Path next = data.resolve("spool/yard").resolve(gateway.nextName("yard", kept.sequence() + 1) + ".jpg.tmp");
        Files.createSymbolicLink(next, full);

        Frame newest = gateway.add("yard");

        assertThat(counts("yard")).isEqualTo(new FrameCounts(3, 0, 0, 3, 0, 0, 1, 0, 0, 2));
        assertThat(gateway.files("spool")).hasSize(2).noneMatch(file -> file.endsWith(oldest.name() + ".jpg"));
        assertThat(List.of(gateway.take().frame(), gateway.take().frame())).containsExactly(newest, kept);
    }

    @Test
    void doesNotEmptyTheSpool_whenTheDiskStaysFull() throws Exception {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "no device that is always full");
        for (int i = 0; i < 20; i++) {
            gateway.add("yard");
        }
        for (int attempt = 0; attempt < 20; attempt++) {
            String name = gateway.nextName("hall", attempt);
            Files.createSymbolicLink(
                    Files.createDirectories(data.resolve("spool/hall")).resolve(name + ".jpg.tmp"), full);
        }

        assertThatThrownBy(() -> gateway.add("hall")).isInstanceOf(IOException.class);
        assertThat(counts("yard").pending()).isPositive();
        assertThat(counts("hall")).isEqualTo(FrameCounts.NONE);
    }

    @Test
    void startsWithoutAFrameThatCannotBeRead() throws Exception {
        Path unreadable = Path.of("/proc/sys/net/ipv4/route/flush");
        assumeTrue(Files.isRegularFile(unreadable), "no file that even root may not read");
        Path frame = data.resolve("spool/yard/" + gateway.add("yard").name() + ".jpg");
        Files.delete(frame);
        Files.createSymbolicLink(frame, unreadable);
        gateway.add("yard");

        gateway.start();

        assertThat(counts("yard")).isEqualTo(new FrameCounts(0, 0, 0, 0, 2, 0, 0, 0, 1, 1));
        Files.delete(data.resolve("aside/yard").resolve(frame.getFileName()));
    }

    @Test
    void recoversFramesOfAnEarlierRun_alsoOfCamerasNobodyConfigured() throws Exception {
        Frame yard = gateway.add("yard");
        Frame hall = gateway.add("hall");
        gateway.take();

        gateway.start();

        assertThat(gateway.ledgers.cameras()).containsExactly("hall", "yard");
        assertThat(counts("hall").recovered()).isOne();
        assertThat(List.of(gateway.take().frame(), gateway.take().frame())).containsExactly(hall, yard);
    }

    @Test
    void setsAsideWhatIsNoWholePicture_andRecoversAPictureThatOnlyLackedItsName() throws Exception {
        Frame good = gateway.add("yard");
        Path folder = data.resolve("spool/yard");
        Files.write(folder.resolve("1793000000000-0000000900-na.jpg"), new byte[0]);
        Files.write(folder.resolve("1793000000000-0000000901-na.jpg"), new byte[] {1, 2, 3, 4});
        Files.write(folder.resolve("1793000000000-0000000902-na.jpg"), new byte[] {(byte) 0xFF, (byte) 0xD8, 3, 4});
        Files.write(folder.resolve("holiday.jpg"), Gateway.jpeg(100));
        Files.write(folder.resolve("1793000000000-0000000903-na.jpg.tmp"), Arrays.copyOf(Gateway.jpeg(100), 60));
        Files.write(folder.resolve("1793534400000-0000000904-na.jpg.tmp"), Gateway.jpeg(100));
        Files.createDirectories(folder.resolve("1793000000000-0000000905-na.jpg/full"));
        Files.createDirectories(folder.resolve("1793000000000-0000000906-na.jpg.tmp/full"));
        Files.writeString(data.resolve("spool/hall"), "in the way of a folder");
        Files.createSymbolicLink(data.resolve("spool/gate"), Path.of("gate"));

        gateway.start();

        assertThat(counts("yard")).isEqualTo(new FrameCounts(0, 0, 0, 0, 9, 0, 0, 0, 7, 2));
        assertThat(counts("hall")).isEqualTo(new FrameCounts(0, 0, 0, 0, 1, 0, 0, 0, 1, 0));
        assertThat(counts("gate")).isEqualTo(new FrameCounts(0, 0, 0, 0, 1, 0, 0, 0, 1, 0));
        assertThat(gateway.health().damaged()).isEqualTo(9);
        assertThat(gateway.files("spool")).hasSize(2);
        assertThat(List.of(gateway.take().frame(), gateway.take().frame()))
                .extracting(Frame::sequence)
                .containsExactlyInAnyOrder(good.sequence(), 904L);
        gateway.add("hall");
        gateway.add("gate");
    }

    @Test
    void startsWithoutAFolderThatMayNotBeRead() throws Exception {
        gateway.add("yard");
        gateway.add("hall");
        Path closed = data.resolve("spool/hall");
        Files.setPosixFilePermissions(closed, Set.of());
        try {
            assumeTrue(!Files.isReadable(closed), "this user may read everything");
            gateway.start();

            assertThat(gateway.take().frame().camera().camera()).isEqualTo("yard");
            assertThat(gateway.takeIfAny()).isEmpty();
        } finally {
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void theSequenceGrowsStrictly_overRestartsWithoutWarning() throws Exception {
        List<Long> sequences = new ArrayList<>();
        for (int run = 0; run < 3; run++) {
            for (int i = 0; i < Sequences.BLOCK + 1; i++) {
                sequences.add(gateway.add("yard", 4).sequence());
            }
            gateway.start();
        }
        assertThat(sequences).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void theSequenceGoesOnAboveEverythingKnown_whenItsFileIsDamagedOrGone() throws Exception {
        long before = gateway.add("yard").sequence();
        Files.writeString(data.resolve("sequences/yard"), "x");
        gateway.start();
        long afterDamage = gateway.add("yard").sequence();
        Files.delete(data.resolve("sequences/yard"));
        gateway.start();

        assertThat(afterDamage).isGreaterThan(before);
        assertThat(gateway.add("yard").sequence()).isGreaterThan(afterDamage);
    }

    @ParameterizedTest
    @MethodSource("damage")
    void theSequenceNeverGoesBack_whateverItsFileHolds(byte[] damage) throws Exception {
        long before = gateway.add("yard").sequence();
        Files.write(data.resolve("sequences/yard"), damage);
        gateway.start();
        long after = gateway.add("yard").sequence();
        gateway.wall = Instant.EPOCH;
        Files.write(data.resolve("sequences/yard"), damage);
        gateway.start();

        assertThat(after).isGreaterThan(before);
        assertThat(gateway.add("yard").sequence()).isGreaterThan(after);
    }

    @Test
    void theSequenceLeavesRoomForFramesThatWereSentSince_whenItsFileIsDamagedAgain() throws Exception {
        Files.createDirectories(data.resolve("sequences"));
        Files.writeString(data.resolve("sequences/yard"), "x");
        gateway.start();
        gateway.add("yard");
        long sent = 0;
        for (int i = 0; i < 2 * Sequences.BLOCK; i++) {
            sent = gateway.add("yard", 4).sequence();
            gateway.spool.done(gateway.take());
        }
        Files.writeString(data.resolve("sequences/yard"), "x");
        gateway.start();

        assertThat(gateway.add("yard").sequence()).isGreaterThan(sent);
    }

    static List<byte[]> damage() {
        return List.of(
                new byte[0],
                new byte[] {(byte) 0xC3, 0x28},
                new byte[8],
                "18446744073709551615".getBytes(StandardCharsets.UTF_8),
                "99999999999".getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("damagedClocks")
    void startsWithADamagedClockFile_andDoesNotKnowTheAgeOfWhatItFinds(byte[] damage) throws Exception {
        gateway.add("yard");
        Files.write(data.resolve("clock.json"), damage);
        gateway.start();

        assertThat(gateway.take().age()).isEmpty();
    }

    static List<byte[]> damagedClocks() {
        return Stream.of(
                        "",
                        "null",
                        "[]",
                        "{}",
                        "{\"bootId\":\"boot-1\",\"offsetMillis\":7}",
                        "{\"bootId\":\"boot-1\",\"offsetMillis\":7,\"uncertainUpTo\":{\"yard\":null}}",
                        "\u00c3(")
                .map(text -> text.getBytes(StandardCharsets.ISO_8859_1))
                .toList();
    }

    @Test
    void knowsTheAgeOfAFrameOfThisRun_whateverTheWallClockDoes() throws Exception {
        gateway.add("yard");
        gateway.wall = gateway.wall.minus(Duration.ofDays(3));
        gateway.nanos.addAndGet(Duration.ofSeconds(4).toNanos());

        assertThat(gateway.take().age()).contains(Duration.ofSeconds(4));
    }

    @Test
    void knowsTheAgeOfARecoveredFrame_afterAQuickRestartOnTheSameBoot() throws Exception {
        gateway.add("yard");
        gateway.pass(Duration.ofSeconds(4));
        gateway.start();

        assertThat(gateway.take().age()).contains(Duration.ofSeconds(4));
    }

    @Test
    void doesNotKnowTheAgeOfARecoveredFrame_afterAReboot() throws Exception {
        gateway.add("yard");
        gateway.boot = "boot-2";
        gateway.start();

        assertThat(gateway.take().age()).isEmpty();
    }

    @Test
    void doesNotKnowTheAgeOfARecoveredFrame_onceTheClockWasSet_alsoNotInLaterRuns() throws Exception {
        gateway.add("yard");
        gateway.wall = gateway.wall.minus(Duration.ofSeconds(30));
        gateway.start();
        Frame later = gateway.add("yard");
        gateway.start();

        Lease newest = gateway.take();
        Lease other = gateway.take();
        Lease ofTheSetClock = newest.frame().equals(later) ? newest : other;
        Lease before = newest.frame().equals(later) ? other : newest;
        assertThat(ofTheSetClock.age()).isPresent();
        assertThat(before.age()).isEmpty();
    }

    @Test
    void cutsTheCaptureTimeToMilliseconds() throws Exception {
        Frame frame = gateway.spool.add("yard", gateway.wall.plusNanos(123_456), OptionalInt.empty(), Gateway.jpeg(10));
        assertThat(frame.capturedAt()).isEqualTo(gateway.wall);
    }
}
