package dev.affray.cdk.stack;

import dev.affray.cdk.deployment.Deployment;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.lambda.StartingPosition;
import software.amazon.awscdk.services.lambda.eventsources.DynamoEventSource;
import software.amazon.awscdk.services.lambda.eventsources.SqsDlq;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

/** Tells people: from the stream of heads to messages. What a head says is repeated until it worked, or is set aside with an alarm. */
final class Alerting extends Construct {
    private static final int TIMEOUT_SECONDS = 60;
    private static final int BATCH = 10;

    /** Lambda waits longer between later attempts; with this many, age is what ends them. */
    private static final int ATTEMPTS = 1000;

    /** An alarm that could not be sent for this long is no alarm any more. The stream itself keeps a day. */
    private static final Duration MAX_AGE = Duration.hours(6);

    /** Heads of one camera stay in order all the same: order is by key. */
    private static final int PARALLEL = 10;

    private final JavaFunction function;
    private final Queue deadLetters;

    Alerting(Construct scope, Deployment deployment, Path jar, Tables tables, Topics topics, Mails mails, Links links) {
        super(scope, "Alerting");
        deadLetters = DeadLetters.in(this, "DeadLetters");
        var spec = new JavaFunction.Spec(
                "alerting", jar, "dev.affray.cloud.alerting.lambda.AlertingFunction", 1024, TIMEOUT_SECONDS);
        function = new JavaFunction(
                this, spec, deployment.retention().logsDays(), environment(deployment, tables, topics, mails, links));
        follow(tables);
        allow(function, tables, topics, mails, links);
    }

    /** What both functions of the alerting module do. Alerting itself asks for the open heads only to warm up before its snapshot is taken. */
    static void allow(JavaFunction function, Tables tables, Topics topics, Mails mails, Links links) {
        mails.allow(function);
        links.allowKeys(function);
        function.allow(List.of("dynamodb:GetItem"), tables.heads().getTableArn());
        function.allow(
                List.of("dynamodb:GetItem", "dynamodb:Query"), tables.fleet().getTableArn());
        function.allow(List.of("dynamodb:Query"), tables.heads().getTableArn() + "/index/" + Tables.OPEN_HEADS);
        String incidents = tables.incidents().getTableArn();
        function.allow(List.of("dynamodb:PutItem"), incidents);
        function.allow(
                List.of("dynamodb:Query"),
                incidents + "/index/" + Tables.BY_ID,
                incidents + "/index/" + Tables.BY_LAST);
        function.allow(
                List.of("dynamodb:GetItem", "dynamodb:UpdateItem", "dynamodb:Query"),
                tables.notifications().getTableArn());
        function.allow(List.of("dynamodb:UpdateItem"), tables.counters().getTableArn());
        function.allow(
                List.of("dynamodb:GetItem", "dynamodb:PutItem"),
                tables.episodes().getTableArn());
        function.allow(
                List.of("sns:Publish"),
                topics.alerts().getTopicArn(),
                topics.escalation().getTopicArn(),
                topics.operations().getTopicArn());
    }

    /** And what both are told. */
    static Map<String, String> environment(
            Deployment deployment, Tables tables, Topics topics, Mails mails, Links links) {
        Map<String, String> environment = new HashMap<>(mails.environment());
        environment.putAll(links.environment());
        environment.putAll(Map.ofEntries(
                Map.entry("HEADS_TABLE", tables.heads().getTableName()),
                Map.entry("INCIDENTS_TABLE", tables.incidents().getTableName()),
                Map.entry("NOTIFICATIONS_TABLE", tables.notifications().getTableName()),
                Map.entry("COUNTERS_TABLE", tables.counters().getTableName()),
                Map.entry("EPISODES_TABLE", tables.episodes().getTableName()),
                Map.entry("FLEET_TABLE", tables.fleet().getTableName()),
                Map.entry(
                        "INCIDENT_DAYS", Integer.toString(deployment.retention().incidentsDays())),
                Map.entry("TOPIC_ARN", topics.alerts().getTopicArn()),
                Map.entry("ESCALATION_TOPIC_ARN", topics.escalation().getTopicArn()),
                Map.entry("ESCALATE_AFTER_MINUTES", Integer.toString(escalateAfterMinutes(deployment))),
                Map.entry("OPERATIONS_TOPIC_ARN", topics.operations().getTopicArn())));
        return environment;
    }

    /** Where nobody is there to be told, nothing escalates; told by 0. */
    private static int escalateAfterMinutes(Deployment deployment) {
        Deployment.Escalation escalation = deployment.escalation();
        return escalation.audience().equals(Deployment.Audience.NOBODY) ? 0 : escalation.afterMinutes();
    }

    /** From the stream's beginning: it is empty at first, and where it is not, a head seen again is announced no second time. */
    private void follow(Tables tables) {
        function.alias()
                .addEventSource(DynamoEventSource.Builder.create(tables.heads())
                        .startingPosition(StartingPosition.TRIM_HORIZON)
                        .batchSize(BATCH)
                        .reportBatchItemFailures(true)
                        .bisectBatchOnError(true)
                        .retryAttempts(ATTEMPTS)
                        .maxRecordAge(MAX_AGE)
                        .parallelizationFactor(PARALLEL)
                        .onFailure(new SqsDlq(deadLetters))
                        .build());
        Nag.exceptWildcard(
                function.role(),
                "\\*",
                "ListStreams, which Lambda needs to follow the stream of heads, knows no resources: AWS takes nothing but * here.");
    }

    JavaFunction function() {
        return function;
    }

    Queue deadLetters() {
        return deadLetters;
    }
}
