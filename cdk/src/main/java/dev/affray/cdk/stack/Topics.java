package dev.affray.cdk.stack;

import dev.affray.cdk.deployment.Deployment;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.Alias;
import software.amazon.awscdk.services.sns.StringConditions;
import software.amazon.awscdk.services.sns.SubscriptionFilter;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.EmailSubscription;
import software.amazon.awscdk.services.sns.subscriptions.SmsSubscription;
import software.constructs.Construct;

/** Who is told: of possible fights, and of cameras that are gone and trouble of Affray itself. */
final class Topics extends Construct {
    private final Topic alerts;
    private final Topic operations;

    Topics(Construct scope, Deployment deployment) {
        super(scope, "Topics");
        alerts = alerts(deployment.alerts());
        operations = operations(deployment.operations());
    }

    /** Encrypted with SNS's own key: only our functions publish here, and that key lets anyone of the account who may publish use it. */
    private Topic alerts(Deployment.Recipients recipients) {
        Topic topic = Topic.Builder.create(this, "Alerts")
                .displayName("Affray")
                .enforceSsl(true)
                .masterKey(Alias.fromAliasName(this, "SnsKey", "alias/aws/sns"))
                .build();
        recipients.email().forEach(address -> topic.addSubscription(new EmailSubscription(address)));
        recipients
                .sms()
                .forEach(number -> topic.addSubscription(SmsSubscription.Builder.create(number)
                        .filterPolicy(Map.of("line", onlyLive()))
                        .build()));
        if (recipients.email().isEmpty() && recipients.sms().isEmpty()) {
            Annotations.of(topic)
                    .addWarningV2(
                            "affray:nobody-is-told",
                            "No recipient under alerts in deployment.yaml: nobody is told of a fight unless somebody subscribes to this topic.");
        }
        return topic;
    }

    /** A delayed incident is no reason to wake somebody up. */
    private static SubscriptionFilter onlyLive() {
        return SubscriptionFilter.stringFilter(
                StringConditions.builder().allowlist(List.of("LIVE")).build());
    }

    /**
     * Not encrypted at rest: CloudWatch may not use SNS's own key, and a key of one's own costs more a month than all the rest at rest. A policy that
     * asks for TLS takes the place of the default one, so CloudWatch must be let in by name.
     */
    private Topic operations(List<String> addresses) {
        Topic topic = Topic.Builder.create(this, "Operations")
                .displayName("Affray operations")
                .enforceSsl(true)
                .build();
        addresses.forEach(address -> topic.addSubscription(new EmailSubscription(address)));
        Stack stack = Stack.of(this);
        topic.addToResourcePolicy(PolicyStatement.Builder.create()
                .sid("Alarms")
                .principals(List.of(new ServicePrincipal("cloudwatch.amazonaws.com")))
                .actions(List.of("sns:Publish"))
                .resources(List.of(topic.getTopicArn()))
                .conditions(Map.of(
                        "ArnLike", Map.of("aws:SourceArn", alarmArns(stack)),
                        "StringEquals", Map.of("aws:SourceAccount", stack.getAccount())))
                .build());
        Nag.except(
                topic,
                "SNS2",
                "CloudWatch cannot publish to a topic under SNS's own key; its messages name alarms, cameras and sites, and show nobody.");
        return topic;
    }

    private static String alarmArns(Stack stack) {
        return "arn:" + stack.getPartition() + ":cloudwatch:" + stack.getRegion() + ":" + stack.getAccount()
                + ":alarm:*";
    }

    Topic alerts() {
        return alerts;
    }

    Topic operations() {
        return operations;
    }
}
