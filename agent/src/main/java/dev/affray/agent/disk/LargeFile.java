package dev.affray.agent.disk;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that is written in one go, and not forced to the disk. */
public final class LargeFile {
    /** Java writes by 8 KB, which makes fifty calls into the system of a large picture; this much native memory it keeps for each thread. */
    private static final int SLICE = 128 * 1024;

    private LargeFile() {}

    /** Writes all of it, in place of what the file held. */
    public static void write(Path file, byte[] bytes) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int at = 0; at < bytes.length; at += SLICE) {
                out.write(bytes, at, Math.min(SLICE, bytes.length - at));
            }
        }
    }
}
