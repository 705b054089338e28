package dev.affray.agent.spool;

import dev.affray.frame.Frame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** The frames' files: {@code spool/{camera}/{name}.jpg}, whole or not there, forced to the disk as {@link Fsync} says. Thread-safe. */
final class FrameFiles {
    private final Path folder;
    private final Disk disk;
    private final Durability durability;

    FrameFiles(Path folder, Fsync fsync, Disk disk) {
        this.folder = folder;
        this.disk = disk;
        this.durability = new Durability(fsync, disk);
    }

    /** Where a frame is. */
    Path of(Frame frame) {
        return folder.resolve(frame.camera().camera()).resolve(frame.name() + Recovery.SUFFIX);
    }

    /** Where it is while being written. */
    Path unfinished(Frame frame) {
        Path file = of(frame);
        return file.resolveSibling(file.getFileName() + Recovery.TMP);
    }

    /** @throws IOException what was written until then may be there */
    void write(Frame frame, byte[] jpeg) throws IOException {
        Path file = of(frame);
        Path tmp = unfinished(frame);
        Path cameraFolder = file.resolveSibling(".").normalize();
        if (!Files.isDirectory(cameraFolder)) {
            Files.createDirectories(cameraFolder);
            durability.made(folder);
        }
        disk.write(tmp, jpeg);
        durability.written(tmp);
        Files.move(tmp, file, StandardCopyOption.ATOMIC_MOVE);
        durability.named(file);
    }

    /** @throws IOException it may be there still */
    void remove(Path file) throws IOException {
        durability.left(file);
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // A frame whose folder is none was never there.
            if (Files.isDirectory(file.resolveSibling(".").normalize())) {
                throw e;
            }
        }
    }

    /** Forces what is due; how that failed, if it did. */
    Optional<IOException> flush() {
        return durability.flush();
    }
}
