package dev.affray.agent.spool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Frames that cannot be sent, kept for a person to look at; the newest {@link #KEPT} of each camera. */
final class Aside {
    private static final Logger log = LoggerFactory.getLogger(Aside.class);
    static final int KEPT = 100;

    private final Path folder;

    Aside(Path folder) {
        this.folder = folder;
    }

    /** Moves a file here; where that fails it stays where it is, with a line in the log. */
    void take(String camera, Path file) {
        try {
            Path to = folder.resolve(camera);
            Files.createDirectories(to);
            Files.move(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            prune(to);
        } catch (IOException | UncheckedIOException e) {
            log.warn("Cannot move {} aside: {}", file, e.toString());
        }
    }

    private static void prune(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> newestLast = files.sorted().toList();
            for (Path old : newestLast.subList(0, Math.max(0, newestLast.size() - KEPT))) {
                Files.deleteIfExists(old);
            }
        }
    }
}
