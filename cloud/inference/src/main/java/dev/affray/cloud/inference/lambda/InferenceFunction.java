package dev.affray.cloud.inference.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.affray.cloud.function.Environment;
import dev.affray.cloud.function.Metrics;
import dev.affray.cloud.function.snapstart.Priming;
import dev.affray.cloud.inference.Cause;
import dev.affray.cloud.inference.InferenceBatch;
import dev.affray.cloud.inference.sqs.QueueBatch;
import dev.affray.cloud.inference.sqs.SourceQueue;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.slf4j.MDC;

/** SQS events of the live and the backlog queue. Answers with the messages that must come again; all others may be deleted. */
public final class InferenceFunction implements RequestStreamHandler {
    /** No frame is begun with less time than this: a detector's whole patience, a store that is slow as well, and putting the rest of the batch back. */
    static final Duration RESERVE = Duration.ofSeconds(12);

    private static final String REQUEST_ID = "AWSRequestId";

    private final InferenceBatch inference;
    private final Map<String, SourceQueue> queues;
    // Held here, since the runtime refers to it weakly.
    @SuppressWarnings({"unused", "FieldCanBeLocal"})
    private final Priming priming;

    private final Metrics metrics = new Metrics("inference");
    // Safe to come out of a snapshot many times.
    private final RandomGenerator random = new SecureRandom();

    /** What Lambda calls, once. */
    public InferenceFunction() {
        this(Wiring.of(Environment.of(System.getenv()), Clock.systemUTC()));
    }

    InferenceFunction(Wiring wiring) {
        this.inference = wiring.inference();
        this.queues = wiring.queues();
        this.priming = Priming.before(wiring.priming());
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        MDC.put(REQUEST_ID, context.getAwsRequestId());
        try {
            SqsEvent event = SqsEvent.parse(input.readAllBytes());
            QueueBatch batch = new QueueBatch(inference, queue(event.queue()), random);
            QueueBatch.Result result =
                    batch.handle(event.deliveries(), () -> context.getRemainingTimeInMillis() > RESERVE.toMillis());
            count(result);
            output.write(SqsEvent.again(result.again()));
        } finally {
            metrics.flush();
            MDC.clear();
        }
    }

    private SourceQueue queue(String name) {
        SourceQueue queue = queues.get(name);
        if (queue == null) {
            throw new IllegalStateException("messages of queue '" + name
                    + "', and LIVE_QUEUE_URL and BACKLOG_QUEUE_URL name " + String.join(" and ", queues.keySet()));
        }
        return queue;
    }

    private void count(QueueBatch.Result result) {
        metrics.count("FramesJudged", result.judged());
        metrics.count("FramesByEdgeScore", result.byEdgeScore());
        metrics.count("FramesAsked", result.judged() - result.byEdgeScore());
        metrics.count("FramesRepeated", result.repeated());
        metrics.count("IncidentsJoined", result.joined());
        metrics.count("FramesDisarmed", result.disarmed());
        metrics.count("FramesRefused", result.refused());
        metrics.count("FramesPutOff", 0);
        metrics.count("DetectorThrottled", 0);
        metrics.count("ModelNotRunning", 0);
        metrics.count("DetectorDenied", 0);
        result.putOff().forEach(this::count);
    }

    private void count(Cause cause, long events) {
        metrics.count("FramesPutOff", events);
        switch (cause) {
            case THROTTLED -> metrics.count("DetectorThrottled", events);
            case MODEL_NOT_RUNNING -> metrics.count("ModelNotRunning", events);
            // All three stay until a person changes a permission or a setting.
            case DENIED, MISCONFIGURED, UNREADABLE -> metrics.count("DetectorDenied", events);
            case SLOW, FAILED, NO_TIME -> {}
        }
    }
}
