package dev.affray.cdk.stack;

import dev.affray.cdk.deployment.Deployment;
import java.nio.file.Path;
import java.util.List;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

/** Closes incidents and announces what waits, once a minute. */
final class Tick extends Construct {
    private static final int TIMEOUT_SECONDS = 50;

    private final JavaFunction function;
    private final Queue deadLetters;

    Tick(Construct scope, Deployment deployment, Path jar, Tables tables, Topics topics, Mails mails, Links links) {
        super(scope, "Tick");
        deadLetters = DeadLetters.in(this, "DeadLetters");
        var spec = new JavaFunction.Spec(
                "tick", jar, "dev.affray.cloud.alerting.lambda.TickFunction", 1024, TIMEOUT_SECONDS);
        function = new JavaFunction(
                this,
                spec,
                deployment.retention().logsDays(),
                Alerting.environment(deployment, tables, topics, mails, links));
        Alerting.allow(function, tables, topics, mails, links);
        function.allow(List.of("dynamodb:PutItem"), tables.heads().getTableArn());
        function.allow(List.of("dynamodb:Query"), tables.notifications().getTableArn() + "/index/" + Tables.BY_DUE);
        EveryMinute.call(this, function, deadLetters, "closes incidents");
    }

    JavaFunction function() {
        return function;
    }

    Queue deadLetters() {
        return deadLetters;
    }
}
