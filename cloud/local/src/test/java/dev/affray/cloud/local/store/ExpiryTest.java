package dev.affray.cloud.local.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.frame.CameraId;
import dev.affray.frame.Frame;
import dev.affray.frame.FrameKey;
import dev.affray.frame.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpiryTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir
    Path folder;

    @Test
    void removesFramesThatAreTooOld_thenTheOldestUntilTheRestFits() throws IOException {
        Path ancient = frame(Line.LIVE, "door", NOON.minus(Duration.ofDays(9)), 1);
        Path oldest = frame(Line.BACKLOG, "yard", NOON, 2);
        Path old = frame(Line.LIVE, "door", NOON.plusMillis(1), 3);
        Path young = frame(Line.LIVE, "yard", NOON.plusMillis(2), 4);
        Path nextHour = frame(Line.LIVE, "door", NOON.plusSeconds(3600), 5);
        assertThat(new Expiry(folder).sweep(NOON.minus(Duration.ofDays(7)), 2_000))
                .isEqualTo(new Expiry.Swept(1, 2, 0, 2_000));
        assertThat(ancient.getParent()).doesNotExist();
        assertThat(oldest).doesNotExist();
        assertThat(old).doesNotExist();
        assertThat(young).exists();
        assertThat(nextHour).exists();
        assertThat(new Expiry(folder).sweep(NOON.minus(Duration.ofDays(7)), 2_000))
                .isEqualTo(new Expiry.Swept(0, 0, 0, 2_000));
    }

    @Test
    void removesClipsByTheTimeOfTheirFiles_beforeTheFramesOfTheSameDay() throws IOException {
        Path ancient = clip("clips/gw1/door/2026/11/10/c1.mp4", NOON.minus(Duration.ofDays(9)));
        Path today = clip("clips/gw1/door/2026/11/21/c2.jpg", NOON);
        Path frame = frame(Line.LIVE, "door", NOON.minusSeconds(60), 1);
        assertThat(new Expiry(folder).sweep(NOON.minus(Duration.ofDays(7)), 2_000))
                .isEqualTo(new Expiry.Swept(1, 0, 0, 2_000));
        assertThat(ancient.getParent()).doesNotExist();
        assertThat(new Expiry(folder).sweep(NOON.minus(Duration.ofDays(7)), 1_000))
                .isEqualTo(new Expiry.Swept(0, 1, 0, 1_000));
        assertThat(today).doesNotExist();
        assertThat(folder.resolve("affray-frames/clips")).isEmptyDirectory();
        assertThat(frame).exists();
    }

    private Path clip(String key, Instant at) throws IOException {
        Path file = other(key);
        Files.write(file, new byte[1_000]);
        return Files.setLastModifiedTime(file, FileTime.from(at));
    }

    @Test
    void leavesEverythingThatIsNoFrame() throws IOException {
        Path frame = frame(Line.LIVE, "door", NOON, 1);
        Path clip = other("clips/gw1/door/clip.mp4");
        Path note = other("live/gw1/door/2026/11/21/12/note.txt");
        Path stray = other("live/gw1/door/2026/11/21/13/" + frame.getFileName());
        Path above = other("live/README");
        assertThat(new Expiry(folder).sweep(Instant.MAX, 0)).isEqualTo(new Expiry.Swept(1, 0, 0, 0));
        assertThat(frame).doesNotExist();
        assertThat(clip).exists();
        assertThat(note).exists();
        assertThat(stray).exists();
        assertThat(above).exists();
    }

    @Test
    void removesWhatAnInterruptedPutLeftBehind_butNotOneThatMayStillRun() throws IOException {
        Path frame = frame(Line.LIVE, "door", NOON, 1);
        Path dead = frame.resolveSibling(frame.getFileName() + "-0f0e0d0c-1111-2222-3333-444455556666");
        Path running = frame.resolveSibling(frame.getFileName() + "-0f0e0d0c-1111-2222-3333-444455556667");
        Files.write(dead, new byte[10]);
        Files.write(running, new byte[10]);
        Files.setLastModifiedTime(dead, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        assertThat(new Expiry(folder).sweep(Instant.EPOCH, 10_000)).isEqualTo(new Expiry.Swept(0, 0, 1, 1_000));
        assertThat(dead).doesNotExist();
        assertThat(running).exists();
        assertThat(frame).exists();
    }

    @Test
    void findsNothingToDo_beforeTheFirstFrame() throws IOException {
        assertThat(new Expiry(folder).sweep(NOON, 0)).isEqualTo(new Expiry.Swept(0, 0, 0, 0));
    }

    private Path frame(Line line, String camera, Instant at, long sequence) throws IOException {
        Frame frame = new Frame(new CameraId("gw1", camera), at, sequence, OptionalInt.of(50));
        Path file = other(new FrameKey(line, frame).format());
        Files.write(file, new byte[1_000]);
        return file;
    }

    private Path other(String key) throws IOException {
        Path file = folder.resolve(LocalS3.BUCKET).resolve(key);
        Files.createDirectories(file.getParent());
        return Files.write(file, new byte[5]);
    }
}
