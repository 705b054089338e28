package dev.affray.cloud.inference.sqs;

import dev.affray.cloud.inference.Cause;
import dev.affray.cloud.inference.EdgeScoreDetector;
import dev.affray.cloud.inference.Fate;
import dev.affray.cloud.inference.Inference.Outcome;
import dev.affray.cloud.inference.InferenceBatch;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * One batch of one queue, message by message. A message that is not in {@link Result#again} may be deleted: its frames are judged, or it lies in the
 * dead-letter queue. Use one object a batch.
 */
public final class QueueBatch {
    private final InferenceBatch inference;
    private final SourceQueue queue;
    private final Backoff backoff;
    private final List<SourceQueue.Rest> rests = new ArrayList<>();
    private final Map<Cause, Long> putOff = new EnumMap<>(Cause.class);
    private long judged;
    private long byEdgeScore;
    private long repeated;
    private long joined;
    private long disarmed;
    private long refused;

    public QueueBatch(InferenceBatch inference, SourceQueue queue, RandomGenerator random) {
        this.inference = inference;
        this.queue = queue;
        this.backoff = new Backoff(random);
    }

    /**
     * What came of a batch.
     *
     * @param again the ids of the messages that must be delivered again
     * @param judged frames judged and stored
     * @param byEdgeScore those of them that their edge score judged, and nobody was asked about
     * @param repeated frames that had a detection already
     * @param joined incidents that turned out to be part of an earlier one
     * @param disarmed frames that were captured while their camera was disarmed
     * @param refused messages and events set aside
     * @param putOff events that wait, by cause
     */
    public record Result(
            List<String> again,
            long judged,
            long byEdgeScore,
            long repeated,
            long joined,
            long disarmed,
            long refused,
            Map<Cause, Long> putOff) {}

    /**
     * Handles the deliveries in order.
     *
     * @param timeIsLeft whether there is time for one more frame and for what follows the last; when not, the rest of the batch comes again at once
     */
    public Result handle(List<Delivery> deliveries, BooleanSupplier timeIsLeft) {
        List<String> again = new ArrayList<>();
        for (Delivery delivery : deliveries) {
            if (!isSettled(delivery, inference.handle(delivery.body(), timeIsLeft))) {
                again.add(delivery.id());
            }
        }
        queue.rest(rests);
        return new Result(again, judged, byEdgeScore, repeated, joined, disarmed, refused, putOff);
    }

    private boolean isSettled(Delivery delivery, Fate fate) {
        for (Outcome.Done done : fate.done()) {
            boolean asked = !done.detection().detector().equals(EdgeScoreDetector.KIND);
            judged += done.first() ? 1 : 0;
            byEdgeScore += done.first() && !asked ? 1 : 0;
            repeated += done.first() ? 0 : 1;
            joined += done.joined();
        }
        disarmed += fate.disarmed();
        return switch (fate) {
            case Fate.Settled _ -> true;
            case Fate.PutOff waits -> {
                waits.waiting().forEach(later -> putOff.merge(later.cause(), 1L, Long::sum));
                int seconds = waits.only(Cause.NO_TIME) ? 0 : backoff.seconds(delivery.receiveCount());
                rests.add(new SourceQueue.Rest(delivery, seconds));
                yield false;
            }
            case Fate.SetAside aside -> isSetAside(delivery, aside.reasons());
        };
    }

    /** Set aside first, acknowledged after. */
    private boolean isSetAside(Delivery delivery, List<String> reasons) {
        boolean kept = queue.setAside(delivery, reasons);
        if (kept) {
            refused += reasons.size();
        } else {
            rests.add(new SourceQueue.Rest(delivery, backoff.seconds(delivery.receiveCount())));
        }
        return kept;
    }
}
