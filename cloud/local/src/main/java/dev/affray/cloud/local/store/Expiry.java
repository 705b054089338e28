package dev.affray.cloud.local.store;

import dev.affray.command.ClipKey;
import dev.affray.frame.FrameKey;
import dev.affray.frame.Line;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the stored frames and clips within an age and a size; S3Proxy has no lifecycle rules. Removes frames by the capture time in their keys, clips by the time of their
 * files, and what an interrupted PUT left behind; any other file is left alone and not counted. Not thread-safe; gateways may PUT meanwhile.
 */
public final class Expiry {
    private static final int HOUR_DEPTH = 6;
    private static final int DAY_DEPTH = 5;
    private static final Pattern LEFTOVER =
            Pattern.compile("(.+\\.(?:jpg|mp4))-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Duration LONGEST_PUT = Duration.ofHours(1);

    private final Path bucket;

    /** @param folder the folder that {@link LocalS3} was started on */
    public Expiry(Path folder) {
        this.bucket = folder.toAbsolutePath().normalize().resolve(LocalS3.BUCKET);
    }

    /**
     * What one sweep did.
     *
     * @param byAge frames removed because they were too old
     * @param bySize frames removed to get below the size
     * @param leftovers remains of interrupted PUTs removed
     * @param keptBytes what all remaining frames take
     */
    public record Swept(long byAge, long bySize, long leftovers, long keptBytes) {}

    /**
     * Removes every frame captured before an instant, and then the oldest until the rest fits.
     *
     * @param maxBytes at least 0
     * @throws IOException when a folder cannot be read or a file not be removed; what was removed before stays removed
     */
    public Swept sweep(Instant olderThan, long maxBytes) throws IOException {
        if (maxBytes < 0) {
            throw new IllegalArgumentException("maxBytes " + maxBytes + " is negative");
        }
        Tally tally = new Tally();
        NavigableMap<String, List<Path>> hours = hours();
        for (List<Path> folders : hours.values()) {
            for (Path folder : folders) {
                sweepByAge(folder, olderThan, tally);
            }
        }
        for (List<Path> folders : hours.values()) {
            if (tally.keptBytes <= maxBytes) {
                break;
            }
            sweepBySize(folders, maxBytes, tally);
        }
        return new Swept(tally.byAge, tally.bySize, tally.leftovers, tally.keptBytes);
    }

    /** Every hour's folders, of all cameras and both lines, oldest hour first. One hour is held in memory at a time, not all frames. */
    private NavigableMap<String, List<Path>> hours() throws IOException {
        NavigableMap<String, List<Path>> hours = new TreeMap<>();
        for (Line line : Line.values()) {
            collect(bucket.resolve(line.prefix()), HOUR_DEPTH, hours);
        }
        collect(bucket.resolve(ClipKey.FOLDER), DAY_DEPTH, hours);
        return hours;
    }

    private static void collect(Path root, int depth, NavigableMap<String, List<Path>> hours) throws IOException {
        if (!Files.isDirectory(root)) {
            return;
        }
        try (Stream<Path> folders = Files.walk(root, depth)) {
            folders.filter(folder -> root.relativize(folder).getNameCount() == depth)
                    .filter(Files::isDirectory)
                    .forEach(folder -> hours.computeIfAbsent(timeOf(root, folder), hour -> new ArrayList<>())
                            .add(folder));
        }
    }

    /** {@code yyyy/MM/dd/HH} of {@code thing/camera/yyyy/MM/dd/HH}; of clips, which have no hour, the day. */
    private static String timeOf(Path root, Path folder) {
        Path below = root.relativize(folder);
        return below.subpath(2, below.getNameCount()).toString();
    }

    private void sweepByAge(Path folder, Instant olderThan, Tally tally) throws IOException {
        for (Stored frame : frames(folder, tally)) {
            if (frame.capturedAt().isBefore(olderThan)) {
                Files.deleteIfExists(frame.file());
                tally.byAge++;
            } else {
                tally.keptBytes += frame.bytes();
            }
        }
        removeEmpty(folder);
    }

    private void sweepBySize(List<Path> folders, long maxBytes, Tally tally) throws IOException {
        List<Stored> oldestFirst = new ArrayList<>();
        for (Path folder : folders) {
            oldestFirst.addAll(frames(folder, tally));
        }
        oldestFirst.sort(Comparator.comparing(Stored::capturedAt).thenComparing(Stored::file));
        for (Stored frame : oldestFirst) {
            if (tally.keptBytes <= maxBytes) {
                break;
            }
            Files.deleteIfExists(frame.file());
            tally.bySize++;
            tally.keptBytes -= frame.bytes();
        }
        for (Path folder : folders) {
            removeEmpty(folder);
        }
    }

    private List<Stored> frames(Path folder, Tally tally) throws IOException {
        List<Stored> frames = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                read(file, frames, tally);
            }
        } catch (NoSuchFileException e) {
            return frames;
        }
        return frames;
    }

    private void read(Path file, List<Stored> frames, Tally tally) throws IOException {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(file, BasicFileAttributes.class);
        } catch (NoSuchFileException e) {
            return;
        }
        String key = bucket.relativize(file).toString().replace('\\', '/');
        Matcher leftover = LEFTOVER.matcher(key);
        boolean whole = !leftover.matches();
        Optional<Instant> capturedAt = capturedAt(whole ? key : leftover.group(1), attributes);
        if (!attributes.isRegularFile() || capturedAt.isEmpty()) {
            return;
        }
        if (whole) {
            frames.add(new Stored(file, capturedAt.get(), attributes.size()));
        } else if (attributes
                .lastModifiedTime()
                .toInstant()
                .isBefore(Instant.now().minus(LONGEST_PUT))) {
            Files.deleteIfExists(file);
            tally.leftovers++;
        }
    }

    /** That of a frame is in its name; a clip is as old as its file. Empty for anything else. */
    private static Optional<Instant> capturedAt(String key, BasicFileAttributes attributes) {
        try {
            if (key.startsWith(ClipKey.FOLDER + "/")) {
                ClipKey _ = ClipKey.parse(key);
                return Optional.of(attributes.lastModifiedTime().toInstant());
            }
            return Optional.of(FrameKey.parse(key).frame().capturedAt());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Takes away a folder and its parents as far as they are empty, up to the line's own. */
    private void removeEmpty(Path folder) throws IOException {
        @Nullable Path empty = folder;
        try {
            int depth = bucket.relativize(folder).getNameCount() - 1;
            for (int i = 0; i < depth && empty != null; i++) {
                Files.deleteIfExists(empty);
                empty = empty.getParent();
            }
        } catch (DirectoryNotEmptyException e) {
            return;
        }
    }

    private record Stored(Path file, Instant capturedAt, long bytes) {}

    private static final class Tally {
        private long byAge;
        private long bySize;
        private long leftovers;
        private long keptBytes;
    }
}
