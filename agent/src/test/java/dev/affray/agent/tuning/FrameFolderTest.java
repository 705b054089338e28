package dev.affray.agent.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affray.agent.health.FrameLedger;
import dev.affray.frame.CameraId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrameFolderTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir
    Path folder;

    private final FrameLedger ledger = new FrameLedger();

    private FrameFolder frames(Path folder) {
        return new FrameFolder(folder, new CameraId("trial", "1"), ledger);
    }

    @Test
    void namesFramesAsTheSpoolDoes_soThatTheySort() throws IOException {
        FrameFolder frames = frames(folder);
        frames.spool(NOON, OptionalInt.of(7), new byte[] {1});
        frames.spool(NOON.plusMillis(500), OptionalInt.empty(), new byte[] {2});

        assertThat(folder)
                .isDirectoryContaining("glob:**/1795262400000-0000000001-007.jpg")
                .isDirectoryContaining("glob:**/1795262400500-0000000002-na.jpg");
        assertThat(folder.toFile().list()).hasSize(2);
        assertThat(ledger.counts().spooled()).isEqualTo(2);
    }

    @Test
    void leavesNothing_andEntersNothing_whenAFrameCannotBeWritten() throws IOException {
        Path gone = Files.createDirectory(folder.resolve("gone"));
        FrameFolder frames = frames(gone);
        Files.delete(gone);

        assertThatThrownBy(() -> frames.spool(NOON, OptionalInt.empty(), new byte[] {1}))
                .isInstanceOf(IOException.class);
        assertThat(folder).isEmptyDirectory();
        assertThat(ledger.counts().spooled()).isZero();
    }
}
