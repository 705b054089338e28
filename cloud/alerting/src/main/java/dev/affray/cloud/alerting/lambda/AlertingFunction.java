package dev.affray.cloud.alerting.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import dev.affray.cloud.alerting.Alerting;
import dev.affray.cloud.function.Environment;
import dev.affray.cloud.function.Metrics;
import dev.affray.cloud.function.snapstart.Priming;
import dev.affray.cloud.state.Head;
import dev.affray.document.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Called with the stream of the heads table:
 *
 * <pre>
 * record -> NEW_IMAGE's head -> Alerting.handle
 * </pre>
 *
 * The answer names the first record that could not be handled, and Lambda delivers again from there on. The records behind it are handled at once all the
 * same, so that an alert waits for no other; handling them again is harmless. A record that holds no head, such as a removal, is counted and done with,
 * because it would be no better the second time.
 */
public final class AlertingFunction implements RequestHandler<DynamodbEvent, StreamsEventResponse> {
    private static final Logger LOG = LoggerFactory.getLogger(AlertingFunction.class);

    private final Alerting alerting;
    private final AlertMetrics metrics = new AlertMetrics(new Metrics("alerting"));
    private final Priming priming;

    /** For Lambda. */
    public AlertingFunction() {
        this(Parts.of(Environment.of(System.getenv())));
    }

    AlertingFunction(Parts parts) {
        alerting = parts.alerting();
        priming = Priming.before(parts::prime);
    }

    @Override
    public StreamsEventResponse handleRequest(DynamodbEvent event, Context context) {
        MDC.put("AWSRequestId", context.getAwsRequestId());
        try {
            Optional<String> failed = firstFailed(event.getRecords());
            return new StreamsEventResponse(
                    failed.map(BatchItemFailure::new).stream().toList());
        } finally {
            metrics.flush(alerting.counts());
            MDC.clear();
        }
    }

    private Optional<String> firstFailed(List<DynamodbStreamRecord> records) {
        String first = null;
        for (DynamodbStreamRecord record : records) {
            if (!settles(record) && first == null) {
                first = record.getDynamodb().getSequenceNumber();
            }
        }
        return Optional.ofNullable(first);
    }

    private boolean settles(DynamodbStreamRecord record) {
        String sequence = record.getDynamodb().getSequenceNumber();
        try {
            Optional<Head> head = head(record);
            if (head.isPresent()) {
                alerting.handle(head.get());
            }
            return true;
        } catch (Alerting.Postponed e) {
            metrics.count("AlertsPostponed", 1);
            LOG.warn("record {} is put off: {}", sequence, e.getMessage());
        } catch (RuntimeException e) {
            metrics.count("RecordsFailed", 1);
            LOG.error("record {} failed, and comes again", sequence, e);
        }
        return false;
    }

    private Optional<Head> head(DynamodbStreamRecord record) {
        Map<String, AttributeValue> image = record.getDynamodb().getNewImage();
        AttributeValue json = image == null ? null : image.get("head");
        if (json == null || json.getS() == null) {
            metrics.count("RecordsWithoutHead", 1);
            LOG.info("record {} ({}) holds no head", record.getDynamodb().getSequenceNumber(), record.getEventName());
            return Optional.empty();
        }
        try {
            return Optional.of(Json.read(json.getS(), Head.class));
        } catch (IllegalArgumentException e) {
            metrics.count("HeadsUnreadable", 1);
            LOG.error(
                    "record {} holds a head that cannot be read: {}",
                    record.getDynamodb().getSequenceNumber(),
                    e.getMessage());
            return Optional.empty();
        }
    }

    /** What SnapStart runs; the function holds it, because the runtime does not. */
    Priming priming() {
        return priming;
    }
}
