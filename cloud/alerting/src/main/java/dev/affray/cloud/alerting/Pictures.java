package dev.affray.cloud.alerting;

import dev.affray.incident.BestFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pictures of a mail. They are read side by side, and one that has not come in a moment is left out: a mail never waits for a picture. So is one that
 * would make the mail too big; the strongest go first. What was left out is logged, and the mail tells how many. Thread-safe.
 */
public final class Pictures implements AutoCloseable {
    /** How long the reading may take, all pictures together. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    /** How many bytes of JPEG a mail holds: 5 MB as they travel, in Base64. Many mail servers take no more than 10. */
    static final long MOST_BYTES = 3_600_000;

    private static final Logger log = LoggerFactory.getLogger(Pictures.class);

    private final ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();
    private final Function<String, Optional<byte[]>> store;
    private final Duration patience;
    private final long most;

    /** @param store reads the JPEG of a key; empty where there is none; may throw, and should end when it is interrupted */
    public Pictures(Function<String, Optional<byte[]>> store) {
        this(store, PATIENCE, MOST_BYTES);
    }

    Pictures(Function<String, Optional<byte[]>> store, Duration patience, long most) {
        this.store = store;
        this.patience = patience;
        this.most = most;
    }

    /** The pictures that a mail of this message takes, the strongest first. */
    public SequencedMap<BestFrame, byte[]> of(Message message) {
        SequencedMap<BestFrame, byte[]> pictures = new LinkedHashMap<>();
        List<BestFrame> frames =
                message instanceof Alert alert ? alert.incident().bestFrames() : List.of();
        long bytes = 0;
        for (Map.Entry<BestFrame, Optional<byte[]>> read : read(frames).entrySet()) {
            byte[] jpeg = read.getValue().orElse(null);
            if (jpeg != null && bytes + jpeg.length <= most) {
                bytes += jpeg.length;
                pictures.put(read.getKey(), jpeg);
            } else if (jpeg != null) {
                log.warn(
                        "the mail {} goes without its picture {}: with its {} bytes there would be more than {}",
                        message.id(),
                        read.getKey().key(),
                        jpeg.length,
                        most);
            }
        }
        return pictures;
    }

    private SequencedMap<BestFrame, Optional<byte[]>> read(List<BestFrame> frames) {
        SequencedMap<BestFrame, Optional<byte[]>> read = new LinkedHashMap<>();
        List<Callable<Optional<byte[]>>> tasks = new ArrayList<>();
        frames.forEach(frame -> tasks.add(() -> store.apply(frame.key())));
        try {
            List<Future<Optional<byte[]>>> answers =
                    readers.invokeAll(tasks, patience.toMillis(), TimeUnit.MILLISECONDS);
            for (int i = 0; i < frames.size(); i++) {
                read.put(frames.get(i), answer(frames.get(i), answers.get(i)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return read;
    }

    private Optional<byte[]> answer(BestFrame frame, Future<Optional<byte[]>> answer) throws InterruptedException {
        if (answer.isCancelled()) {
            log.warn("a mail goes without its picture {}: it did not come within {}", frame.key(), patience);
            return Optional.empty();
        }
        try {
            Optional<byte[]> jpeg = answer.get();
            if (jpeg.isEmpty()) {
                log.warn("a mail goes without its picture {}: there is none", frame.key());
            }
            return jpeg;
        } catch (ExecutionException e) {
            log.warn("a mail goes without its picture {}: {}", frame.key(), String.valueOf(e.getCause()));
            return Optional.empty();
        }
    }

    /** Gives up what is still being read. */
    @Override
    public void close() {
        readers.shutdownNow();
    }
}
