package dev.affray.cdk.stack;

import dev.affray.cdk.deployment.Deployment;
import dev.affray.cdk.deployment.Judge;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

/** Looks once a minute for cameras and gateways that are gone, for frames that nobody judges, and for a model that is off. */
final class Watch extends Construct {
    private static final int TIMEOUT_SECONDS = 50;

    private final JavaFunction function;
    private final Queue deadLetters;

    Watch(Construct scope, Deployment deployment, Path jar, Tables tables) {
        super(scope, "Watch");
        deadLetters = DeadLetters.in(this, "DeadLetters");
        var spec = new JavaFunction.Spec(
                "watch", jar, "dev.affray.cloud.fleet.lambda.WatchFunction", 1024, TIMEOUT_SECONDS);
        Map<String, String> environment = new TreeMap<>(Map.of(
                "FLEET_TABLE", tables.fleet().getTableName(),
                "HEADS_TABLE", tables.heads().getTableName(),
                "INCIDENTS_TABLE", tables.incidents().getTableName(),
                "DETECTIONS_TABLE", tables.detections().getTableName(),
                "INCIDENT_DAYS", Integer.toString(deployment.retention().incidentsDays()),
                "DETECTION_DAYS", Integer.toString(deployment.retention().detectionsDays())));
        Optional<Judge.CustomLabels> model = deployment.judge().model();
        model.ifPresent(m -> environment.put("MODEL_ARN", m.modelArn()));
        function = new JavaFunction(this, spec, deployment.retention().logsDays(), environment);
        function.allow(
                List.of("dynamodb:Query"),
                tables.fleet().getTableArn(),
                tables.detections().getTableArn(),
                tables.heads().getTableArn() + "/index/" + Tables.OPEN_HEADS);
        function.allow(
                List.of("dynamodb:GetItem", "dynamodb:PutItem"), tables.heads().getTableArn());
        model.ifPresent(this::allowStatus);
        EveryMinute.call(this, function, deadLetters, "looks for cameras that are gone");
    }

    private void allowStatus(Judge.CustomLabels model) {
        function.allow(List.of("rekognition:DescribeProjects"), "*");
        Nag.exceptWildcard(
                function.role(), "\\*", "DescribeProjects knows no resources: AWS takes nothing but * here.");
        String project = model.projectArn();
        function.allow(List.of("rekognition:DescribeProjectVersions"), project + "/*");
        Nag.exceptWildcard(
                function.role(),
                project.replace("/", "\\/") + "\\/\\*",
                "A project's ARN ends in a time that its model's does not tell; the rights end at that project.");
    }

    JavaFunction function() {
        return function;
    }

    Queue deadLetters() {
        return deadLetters;
    }
}
