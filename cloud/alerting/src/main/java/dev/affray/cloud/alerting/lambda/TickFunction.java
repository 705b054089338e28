package dev.affray.cloud.alerting.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.affray.cloud.alerting.Tick;
import dev.affray.cloud.function.Environment;
import dev.affray.cloud.function.Metrics;
import dev.affray.cloud.function.snapstart.Priming;
import dev.affray.document.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.MDC;

/**
 * Called once a minute by a schedule; what its event holds does not matter. Answers with the outcome, for a person who calls it by hand. Heads that failed
 * do not fail the invocation, as the next minute tries again: they are counted. That the open heads cannot be listed at all does.
 */
public final class TickFunction implements RequestStreamHandler {
    private final Parts parts;
    private final AlertMetrics metrics = new AlertMetrics(new Metrics("tick"));
    private final Priming priming;

    /** For Lambda. */
    public TickFunction() {
        this(Parts.of(Environment.of(System.getenv())));
    }

    TickFunction(Parts parts) {
        this.parts = parts;
        priming = Priming.before(parts::prime);
    }

    @Override
    public void handleRequest(InputStream event, OutputStream response, Context context) throws IOException {
        MDC.put("AWSRequestId", context.getAwsRequestId());
        try {
            Tick.Outcome outcome = parts.tick().run(parts.clock().instant());
            metrics.count("IncidentsClosed", outcome.closed());
            metrics.count("AlertsPostponed", outcome.postponed());
            metrics.count("HeadsFailed", outcome.failed());
            response.write(Json.write(outcome).getBytes(StandardCharsets.UTF_8));
        } finally {
            metrics.flush(parts.alerting().counts());
            MDC.clear();
        }
    }

    /** What SnapStart runs; the function holds it, because the runtime does not. */
    Priming priming() {
        return priming;
    }
}
