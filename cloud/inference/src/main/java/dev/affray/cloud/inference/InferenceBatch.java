package dev.affray.cloud.inference;

import dev.affray.cloud.inference.Inference.Outcome;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The handler's core: a queue message holds one or more S3 events, and comes again as a whole when any of them must; the others lose nothing by being
 * handled twice. An event that is put off, refused or fails keeps no other from being handled. Thread-safe.
 */
public final class InferenceBatch {
    private static final Logger log = LoggerFactory.getLogger(InferenceBatch.class);

    private final Inference inference;
    private final Map<String, AtomicLong> detections = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> judgedBy = new ConcurrentHashMap<>();
    private final Map<Cause, AtomicLong> putOff = new ConcurrentHashMap<>();
    private final AtomicLong repeated = new AtomicLong();
    private final AtomicLong joined = new AtomicLong();
    private final AtomicLong disarmed = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicReference<@Nullable Cause> complaint = new AtomicReference<>();

    public InferenceBatch(Inference inference) {
        this.inference = inference;
    }

    /**
     * What came of the events so far.
     *
     * @param detections stored, by {@code thing/camera}
     * @param judgedBy the same, by the name of the detector that judged
     * @param repeated events of frames that had a detection already
     * @param joined incidents that turned out to be part of an earlier one
     * @param disarmed events of frames that were captured while their camera was disarmed
     * @param refused messages that are no event, and events that name no frame or one that can never be judged
     * @param putOff events put off, by cause
     */
    public record Counts(
            Map<String, Long> detections,
            Map<String, Long> judgedBy,
            long repeated,
            long joined,
            long disarmed,
            long refused,
            Map<Cause, Long> putOff) {}

    /** Handles one message, however long it takes. */
    public Fate handle(String message) {
        return handle(message, () -> true);
    }

    /**
     * Handles one message. Never throws for what the message or a store does.
     *
     * @param timeIsLeft asked before each event; events that no time is left for are put off with {@link Cause#NO_TIME}
     */
    public Fate handle(String message, BooleanSupplier timeIsLeft) {
        List<S3Event> events;
        try {
            events = S3Event.parse(message);
        } catch (IllegalArgumentException e) {
            refused.incrementAndGet();
            log.warn("a queue message is refused: {}", e.getMessage());
            return new Fate.SetAside(List.of(), 0, List.of(String.valueOf(e.getMessage())));
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (S3Event event : events) {
            outcomes.add(timeIsLeft.getAsBoolean() ? handle(event) : new Outcome.Later(Cause.NO_TIME, "time was up"));
        }
        return fate(outcomes);
    }

    private Outcome handle(S3Event event) {
        try {
            return inference.handle(event);
        } catch (RuntimeException e) {
            return new Outcome.Later(Cause.FAILED, e.toString());
        }
    }

    private Fate fate(List<Outcome> outcomes) {
        List<Outcome.Done> done = new ArrayList<>();
        List<Outcome.Later> waiting = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        long idle = 0;
        for (Outcome outcome : outcomes) {
            switch (outcome) {
                case Outcome.Done judged -> done.add(judged);
                case Outcome.Disarmed() -> idle++;
                case Outcome.Later later -> waiting.add(later);
                case Outcome.Refused(String reason) -> reasons.add(reason);
            }
        }
        done.forEach(this::count);
        waiting.forEach(this::count);
        disarmed.addAndGet(idle);
        if (!waiting.isEmpty()) {
            return new Fate.PutOff(done, idle, waiting);
        }
        if (!reasons.isEmpty()) {
            refused.addAndGet(reasons.size());
            reasons.forEach(reason -> log.warn("an S3 event is refused: {}", reason));
            return new Fate.SetAside(done, idle, reasons);
        }
        return new Fate.Settled(done, idle);
    }

    private void count(Outcome.Done done) {
        complaint.set(null);
        joined.addAndGet(done.joined());
        if (done.first()) {
            String camera = done.detection().camera().toString();
            detections.computeIfAbsent(camera, _ -> new AtomicLong()).incrementAndGet();
            judgedBy.computeIfAbsent(done.detection().detector(), _ -> new AtomicLong())
                    .incrementAndGet();
        } else {
            repeated.incrementAndGet();
        }
    }

    /** One line per cause, until a frame is judged again: a model that is not running must not flood the log. */
    private void count(Outcome.Later later) {
        putOff.computeIfAbsent(later.cause(), _ -> new AtomicLong()).incrementAndGet();
        if (complaint.getAndSet(later.cause()) != later.cause()) {
            log.warn("frames must wait ({}): {}", later.cause(), later.reason());
        }
    }

    /** The counts so far. */
    public Counts counts() {
        Map<Cause, Long> byCause = new EnumMap<>(Cause.class);
        putOff.forEach((cause, count) -> byCause.put(cause, count.get()));
        return new Counts(
                plain(detections),
                plain(judgedBy),
                repeated.get(),
                joined.get(),
                disarmed.get(),
                refused.get(),
                byCause);
    }

    private static Map<String, Long> plain(Map<String, AtomicLong> counts) {
        Map<String, Long> plain = new TreeMap<>();
        counts.forEach((name, count) -> plain.put(name, count.get()));
        return plain;
    }
}
