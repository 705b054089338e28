package dev.affray.cloud.local.agent;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** A text file that is put aside as {@code .1} when it is full, and {@code .1} as {@code .2}, and so on. Thread-safe. */
final class RotatingLog implements AutoCloseable {
    private final Path file;
    private final long maxBytes;
    private final int kept;
    private @Nullable Writer writer;
    private long bytes;

    /**
     * @param maxBytes when a file is full
     * @param kept how many full ones are kept
     */
    RotatingLog(Path file, long maxBytes, int kept) {
        this.file = file.toAbsolutePath();
        this.maxBytes = maxBytes;
        this.kept = kept;
    }

    /** Appends a line at once. */
    synchronized void add(String line) throws IOException {
        Writer out = writer == null ? open() : writer;
        out.write(line);
        out.write('\n');
        out.flush();
        bytes += line.getBytes(StandardCharsets.UTF_8).length + 1;
        if (bytes >= maxBytes) {
            close();
            rotate();
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (writer != null) {
            Writer out = writer;
            writer = null;
            out.close();
        }
    }

    private Writer open() throws IOException {
        Path folder = file.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Writer opened = Files.newBufferedWriter(
                file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        writer = opened;
        bytes = Files.size(file);
        return opened;
    }

    private void rotate() throws IOException {
        for (int i = kept; i > 1; i--) {
            if (Files.exists(aside(i - 1))) {
                Files.move(aside(i - 1), aside(i), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.move(file, aside(1), StandardCopyOption.REPLACE_EXISTING);
    }

    private Path aside(int age) {
        return file.resolveSibling(file.getFileName() + "." + age);
    }
}
