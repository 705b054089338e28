package dev.affray.agent.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A small text file replaced whole: a reader sees the old text or the new one, also after a power cut. */
public final class SmallFile {
    private static final Logger log = LoggerFactory.getLogger(SmallFile.class);

    private SmallFile() {}

    /** Replaces the text, and returns only when it is on the disk itself. */
    public static void write(Path file, String text) throws IOException {
        Path folder = file.toAbsolutePath().resolveSibling(".").normalize();
        Path known = existing(folder);
        Files.createDirectories(folder);
        Path tmp = file.resolveSibling(file.getFileName() + ".tmp");
        try (FileChannel channel = FileChannel.open(
                tmp, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(tmp, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        for (Path changed = folder; changed != null && changed.startsWith(known); changed = changed.getParent()) {
            force(changed);
        }
    }

    private static Path existing(Path folder) {
        Path existing = folder;
        while (!Files.isDirectory(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        return existing;
    }

    /** A rename is on the disk only with the folder it happened in. Some systems let nobody open a folder; there it is theirs to see to. */
    static void force(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            log.debug("Cannot force {} to the disk: {}", folder, e.toString());
        }
    }
}
