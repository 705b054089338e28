package dev.affray.cloud.fleet.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.affray.cloud.fleet.Model;
import dev.affray.cloud.fleet.Patience;
import dev.affray.cloud.fleet.Watch;
import dev.affray.cloud.fleet.rekognition.ModelVersion;
import dev.affray.cloud.fleet.rekognition.RekognitionModel;
import dev.affray.cloud.function.Environment;
import dev.affray.cloud.function.Metrics;
import dev.affray.cloud.function.snapstart.Priming;
import dev.affray.cloud.state.dynamodb.Dynamo;
import dev.affray.cloud.state.dynamodb.DynamoCameraStore;
import dev.affray.cloud.state.dynamodb.DynamoDetectionStore;
import dev.affray.cloud.state.dynamodb.DynamoIncidentStore;
import dev.affray.document.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.MDC;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.rekognition.RekognitionClient;

/**
 * Called once a minute by a schedule; what its event holds does not matter. Answers with the outcome, for a person who calls it by hand. Gateways that
 * failed do not fail the invocation, as the next minute tries again: they are counted. That the gateways cannot be listed at all does.
 */
public final class WatchFunction implements RequestStreamHandler {
    private static final int MOST_DAYS = 3650;
    private static final Duration QUESTION = Duration.ofSeconds(5);

    private final Watch watch;
    private final Clock clock = Clock.systemUTC();
    private final Metrics metrics = new Metrics("watch");
    private final Priming priming;

    /** For Lambda. */
    public WatchFunction() {
        this(Environment.of(System.getenv()));
    }

    WatchFunction(Environment environment) {
        String fleet = environment.text("FLEET_TABLE");
        String heads = environment.text("HEADS_TABLE");
        String history = environment.text("INCIDENTS_TABLE");
        String detections = environment.text("DETECTIONS_TABLE");
        Duration incidentDays = Duration.ofDays(environment.whole("INCIDENT_DAYS", 1, MOST_DAYS));
        Duration detectionDays = Duration.ofDays(environment.whole("DETECTION_DAYS", 1, MOST_DAYS));
        Optional<ModelVersion> version = version(environment);
        environment.check();
        SdkHttpClient http = UrlConnectionHttpClient.builder()
                .socketTimeout(Dynamo.socketTimeout())
                .build();
        DynamoDbClient dynamo = Dynamo.client(http);
        DynamoIncidentStore incidents = new DynamoIncidentStore(dynamo, heads, history, incidentDays, clock);
        watch = new Watch(
                new DynamoCameraStore(dynamo, fleet),
                incidents,
                new DynamoDetectionStore(dynamo, detections, detectionDays, clock),
                version.<Model>map(v -> new RekognitionModel(rekognition(v, http), v))
                        .orElse(Model.ALWAYS),
                Patience.DEFAULT,
                // The rules hand every message over, whether or not anybody watched.
                Instant.EPOCH);
        priming = Priming.before(incidents::openHeads);
    }

    private static Optional<ModelVersion> version(Environment environment) {
        Optional<String> arn = environment.optional("MODEL_ARN");
        Optional<ModelVersion> version = arn.flatMap(ModelVersion::of);
        if (arn.isPresent() && version.isEmpty()) {
            environment.problem("MODEL_ARN is not that of a model version");
        }
        return version;
    }

    /** Two questions of at most so long each leave most of the function's time to the gateways. */
    private static RekognitionClient rekognition(ModelVersion version, SdkHttpClient http) {
        return RekognitionClient.builder()
                .region(Region.of(version.region()))
                .httpClient(http)
                .overrideConfiguration(o -> o.apiCallTimeout(QUESTION))
                .build();
    }

    @Override
    public void handleRequest(InputStream event, OutputStream response, Context context) throws IOException {
        MDC.put("AWSRequestId", context.getAwsRequestId());
        try {
            Watch.Outcome outcome = watch.run(clock.instant());
            count("ConditionsBegun", outcome.begun());
            count("ConditionsEnded", outcome.ended());
            count("GatewaysUnwatched", outcome.failed());
            count("ModelStateUnknown", outcome.unknown());
            response.write(Json.write(outcome).getBytes(StandardCharsets.UTF_8));
        } finally {
            metrics.flush();
            MDC.clear();
        }
    }

    private void count(String name, long more) {
        if (more > 0) {
            metrics.count(name, more);
        }
    }

    /** What SnapStart runs; the function holds it, because the runtime does not. */
    Priming priming() {
        return priming;
    }
}
