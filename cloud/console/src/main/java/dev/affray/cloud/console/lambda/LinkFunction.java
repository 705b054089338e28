package dev.affray.cloud.console.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.affray.cloud.console.link.LinkPage;
import dev.affray.cloud.function.Environment;
import dev.affray.cloud.function.snapstart.Priming;
import dev.affray.cloud.state.CameraStore;
import dev.affray.cloud.state.DetectionStore;
import dev.affray.cloud.state.IncidentStore;
import dev.affray.cloud.state.dynamodb.Dynamo;
import dev.affray.cloud.state.dynamodb.DynamoCameraStore;
import dev.affray.cloud.state.dynamodb.DynamoDetectionStore;
import dev.affray.cloud.state.dynamodb.DynamoIncidentStore;
import dev.affray.cloud.state.link.LinkKeys;
import dev.affray.cloud.state.link.secretsmanager.SecretLinkKeys;
import dev.affray.document.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.MDC;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Called by an HTTP API with each request for {@code /i/}. Every request is answered; none fails the invocation. */
public final class LinkFunction implements RequestStreamHandler {
    private static final Duration CONNECT = Duration.ofSeconds(2);

    /** It writes no row that would have to be kept for a time: alerting does, from the stream. */
    private static final Duration NO_ROWS = Duration.ZERO;

    private static final String NO_INCIDENT = "none";

    private final LinkPage page;
    private final LinkMetrics metrics = new LinkMetrics();
    private final Priming priming;

    /** For Lambda. */
    public LinkFunction() {
        this(Environment.of(System.getenv()), Clock.systemUTC());
    }

    private LinkFunction(Environment environment, Clock clock) {
        String heads = environment.text("HEADS_TABLE");
        String history = environment.text("INCIDENTS_TABLE");
        String detections = environment.text("DETECTIONS_TABLE");
        String fleet = environment.text("FLEET_TABLE");
        String bucket = environment.text("BUCKET");
        String secret = environment.text("LINK_SECRET_ARN");
        environment.check();
        SdkHttpClient http = UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT)
                .socketTimeout(Dynamo.socketTimeout())
                .build();
        DynamoDbClient dynamo = Dynamo.client(http);
        IncidentStore incidents = new DynamoIncidentStore(dynamo, heads, history, NO_ROWS, clock);
        DetectionStore frames = new DynamoDetectionStore(dynamo, detections, NO_ROWS, clock);
        CameraStore cameras = new DynamoCameraStore(dynamo, fleet);
        LinkKeys keys = new SecretLinkKeys(SecretLinkKeys.client(http), secret, clock);
        page = new LinkPage(keys, incidents, frames, cameras, new BucketFrames(http, bucket)::read, clock);
        priming = Priming.before(() -> incidents.find(NO_INCIDENT));
    }

    @Override
    public void handleRequest(InputStream event, OutputStream response, Context context) throws IOException {
        MDC.put("AWSRequestId", context.getAwsRequestId());
        try {
            String json = new String(event.readAllBytes(), StandardCharsets.UTF_8);
            response.write(Json.write(HttpApi.response(page.answer(HttpApi.request(Json.tree(json)))))
                    .getBytes(StandardCharsets.UTF_8));
        } finally {
            metrics.flush(page.counts());
            MDC.clear();
        }
    }

    /** What SnapStart runs; the function holds it, because the runtime does not. */
    Priming priming() {
        return priming;
    }
}
