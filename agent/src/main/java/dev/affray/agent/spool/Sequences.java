package dev.affray.agent.spool;

import dev.affray.agent.disk.SmallFile;
import dev.affray.frame.Frame;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Each camera's sequence, strictly increasing also across restarts, SIGKILL and power cuts: numbers are reserved on disk in blocks before they are
 * given out, and what a dead process had left of its block is never used. Not thread-safe.
 */
final class Sequences {
    private static final Logger log = LoggerFactory.getLogger(Sequences.class);
    static final int BLOCK = 1000;

    /** No camera gives more frames a second. */
    private static final int FASTEST = 30;

    /** The clock of a machine without a battery may begin anywhere; not before there was this program. */
    private static final long NOT_BEFORE = 1_767_225_600;

    private static final class Counter {
        private long next;
        private long reserved;
        private boolean guessed;
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

    /** This frame was found: later ones must have larger numbers. */
    void found(Frame frame) throws IOException {
        Counter counter = counter(frame.camera().camera());
        long free = frame.sequence() + 1 + (counter.guessed ? mayHaveFollowed(frame) : 0);
        if (free > counter.next) {
            counter.next = Math.min(free, Frame.MAX_SEQUENCE - BLOCK);
        }
    }

    /** How many numbers can have been given out since that frame, of which S3 has the pictures already. */
    private long mayHaveFollowed(Frame frame) {
        long seconds = Math.max(
                0, Duration.between(frame.capturedAt(), clock.instant()).toSeconds());
        return BLOCK + FASTEST * seconds;
    }

    private Counter counter(String camera) throws IOException {
        Counter counter = counters.get(camera);
        if (counter == null) {
            counter = new Counter();
            OptionalLong read = read(camera);
            counter.guessed = read.isEmpty();
            counter.next = read.orElseGet(() -> guess(camera));
            counter.reserved = counter.next;
            counters.put(camera, counter);
        }
        return counter;
    }

    /** Empty when the file is damaged. */
    private OptionalLong read(String camera) throws IOException {
        try {
            long read = Long.parseLong(Files.readString(folder.resolve(camera)).strip());
            return read < 0 || read > Frame.MAX_SEQUENCE ? OptionalLong.empty() : OptionalLong.of(read);
        } catch (NoSuchFileException e) {
            return OptionalLong.of(0);
        } catch (NumberFormatException | CharacterCodingException e) {
            return OptionalLong.empty();
        }
    }

    private long guess(String camera) {
        long fresh = Math.max(clock.instant().getEpochSecond(), NOT_BEFORE);
        log.warn(
                "{} is damaged; the sequence of camera {} goes on at {} or higher, above any it can have reached",
                folder.resolve(camera),
                camera,
                fresh);
        return fresh;
    }
}
