package dev.affray.cloud.fleet.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.affray.cloud.fleet.Fleet;
import dev.affray.cloud.function.Environment;
import dev.affray.cloud.function.Metrics;
import dev.affray.cloud.function.snapstart.Priming;
import dev.affray.cloud.state.CameraStore;
import dev.affray.cloud.state.dynamodb.Dynamo;
import dev.affray.cloud.state.dynamodb.DynamoCameraStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/**
 * Called by AWS IoT's rules, asynchronously, with one message each:
 *
 * <pre>
 * rule -> RuleEvent -> Fleet -> fleet table
 * </pre>
 *
 * An event that cannot be read is counted, logged and done with, because it would be no better the second time. What the store throws goes on to
 * Lambda, which calls again twice and then hands the event to its failure destination; taking a message over twice changes nothing.
 */
public final class FleetFunction implements RequestStreamHandler {
    static final String MALFORMED = "MessagesMalformed";

    private static final Logger LOG = LoggerFactory.getLogger(FleetFunction.class);

    /** Names no gateway: the longest name is shorter. */
    private static final String NO_GATEWAY = "-".repeat(65);

    private final Fleet fleet;
    private final Metrics metrics = new Metrics("fleet");
    private final CountMetrics counts = new CountMetrics(metrics);
    private final Priming priming;

    /** For Lambda. */
    public FleetFunction() {
        this(store(Environment.of(System.getenv())), Clock.systemUTC());
    }

    FleetFunction(CameraStore cameras, Clock clock) {
        fleet = new Fleet(cameras, clock);
        priming = Priming.before(() -> cameras.gateway(NO_GATEWAY));
    }

    private static CameraStore store(Environment environment) {
        String table = environment.text("FLEET_TABLE");
        environment.check();
        SdkHttpClient http = UrlConnectionHttpClient.builder()
                .socketTimeout(Dynamo.socketTimeout())
                .build();
        return new DynamoCameraStore(Dynamo.client(http), table);
    }

    @Override
    public void handleRequest(InputStream event, OutputStream response, Context context) throws IOException {
        MDC.put("AWSRequestId", context.getAwsRequestId());
        try {
            take(event.readAllBytes());
        } finally {
            counts.flush(fleet.counts());
            MDC.clear();
        }
    }

    private void take(byte[] json) {
        RuleEvent event;
        try {
            event = RuleEvent.read(json);
        } catch (IllegalArgumentException e) {
            metrics.count(MALFORMED, 1);
            LOG.warn("an event of {} bytes cannot be read, so it is dropped: {}", json.length, e.getMessage());
            return;
        }
        byte[] message = event.payload().bytes();
        switch (event.topic()) {
            case Topic.Health health -> fleet.health(health.name(), message);
            case Topic.Presence presence -> fleet.presence(presence.name(), message);
            case Topic.Answer answer -> fleet.answer(answer.name(), message);
            case Topic.ShadowDocuments shadow -> fleet.shadowDocuments(shadow.thing(), shadow.shadow(), message);
        }
    }

    /** What SnapStart runs; the function holds it, because the runtime does not. */
    Priming priming() {
        return priming;
    }
}
