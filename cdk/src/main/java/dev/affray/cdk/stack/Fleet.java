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
import software.amazon.awscdk.services.iot.CfnTopicRule;
import software.amazon.awscdk.services.iot.CfnTopicRule.ActionProperty;
import software.amazon.awscdk.services.iot.CfnTopicRule.LambdaActionProperty;
import software.amazon.awscdk.services.iot.CfnTopicRule.SqsActionProperty;
import software.amazon.awscdk.services.iot.CfnTopicRule.TopicRulePayloadProperty;
import software.amazon.awscdk.services.lambda.EventInvokeConfigOptions;
import software.amazon.awscdk.services.lambda.Permission;
import software.amazon.awscdk.services.lambda.destinations.SqsDestination;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

/** Keeps the table of cameras and gateways: from MQTT messages by rules to the function. A message goes on as it came, byte by byte. */
final class Fleet extends Construct {
    private static final int TIMEOUT_SECONDS = 30;

    /** Older news of a camera are overtaken by the next. */
    private static final Duration MAX_AGE = Duration.hours(1);

    private final JavaFunction function;
    private final Queue deadLetters;

    Fleet(Construct scope, Deployment deployment, Path jar, Tables tables) {
        super(scope, "Fleet");
        deadLetters = DeadLetters.in(this, "DeadLetters");
        var spec = new JavaFunction.Spec(
                "fleet", jar, "dev.affray.cloud.fleet.lambda.FleetFunction", 1024, TIMEOUT_SECONDS);
        Map<String, String> environment = Map.of("FLEET_TABLE", tables.fleet().getTableName());
        function = new JavaFunction(this, spec, deployment.retention().logsDays(), environment);
        function.allow(
                List.of("dynamodb:GetItem", "dynamodb:UpdateItem"),
                tables.fleet().getTableArn());
        function.alias()
                .configureAsyncInvoke(EventInvokeConfigOptions.builder()
                        .retryAttempts(2)
                        .maxEventAge(MAX_AGE)
                        .onFailure(new SqsDestination(deadLetters))
                        .build());
        Role errors = errorRole();
        rule("Health", "affray/+/health", errors);
        rule("Presence", "affray/+/presence", errors);
        rule("Answers", "affray/+/answers/+", errors);
        rule("Documents", "$aws/things/+/shadow/name/+/update/documents", errors);
    }

    private Role errorRole() {
        Role role = Role.Builder.create(this, "ErrorRole")
                .assumedBy(ServicePrincipal.Builder.create("iot.amazonaws.com")
                        .conditions(Map.of(
                                "StringEquals",
                                Map.of("aws:SourceAccount", Stack.of(this).getAccount())))
                        .build())
                .build();
        role.addToPolicy(PolicyStatement.Builder.create()
                .actions(List.of("sqs:SendMessage"))
                .resources(List.of(deadLetters.getQueueArn()))
                .build());
        return role;
    }

    private void rule(String id, String topics, Role errors) {
        CfnTopicRule rule = CfnTopicRule.Builder.create(this, id + "Rule")
                .topicRulePayload(TopicRulePayloadProperty.builder()
                        .description("Affray: " + topics)
                        .awsIotSqlVersion("2016-03-23")
                        .sql("SELECT topic() AS topic, encode(*, 'base64') AS payload FROM '" + topics + "'")
                        .actions(List.of(ActionProperty.builder()
                                .lambda(LambdaActionProperty.builder()
                                        .functionArn(function.alias().getFunctionArn())
                                        .build())
                                .build()))
                        .errorAction(ActionProperty.builder()
                                .sqs(SqsActionProperty.builder()
                                        .queueUrl(deadLetters.getQueueUrl())
                                        .roleArn(errors.getRoleArn())
                                        .useBase64(false)
                                        .build())
                                .build())
                        .build())
                .build();
        rule.getNode().addDependency(errors);
        function.alias()
                .addPermission(
                        id,
                        Permission.builder()
                                .principal(new ServicePrincipal("iot.amazonaws.com"))
                                .sourceArn(rule.getAttrArn())
                                .sourceAccount(Stack.of(this).getAccount())
                                .build());
    }

    JavaFunction function() {
        return function;
    }

    Queue deadLetters() {
        return deadLetters;
    }
}
