package dev.affray.cloud.inference.lambda;

import dev.affray.cloud.function.Environment;
import dev.affray.cloud.function.snapstart.Priming;
import dev.affray.cloud.inference.Cascade;
import dev.affray.cloud.inference.Detector;
import dev.affray.cloud.inference.EdgeScoreDetector;
import dev.affray.cloud.inference.Inference;
import dev.affray.cloud.inference.InferenceBatch;
import dev.affray.cloud.inference.Rules;
import dev.affray.cloud.inference.rekognition.Client;
import dev.affray.cloud.inference.rekognition.CustomLabelsDetector;
import dev.affray.cloud.inference.rekognition.ModerationDetector;
import dev.affray.cloud.inference.rekognition.Pictures;
import dev.affray.cloud.inference.sqs.SourceQueue;
import dev.affray.cloud.state.DetectionStore;
import dev.affray.cloud.state.IncidentStore;
import dev.affray.cloud.state.dynamodb.Dynamo;
import dev.affray.cloud.state.dynamodb.DynamoCameraStore;
import dev.affray.cloud.state.dynamodb.DynamoDetectionStore;
import dev.affray.cloud.state.dynamodb.DynamoIncidentStore;
import dev.affray.frame.CameraId;
import dev.affray.frame.Frame;
import dev.affray.frame.FrameKey;
import dev.affray.frame.Line;
import dev.affray.incident.IncidentKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.rekognition.RekognitionClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The function's parts, made once from its environment.
 *
 * @param inference the core
 * @param queues by name
 * @param priming what warms the clients up before a snapshot
 */
record Wiring(InferenceBatch inference, Map<String, SourceQueue> queues, Priming.Step priming) {
    private static final int MOST_DAYS = 3650;

    private static final Duration CONNECTING = Duration.ofSeconds(2);
    /** A queue that is slower than this has failed; the message comes again. */
    private static final Duration CALL = Duration.ofSeconds(4);

    /** @throws IllegalStateException with all that is wrong with the environment */
    static Wiring of(Environment environment, Clock clock) {
        SdkHttpClient http = UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECTING)
                .socketTimeout(Dynamo.socketTimeout())
                .build();
        Function<Pictures, Detector> detectors = detectors(environment, http);
        Tables tables = Tables.of(environment);
        List<String> live = List.of(environment.text("LIVE_QUEUE_URL"), environment.text("LIVE_DEAD_LETTER_URL"));
        List<String> backlog =
                List.of(environment.text("BACKLOG_QUEUE_URL"), environment.text("BACKLOG_DEAD_LETTER_URL"));
        environment.check();

        DynamoDbClient dynamo = Dynamo.client(http);
        SqsClient sqs = SqsClient.builder()
                .httpClient(http)
                .overrideConfiguration(c -> c.apiCallTimeout(CALL))
                .build();
        DetectionStore detections = new DynamoDetectionStore(dynamo, tables.detections, tables.detectionsKept, clock);
        IncidentStore incidents =
                new DynamoIncidentStore(dynamo, tables.heads, tables.incidents, tables.incidentsKept, clock);
        Rules rules = new Rules(new DynamoCameraStore(dynamo, tables.fleet), clock);
        Inference inference =
                new Inference(detections, incidents, rules::of, rules::armed, detectors.apply(Pictures.inS3()), clock);
        return new Wiring(
                new InferenceBatch(inference),
                Stream.of(live, backlog)
                        .map(urls -> new SourceQueue(sqs, urls.getFirst(), urls.getLast()))
                        .collect(Collectors.toUnmodifiableMap(SourceQueue::name, Function.identity())),
                () -> prime(detections, incidents, detectors));
    }

    /** Reads of a camera that is not there; and a question about a picture that is none, which costs nothing. */
    private static void prime(
            DetectionStore detections, IncidentStore incidents, Function<Pictures, Detector> detectors) {
        Frame frame = new Frame(new CameraId("priming", "priming"), Instant.EPOCH, 0, OptionalInt.empty());
        detectors.apply(Pictures.ofBytes(_ -> Optional.of(new byte[] {0}))).judge("", new FrameKey(Line.LIVE, frame));
        detections.newest(frame.camera());
        incidents.head(frame.camera(), IncidentKind.FIGHT, Line.LIVE);
    }

    private record Tables(
            String detections,
            String heads,
            String incidents,
            String fleet,
            Duration detectionsKept,
            Duration incidentsKept) {
        static Tables of(Environment environment) {
            return new Tables(
                    environment.text("DETECTIONS_TABLE"),
                    environment.text("HEADS_TABLE"),
                    environment.text("INCIDENTS_TABLE"),
                    environment.text("FLEET_TABLE"),
                    Duration.ofDays(environment.whole("DETECTION_DAYS", 1, MOST_DAYS)),
                    Duration.ofDays(environment.whole("INCIDENT_DAYS", 1, MOST_DAYS)));
        }
    }

    /** Reads all of the kind's settings, and makes its client once they are known to be there. */
    private static Function<Pictures, Detector> detectors(Environment environment, SdkHttpClient http) {
        String kind = environment.oneOf(
                "DETECTOR", List.of(EdgeScoreDetector.KIND, ModerationDetector.KIND, CustomLabelsDetector.KIND));
        OptionalInt fromEdgeScore = environment.optionalWhole("FROM_EDGE_SCORE", Cascade.LEAST, Cascade.MOST);
        if (kind.equals(EdgeScoreDetector.KIND)) {
            if (fromEdgeScore.isPresent()) {
                environment.problem("FROM_EDGE_SCORE has no meaning for DETECTOR " + kind
                        + ", which asks nobody; take it out or choose another DETECTOR");
            }
            return _ -> new EdgeScoreDetector();
        }
        Function<Pictures, Detector> dear = rekognition(kind, environment, http);
        return fromEdgeScore.isEmpty() ? dear : pictures -> new Cascade(fromEdgeScore.getAsInt(), dear.apply(pictures));
    }

    private static Function<Pictures, Detector> rekognition(String kind, Environment environment, SdkHttpClient http) {
        List<String> labels = environment.list("LABELS");
        if (kind.equals(ModerationDetector.KIND)) {
            RekognitionClient client = Client.builder().httpClient(http).build();
            return pictures -> new ModerationDetector(client, pictures, labels);
        }
        String model = environment.text("MODEL_ARN");
        if (!model.isEmpty() && !CustomLabelsDetector.isModel(model)) {
            environment.problem("MODEL_ARN is not that of a model version");
        }
        RekognitionClient client = Client.builder().httpClient(http).build();
        return pictures -> new CustomLabelsDetector(client, pictures, model, labels);
    }
}
