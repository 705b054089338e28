package dev.affray.agent.spool;

import dev.affray.agent.disk.LargeFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This machine's. */
final class SystemDisk implements Disk {
    private static final Logger log = LoggerFactory.getLogger(SystemDisk.class);

    /** Where the file system does not tell. */
    private static final long USUAL_BLOCK = 4096;

    private final FileStore store;

    /** @param folder on the disk in question; must be there */
    SystemDisk(Path folder) throws IOException {
        store = Files.getFileStore(folder);
    }

    @Override
    public void write(Path file, byte[] bytes) throws IOException {
        LargeFile.write(file, bytes);
    }

    @Override
    public void forceFile(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(false);
        }
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(folder, StandardOpenOption.READ);
        } catch (IOException e) {
            // Some systems let nobody open a folder; there it is theirs to see to.
            log.debug("Cannot force {} to the disk: {}", folder, e.toString());
            return;
        }
        try (channel) {
            channel.force(true);
        }
    }

    @Override
    public long usableBytes() throws IOException {
        return store.getUsableSpace();
    }

    @Override
    public long blockBytes() throws IOException {
        try {
            return Math.max(1, store.getBlockSize());
        } catch (UnsupportedOperationException e) {
            return USUAL_BLOCK;
        }
    }
}
