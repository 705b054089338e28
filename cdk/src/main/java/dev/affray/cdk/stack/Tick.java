package dev.affray.cdk.stack;

import dev.affray.cdk.deployment.Deployment;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.EventInvokeConfigOptions;
import software.amazon.awscdk.services.lambda.destinations.SqsDestination;
import software.amazon.awscdk.services.scheduler.CfnSchedule;
import software.amazon.awscdk.services.scheduler.CfnSchedule.DeadLetterConfigProperty;
import software.amazon.awscdk.services.scheduler.CfnSchedule.FlexibleTimeWindowProperty;
import software.amazon.awscdk.services.scheduler.CfnSchedule.RetryPolicyProperty;
import software.amazon.awscdk.services.scheduler.CfnSchedule.TargetProperty;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

/** Closes incidents: once a minute. A tick that fails is not repeated, for the next does its work too. */
final class Tick extends Construct {
    private static final int TIMEOUT_SECONDS = 50;
    private static final int ONE_MINUTE = 60;

    private final JavaFunction function;
    private final Queue deadLetters;

    Tick(Construct scope, Deployment deployment, Path jar, Tables tables, Topics topics) {
        super(scope, "Tick");
        deadLetters = DeadLetters.in(this, "DeadLetters");
        var spec = new JavaFunction.Spec(
                "tick", jar, "dev.affray.cloud.alerting.lambda.TickFunction", 1024, TIMEOUT_SECONDS);
        function = new JavaFunction(
                this, spec, deployment.retention().logsDays(), Alerting.environment(deployment, tables, topics));
        Alerting.allow(function, tables, topics);
        function.allow(List.of("dynamodb:PutItem"), tables.heads().getTableArn());
        everyMinute();
        function.alias()
                .configureAsyncInvoke(EventInvokeConfigOptions.builder()
                        .retryAttempts(0)
                        .maxEventAge(Duration.seconds(ONE_MINUTE))
                        .onFailure(new SqsDestination(deadLetters))
                        .build());
    }

    private void everyMinute() {
        String alias = function.alias().getFunctionArn();
        Role role = Role.Builder.create(this, "ScheduleRole")
                .assumedBy(ServicePrincipal.Builder.create("scheduler.amazonaws.com")
                        .conditions(Map.of(
                                "StringEquals",
                                Map.of("aws:SourceAccount", Stack.of(this).getAccount())))
                        .build())
                .build();
        role.addToPolicy(statement("lambda:InvokeFunction", alias));
        role.addToPolicy(statement("sqs:SendMessage", deadLetters.getQueueArn()));
        CfnSchedule schedule = CfnSchedule.Builder.create(this, "Schedule")
                .description("Affray: closes incidents")
                .scheduleExpression("rate(1 minute)")
                .flexibleTimeWindow(
                        FlexibleTimeWindowProperty.builder().mode("OFF").build())
                .target(TargetProperty.builder()
                        .arn(alias)
                        .roleArn(role.getRoleArn())
                        .retryPolicy(RetryPolicyProperty.builder()
                                .maximumEventAgeInSeconds(ONE_MINUTE)
                                .maximumRetryAttempts(2)
                                .build())
                        .deadLetterConfig(DeadLetterConfigProperty.builder()
                                .arn(deadLetters.getQueueArn())
                                .build())
                        .build())
                .build();
        schedule.getNode().addDependency(role);
    }

    private static PolicyStatement statement(String action, String arn) {
        return PolicyStatement.Builder.create()
                .actions(List.of(action))
                .resources(List.of(arn))
                .build();
    }

    JavaFunction function() {
        return function;
    }

    Queue deadLetters() {
        return deadLetters;
    }
}
