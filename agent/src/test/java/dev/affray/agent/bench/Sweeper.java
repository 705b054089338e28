package dev.affray.agent.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Removes pictures a few seconds after they were written, so that a disk is not filled, and compares some of them with those that were sent. */
final class Sweeper implements AutoCloseable {
    private static final int KEPT_SECONDS = 3;
    private static final int COMPARED = 100;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final Set<ByteBuffer> sent;
    private final Path folder;
    private volatile long swept;
    private volatile long different;

    Sweeper(Path folder, List<byte[]> sent) {
        this.folder = folder;
        this.sent = sent.stream().map(ByteBuffer::wrap).collect(Collectors.toSet());
        thread.scheduleWithFixedDelay(this::sweep, 1, 1, TimeUnit.SECONDS);
    }

    /** How many there were. To be asked after {@link #close}. */
    long swept() {
        return swept;
    }

    /** How many of the hundredth that was compared are not, byte for byte, pictures that were sent. */
    long different() {
        return different;
    }

    @Override
    public void close() throws InterruptedException {
        thread.shutdown();
        boolean _ = thread.awaitTermination(1, TimeUnit.MINUTES);
    }

    private void sweep() {
        if (!Files.isDirectory(folder)) {
            return;
        }
        Instant before = Instant.now().minusSeconds(KEPT_SECONDS);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.filter(f -> f.toString().endsWith(".jpg"))::iterator) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
                    if (swept % COMPARED == 0 && !sent.contains(ByteBuffer.wrap(Files.readAllBytes(file)))) {
                        different++;
                    }
                    Files.delete(file);
                    swept++;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
