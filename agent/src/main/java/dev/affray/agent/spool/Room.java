package dev.affray.agent.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The spool's book of disk: every frame from before it is written until its file is gone, and what is kept aside, in whole blocks. A tenth of the bound
 * at most is for what is kept aside. Not thread-safe.
 */
final class Room {
    private static final long MEGABYTE = 1024 * 1024;

    private final SpoolBounds bounds;
    private final Disk disk;
    private final Footprint footprint;
    private final Aside aside;
    private final Map<Path, Long> stuck = new HashMap<>();
    private long frames;
    private long writing;

    Room(SpoolBounds bounds, Disk disk, Path asideFolder) throws IOException {
        this.bounds = bounds;
        this.disk = disk;
        this.footprint = new Footprint(disk.blockBytes());
        this.aside = Aside.open(asideFolder, bounds.maxBytes() / 10, footprint::of);
    }

    /** Bytes of disk that so many bytes of picture take up. */
    long footprint(long size) {
        return footprint.ofBytes(size);
    }

    long used() {
        return frames + aside.bytes();
    }

    long max() {
        return bounds.maxBytes();
    }

    Aside aside() {
        return aside;
    }

    /** A frame is about to be written. */
    void reserve(long bytes) {
        frames += bytes;
        writing += bytes;
    }

    /** It was written, or could not be. */
    void written(long bytes) {
        writing -= bytes;
    }

    /** A frame is on the disk already. */
    void take(long bytes) {
        frames += bytes;
    }

    /** Its file is gone. */
    void giveBack(long bytes) {
        frames -= bytes;
    }

    /** A file could not be removed: its bytes stay in the book until {@link #removeStuck} succeeds. */
    void stick(Path file, long bytes) {
        stuck.put(file, bytes);
    }

    /** Tries again to remove what could not be removed. */
    void removeStuck() throws IOException {
        for (Map.Entry<Path, Long> file : Map.copyOf(stuck).entrySet()) {
            Files.deleteIfExists(file.getKey());
            stuck.remove(file.getKey());
            frames -= file.getValue();
        }
    }

    /** Whether so many bytes more would leave less on the disk than is to be left. */
    boolean isScarce(long bytes) throws IOException {
        return disk.usableBytes() - writing - bytes < bounds.minFreeBytes();
    }

    /** What {@link #isScarce} means, in words. */
    String scarcity() {
        return bounds.minFreeBytes() == 0
                ? NoRoomException.DISK_FULL
                : "less than " + bounds.minFreeBytes() / MEGABYTE + " MB of the disk are free";
    }
}
