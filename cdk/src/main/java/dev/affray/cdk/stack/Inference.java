package dev.affray.cdk.stack;

import dev.affray.cdk.deployment.Deployment;
import dev.affray.cdk.deployment.Judge;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.services.lambda.eventsources.SqsEventSource;
import software.constructs.Construct;

/** Judges frames: from the two queues to detections and incident heads. */
final class Inference extends Construct {
    /** Ten frames, each judged by a call of its own at worst. */
    static final int TIMEOUT_SECONDS = 30;

    private static final int BATCH = 10;

    /** The edge score that counts towards an alarm where a camera's document names no threshold. */
    static final int EDGE_SCORE_CONFIDENCE = 85;

    private final JavaFunction function;

    Inference(Construct scope, Deployment deployment, Path jar, Frames frames, Tables tables) {
        super(scope, "Inference");
        var spec = new JavaFunction.Spec(
                "inference", jar, "dev.affray.cloud.inference.lambda.InferenceFunction", 1024, TIMEOUT_SECONDS);
        function = new JavaFunction(
                this, spec, deployment.retention().logsDays(), environment(deployment, frames, tables));
        judge(frames.live(), deployment.concurrency().live());
        judge(frames.backlog(), deployment.concurrency().backlog());
        allowTables(tables);
        function.allow(
                List.of("sqs:SendMessage"),
                frames.live().deadLetters().getQueueArn(),
                frames.backlog().deadLetters().getQueueArn());
        allowDetector(deployment.judge(), frames);
    }

    private static Map<String, String> environment(Deployment deployment, Frames frames, Tables tables) {
        Map<String, String> environment = new TreeMap<>(Map.of(
                "DETECTIONS_TABLE", tables.detections().getTableName(),
                "HEADS_TABLE", tables.heads().getTableName(),
                "INCIDENTS_TABLE", tables.incidents().getTableName(),
                "FLEET_TABLE", tables.fleet().getTableName(),
                "DETECTION_DAYS", Integer.toString(deployment.retention().detectionsDays()),
                "INCIDENT_DAYS", Integer.toString(deployment.retention().incidentsDays()),
                "LIVE_QUEUE_URL", frames.live().queue().getQueueUrl(),
                "LIVE_DEAD_LETTER_URL", frames.live().deadLetters().getQueueUrl(),
                "BACKLOG_QUEUE_URL", frames.backlog().queue().getQueueUrl(),
                "BACKLOG_DEAD_LETTER_URL", frames.backlog().deadLetters().getQueueUrl()));
        environment.put("DETECTOR", deployment.judge().kind());
        tell(environment, deployment.judge());
        return environment;
    }

    private static void tell(Map<String, String> environment, Judge judge) {
        switch (judge) {
            case Judge.EdgeScore _ -> {}
            case Judge.Cascade(int fromEdgeScore, Judge.Dear dear) -> {
                environment.put("FROM_EDGE_SCORE", Integer.toString(fromEdgeScore));
                tell(environment, dear);
            }
            case Judge.Moderation(List<String> labels) -> environment.put("LABELS", String.join(",", labels));
            case Judge.CustomLabels(List<String> labels, String modelArn) -> {
                environment.put("LABELS", String.join(",", labels));
                environment.put("MODEL_ARN", modelArn);
            }
        }
    }

    /** No batching window: a frame is handed over as soon as it is announced. */
    private void judge(FrameQueue frames, int concurrency) {
        function.alias()
                .addEventSource(SqsEventSource.Builder.create(frames.queue())
                        .batchSize(BATCH)
                        .maxConcurrency(concurrency)
                        .reportBatchItemFailures(true)
                        .build());
    }

    private void allowTables(Tables tables) {
        function.allow(
                List.of("dynamodb:PutItem", "dynamodb:Query"),
                tables.detections().getTableArn());
        function.allow(
                List.of("dynamodb:GetItem", "dynamodb:PutItem"), tables.heads().getTableArn());
        function.allow(List.of("dynamodb:Query"), tables.incidents().getTableArn() + "/index/" + Tables.BY_LAST);
        function.allow(List.of("dynamodb:GetItem"), tables.fleet().getTableArn());
    }

    /** Rekognition reads the picture with the caller's own rights. */
    private void allowDetector(Judge judge, Frames frames) {
        switch (judge) {
            case Judge.EdgeScore _ -> {}
            case Judge.Cascade(int fromEdgeScore, Judge.Dear dear) -> {
                warnOfAlarmsUnasked(fromEdgeScore);
                allowDetector(dear, frames);
            }
            case Judge.Moderation _ -> {
                allowPictures(frames);
                function.allow(List.of("rekognition:DetectModerationLabels"), "*");
                Nag.exceptWildcard(
                        function.role(),
                        "\\*",
                        "DetectModerationLabels knows no resources: AWS takes nothing but * here.");
            }
            case Judge.CustomLabels(var _, String modelArn) -> {
                allowPictures(frames);
                function.allow(List.of("rekognition:DetectCustomLabels"), modelArn);
            }
        }
    }

    /** A frame below the score to ask from counts by its edge score, if that is enough for the camera's rule. */
    private void warnOfAlarmsUnasked(int fromEdgeScore) {
        if (fromEdgeScore > EDGE_SCORE_CONFIDENCE) {
            Annotations.of(this)
                    .addWarningV2(
                            "affray:alarms-unasked",
                            "detector.fromEdgeScore is %d: where a camera's alert.minConfidence is lower (%d for the edge score unless its document says otherwise), frames between the two raise alarms that the detector was not asked about. Lower fromEdgeScore, or raise minConfidence."
                                    .formatted(fromEdgeScore, EDGE_SCORE_CONFIDENCE));
        }
    }

    private void allowPictures(Frames frames) {
        String bucket = frames.bucket().getBucketArn();
        function.allow(List.of("s3:GetObject"), bucket + "/live/*", bucket + "/backlog/*");
        Nag.exceptWildcard(
                function.role(),
                "<FramesBucket.*\\.Arn>\\/(live|backlog)\\/\\*",
                "A frame's name is known only when it comes; the rights end at the two folders of frames.");
    }

    JavaFunction function() {
        return function;
    }
}
