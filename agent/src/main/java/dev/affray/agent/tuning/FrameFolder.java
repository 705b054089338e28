package dev.affray.agent.tuning;

import dev.affray.agent.capture.FrameSink;
import dev.affray.agent.disk.LargeFile;
import dev.affray.agent.health.FrameLedger;
import dev.affray.frame.CameraId;
import dev.affray.frame.Frame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.OptionalInt;

/** Writes a camera's frames into a folder, named as in the spool: whole or not there, though not forced to the disk. For one thread. */
final class FrameFolder implements FrameSink {
    private final Path folder;
    private final CameraId camera;
    private final FrameLedger ledger;
    private long sequence;

    /** @param folder is there already */
    FrameFolder(Path folder, CameraId camera, FrameLedger ledger) {
        this.folder = folder;
        this.camera = camera;
        this.ledger = ledger;
    }

    @Override
    public void spool(Instant capturedAt, OptionalInt edgeScore, byte[] jpeg) throws IOException {
        sequence++;
        Path file = folder.resolve(new Frame(camera, capturedAt, sequence, edgeScore).name() + ".jpg");
        Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            LargeFile.write(unfinished, jpeg);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(unfinished);
            throw e;
        }
        ledger.spooled();
    }
}
