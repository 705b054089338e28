package dev.affray.cdk.stack;

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

/** Calls a function once a minute. A call that fails is not repeated, for the next does its work too; it is set aside with an alarm. */
final class EveryMinute {
    private static final int ONE_MINUTE = 60;

    private EveryMinute() {}

    /**
     * Sets up the schedule, its role and what becomes of failures.
     *
     * @param scope where the schedule belongs
     * @param purpose in a few words
     */
    static void call(Construct scope, JavaFunction function, Queue deadLetters, String purpose) {
        String alias = function.alias().getFunctionArn();
        Role role = Role.Builder.create(scope, "ScheduleRole")
                .assumedBy(ServicePrincipal.Builder.create("scheduler.amazonaws.com")
                        .conditions(Map.of(
                                "StringEquals",
                                Map.of("aws:SourceAccount", Stack.of(scope).getAccount())))
                        .build())
                .build();
        role.addToPolicy(statement("lambda:InvokeFunction", alias));
        role.addToPolicy(statement("sqs:SendMessage", deadLetters.getQueueArn()));
        CfnSchedule schedule = CfnSchedule.Builder.create(scope, "Schedule")
                .description("Affray: " + purpose)
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
        function.alias()
                .configureAsyncInvoke(EventInvokeConfigOptions.builder()
                        .retryAttempts(0)
                        .maxEventAge(Duration.seconds(ONE_MINUTE))
                        .onFailure(new SqsDestination(deadLetters))
                        .build());
    }

    private static PolicyStatement statement(String action, String arn) {
        return PolicyStatement.Builder.create()
                .actions(List.of(action))
                .resources(List.of(arn))
                .build();
    }
}
