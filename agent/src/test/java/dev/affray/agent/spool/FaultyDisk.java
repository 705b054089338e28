package dev.affray.agent.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/** This machine's disk, which counts, and fails when it is told to. */
final class FaultyDisk implements Disk {
    private final SystemDisk disk;
    final AtomicInteger filesForced = new AtomicInteger();
    final AtomicInteger foldersForced = new AtomicInteger();
    volatile boolean full;
    volatile boolean broken;
    volatile boolean forgetful;
    /** Forces nothing, for the sake of time. */
    volatile boolean pretending;

    volatile long takenByOthers;

    FaultyDisk(Path folder) throws IOException {
        disk = new SystemDisk(folder);
    }

    @Override
    public void write(Path file, byte[] bytes) throws IOException {
        if (broken) {
            throw new IOException("Input/output error");
        }
        if (full) {
            Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
            throw new IOException(file + ": No space left on device");
        }
        disk.write(file, bytes);
    }

    @Override
    public void forceFile(Path file) throws IOException {
        if (forgetful) {
            throw new IOException("Input/output error");
        }
        if (!pretending) {
            disk.forceFile(file);
        }
        filesForced.incrementAndGet();
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        if (!pretending) {
            disk.forceFolder(folder);
        }
        foldersForced.incrementAndGet();
    }

    @Override
    public long usableBytes() throws IOException {
        return disk.usableBytes() - takenByOthers;
    }

    @Override
    public long blockBytes() throws IOException {
        return disk.blockBytes();
    }
}
