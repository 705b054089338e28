package dev.affray.agent.spool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Frames that cannot be sent, kept for a person to look at: the newest {@link #KEPT} of each camera, and no more bytes than its bound, from which the
 * oldest of all cameras go. Not thread-safe.
 */
final class Aside {
    private static final Logger log = LoggerFactory.getLogger(Aside.class);
    static final int KEPT = 100;

    private record Kept(String camera, Path path, long footprint) {}

    private final Path folder;
    private final long maxBytes;
    private final ToLongFunction<Path> footprint;
    private final Deque<Kept> oldestFirst = new ArrayDeque<>();
    private final Map<String, Integer> perCamera = new HashMap<>();
    private long bytes;

    private Aside(Path folder, long maxBytes, ToLongFunction<Path> footprint) {
        this.folder = folder;
        this.maxBytes = maxBytes;
        this.footprint = footprint;
    }

    /**
     * Finds what earlier runs kept.
     *
     * @param footprint of a file or of all files in a folder, in bytes of disk
     */
    static Aside open(Path folder, long maxBytes, ToLongFunction<Path> footprint) throws IOException {
        Aside aside = new Aside(folder, maxBytes, footprint);
        if (Files.isDirectory(folder)) {
            try (Stream<Path> kept = Files.walk(folder, 2)) {
                kept.filter(path -> folder.relativize(path).getNameCount() == 2)
                        .sorted(Comparator.comparing((Path path) -> path.getFileName()))
                        .forEach(aside::enter);
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }
        aside.prune();
        return aside;
    }

    /**
     * Moves a file here, or removes it where that fails.
     *
     * @throws IOException when it could be neither moved nor removed
     */
    void take(String camera, Path file) throws IOException {
        Path to = folder.resolve(camera).resolve(file.getFileName());
        try {
            Files.createDirectories(folder.resolve(camera));
            if (Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
                forget(to);
            }
            Files.move(file, to);
            enter(to);
        } catch (IOException e) {
            log.warn("Cannot move {} aside, so it is removed: {}", file, e.toString());
            remove(file);
            return;
        }
        prune();
    }

    /** Of disk. */
    long bytes() {
        return bytes;
    }

    private void enter(Path path) {
        String camera = folder.relativize(path).getName(0).toString();
        long size = footprint.applyAsLong(path);
        oldestFirst.addLast(new Kept(camera, path, size));
        perCamera.merge(camera, 1, Integer::sum);
        bytes += size;
    }

    private void forget(Path path) throws IOException {
        remove(path);
        List<Kept> same =
                oldestFirst.stream().filter(kept -> kept.path().equals(path)).toList();
        same.forEach(this::leave);
    }

    private void leave(Kept kept) {
        oldestFirst.remove(kept);
        perCamera.merge(kept.camera(), -1, Integer::sum);
        bytes -= kept.footprint();
    }

    private void prune() {
        try {
            for (Kept kept : List.copyOf(oldestFirst)) {
                if (bytes > maxBytes || perCamera.getOrDefault(kept.camera(), 0) > KEPT) {
                    remove(kept.path());
                    leave(kept);
                }
            }
        } catch (IOException e) {
            log.warn("Cannot remove what was kept aside: {}", e.toString());
        }
    }

    /** With all that is in it, where it is a folder. */
    private static void remove(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(path)) {
            for (Path part : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(part);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
