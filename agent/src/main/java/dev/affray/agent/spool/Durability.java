package dev.affray.agent.spool;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Forces frames to the disk as the {@link Fsync} in force says. Thread-safe. */
final class Durability {
    private final Fsync fsync;
    private final Disk disk;
    private Set<Path> files = new LinkedHashSet<>();
    private Set<Path> folders = new LinkedHashSet<>();

    Durability(Fsync fsync, Disk disk) {
        this.fsync = fsync;
        this.disk = disk;
    }

    /** A camera's folder was made in this one. */
    void made(Path parent) throws IOException {
        switch (fsync) {
            case NEVER -> {}
            case BATCH -> folderLater(parent);
            case ALWAYS -> disk.forceFolder(parent);
        }
    }

    /** A frame was written, and has not its name yet. */
    void written(Path file) throws IOException {
        if (fsync == Fsync.ALWAYS) {
            disk.forceFile(file);
        }
    }

    /** A frame was given its name. */
    void named(Path file) throws IOException {
        switch (fsync) {
            case NEVER -> {}
            case BATCH -> fileLater(file);
            case ALWAYS -> disk.forceFolder(file.resolveSibling(".").normalize());
        }
    }

    /** A frame has left: forcing it would be for nothing. */
    synchronized void left(Path file) {
        files.remove(file);
    }

    /** Into the set of this moment: the one before may be being forced. */
    private synchronized void fileLater(Path file) {
        files.add(file);
    }

    private synchronized void folderLater(Path folder) {
        folders.add(folder);
    }

    /**
     * Forces what is due. What fails is not tried again: the system tells of a failed write once, and a second attempt would succeed without having
     * written anything.
     *
     * @return how the first of those failed that did
     */
    Optional<IOException> flush() {
        Set<Path> dueFiles;
        Set<Path> dueFolders;
        synchronized (this) {
            dueFiles = files;
            dueFolders = folders;
            files = new LinkedHashSet<>();
            folders = new LinkedHashSet<>();
        }
        IOException failure = null;
        for (Path file : dueFiles) {
            try {
                if (forced(file)) {
                    dueFolders.add(file.resolveSibling(".").normalize());
                }
            } catch (IOException e) {
                failure = first(failure, e);
            }
        }
        for (Path folder : dueFolders) {
            try {
                disk.forceFolder(folder);
            } catch (IOException e) {
                failure = first(failure, e);
            }
        }
        return Optional.ofNullable(failure);
    }

    /** Whether it was still there to be forced. */
    private boolean forced(Path file) throws IOException {
        try {
            disk.forceFile(file);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static IOException first(@Nullable IOException before, IOException now) {
        return before == null ? now : before;
    }
}
