package dev.affray.agent.spool;

import java.io.IOException;
import java.nio.file.Path;

/** What the spool asks of the disk under its folder, beyond moving and removing files. Thread-safe. */
interface Disk {
    /** Writes a new file whole, without forcing it. */
    void write(Path file, byte[] bytes) throws IOException;

    /**
     * Returns when a file's content is on the disk itself.
     *
     * @throws java.nio.file.NoSuchFileException when it is gone
     */
    void forceFile(Path file) throws IOException;

    /** Returns when the names in a folder are on the disk itself. */
    void forceFolder(Path folder) throws IOException;

    /** Bytes that this user may still write. */
    long usableBytes() throws IOException;

    /** In what units the file system gives out room. */
    long blockBytes() throws IOException;
}
