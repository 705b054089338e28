package dev.affray.cloud.inference;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The handler's core: a queue message holds one or more S3 events, and fails as a whole when any of them must come again; the others lose nothing by being
 * handled twice. An event that fails keeps no other from being handled. Thread-safe.
 */
public final class InferenceBatch {
    private static final Logger log = LoggerFactory.getLogger(InferenceBatch.class);

    private final Inference inference;
    private final Map<String, AtomicLong> detections = new ConcurrentHashMap<>();
    private final AtomicLong repeated = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong later = new AtomicLong();
    private volatile boolean failing;

    public InferenceBatch(Inference inference) {
        this.inference = inference;
    }

    /**
     * What came of the events so far.
     *
     * @param detections stored, by {@code thing/camera}
     * @param repeated events of frames that had a detection already
     * @param refused messages that are no event, and events that name no frame or one that can never be judged
     * @param later events put off, or failed
     */
    public record Counts(Map<String, Long> detections, long repeated, long refused, long later) {}

    /**
     * Handles one message.
     *
     * @return whether it is settled; if not, it must be delivered again
     */
    public boolean settles(String message) {
        List<S3Event> events;
        try {
            events = S3Event.parse(message);
        } catch (IllegalArgumentException e) {
            refused.incrementAndGet();
            log.warn("a queue message is refused: {}", e.getMessage());
            return true;
        }
        boolean settled = true;
        for (S3Event event : events) {
            settled &= settles(event);
        }
        return settled;
    }

    private boolean settles(S3Event event) {
        try {
            boolean settled = isSettled(inference.handle(event));
            failing = false;
            return settled;
        } catch (RuntimeException e) {
            later.incrementAndGet();
            if (!failing) {
                failing = true;
                log.warn("frames cannot be judged and come again: {}", e.toString());
            }
            return false;
        }
    }

    private boolean isSettled(Inference.Outcome outcome) {
        return switch (outcome) {
            case Inference.Outcome.Done done -> {
                if (done.first()) {
                    String camera = done.detection().camera().toString();
                    detections.computeIfAbsent(camera, _ -> new AtomicLong()).incrementAndGet();
                } else {
                    repeated.incrementAndGet();
                }
                yield true;
            }
            case Inference.Outcome.Refused(String reason) -> {
                refused.incrementAndGet();
                log.warn("an S3 event is refused: {}", reason);
                yield true;
            }
            case Inference.Outcome.Later(String reason) -> {
                if (later.getAndIncrement() == 0) {
                    log.warn("a frame must wait: {}", reason);
                }
                yield false;
            }
        };
    }

    /** The counts so far. */
    public Counts counts() {
        Map<String, Long> byCamera = new TreeMap<>();
        detections.forEach((camera, count) -> byCamera.put(camera, count.get()));
        return new Counts(byCamera, repeated.get(), refused.get(), later.get());
    }
}
