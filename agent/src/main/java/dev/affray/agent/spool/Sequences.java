package dev.affray.agent.spool;

import dev.affray.agent.disk.SmallFile;
import dev.affray.frame.Frame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Each camera's sequence, strictly increasing also across restarts, SIGKILL and power cuts: numbers are reserved on disk in blocks before they are
 * given out, and what a dead process had left of its block is never used. Not thread-safe.
 */
final class Sequences {
    private static final Logger log = LoggerFactory.getLogger(Sequences.class);
    static final int BLOCK = 1000;

    private static final class Counter {
        private long next;
        private long reserved;
    }

    private final Path folder;
    private final Clock clock;
    private final Map<String, Counter> counters = new HashMap<>();

    Sequences(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /** The next number; never one that was given out before. */
    long next(String camera) throws IOException {
        Counter counter = counter(camera);
        if (counter.next >= counter.reserved) {
            long reserved = counter.next + BLOCK;
            if (reserved > Frame.MAX_SEQUENCE) {
                throw new IOException("camera " + camera + " has used up its ten-digit sequence");
            }
            SmallFile.write(folder.resolve(camera), reserved + "\n");
            counter.reserved = reserved;
        }
        return counter.next++;
    }

    /** A frame with this number was found: later ones must be larger. */
    void atLeast(String camera, long found) throws IOException {
        Counter counter = counter(camera);
        if (found >= counter.next) {
            counter.next = found + 1;
        }
    }

    private Counter counter(String camera) throws IOException {
        Counter counter = counters.get(camera);
        if (counter == null) {
            counter = new Counter();
            counter.next = read(camera);
            counter.reserved = counter.next;
            counters.put(camera, counter);
        }
        return counter;
    }

    private long read(String camera) throws IOException {
        Path file = folder.resolve(camera);
        try {
            return Long.parseUnsignedLong(Files.readString(file).strip());
        } catch (NoSuchFileException e) {
            return 0;
        } catch (NumberFormatException e) {
            long fresh = clock.instant().getEpochSecond();
            log.warn(
                    "{} is damaged; the sequence of camera {} goes on at {}, above any it can have reached",
                    file,
                    camera,
                    fresh);
            return fresh;
        }
    }
}
