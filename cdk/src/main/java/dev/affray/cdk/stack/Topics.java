package dev.affray.cdk.stack;

import dev.affray.cdk.deployment.Deployment;
import dev.affray.cdk.deployment.Deployment.Audience;
import dev.affray.recipient.Filter;
import dev.affray.recipient.Recipient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.Alias;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.sns.FilterOrPolicy;
import software.amazon.awscdk.services.sns.SubscriptionFilter;
import software.amazon.awscdk.services.sns.SubscriptionProtocol;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.EmailSubscription;
import software.amazon.awscdk.services.sns.subscriptions.SmsSubscription;
import software.amazon.awscdk.services.sns.subscriptions.UrlSubscription;
import software.constructs.Construct;

/** Who is told: of possible fights, of those of which nobody took charge, and of cameras that are gone and trouble of Affray itself. */
final class Topics extends Construct {
    private static final Map<String, List<Object>> ONLY_LIVE = Map.of("line", List.of("LIVE"));

    private final Topic alerts;
    private final Topic escalation;
    private final Topic operations;

    Topics(Construct scope, Deployment deployment) {
        super(scope, "Topics");
        IKey key = Alias.fromAliasName(this, "SnsKey", "alias/aws/sns");
        boolean ses = deployment.sesFrom().isPresent();
        alerts = fights("Alerts", "Affray", key, bySns(deployment.alerts(), ses));
        escalation = fights(
                "Escalation", "Affray", key, bySns(deployment.escalation().audience(), ses));
        operations = operations(bySns(deployment.operations(), ses));
        if (ses) {
            deployment.operations().email().stream()
                    .filter(recipient -> recipient.filter().equals(Filter.ALL))
                    .forEach(recipient -> operations.addSubscription(onlyAlarms(recipient.to())));
        }
        if (deployment.alerts().all().findAny().isEmpty()) {
            warn(
                    alerts,
                    "nobody-is-told",
                    "No recipient under alerts in deployment.yaml: nobody is told of a fight unless somebody subscribes to this topic.");
        }
        if (deployment
                        .operations()
                        .all()
                        .noneMatch(recipient -> recipient.filter().equals(Filter.ALL))
                && deployment.operations().all().findAny().isPresent()) {
            warn(
                    operations,
                    "nobody-is-told-of-alarms",
                    "Every recipient under operations in deployment.yaml has a filter: nobody is told of the stack's alarms, which no filter lets through.");
        }
    }

    /** Encrypted with SNS's own key: only our functions publish here, and that key lets anyone of the account who may publish use it. */
    private Topic fights(String id, String displayName, IKey key, Audience audience) {
        Topic topic = Topic.Builder.create(this, id)
                .displayName(displayName)
                .enforceSsl(true)
                .masterKey(key)
                .build();
        // A delayed incident is no reason to wake somebody up.
        subscribe(topic, audience, ONLY_LIVE);
        return topic;
    }

    private static Audience bySns(Audience audience, boolean mailsBySes) {
        return mailsBySes ? new Audience(List.of(), audience.sms(), audience.https()) : audience;
    }

    /** CloudWatch cannot send through SES: its alarms still come by SNS, and only they have a name of an alarm in their body. */
    private static EmailSubscription onlyAlarms(String address) {
        return EmailSubscription.Builder.create(address)
                .filterPolicyWithMessageBody(
                        Map.of("AlarmName", FilterOrPolicy.filter(SubscriptionFilter.existsFilter())))
                .build();
    }

    private static void subscribe(Topic topic, Audience audience, Map<String, List<Object>> onlySms) {
        audience.email()
                .forEach(recipient -> topic.addSubscription(EmailSubscription.Builder.create(recipient.to())
                        .filterPolicy(policy(recipient, Map.of()))
                        .build()));
        audience.sms()
                .forEach(recipient -> topic.addSubscription(SmsSubscription.Builder.create(recipient.to())
                        .filterPolicy(policy(recipient, onlySms))
                        .build()));
        // Not raw: SNS's signature is in its own envelope.
        audience.https()
                .forEach(recipient -> topic.addSubscription(UrlSubscription.Builder.create(recipient.to())
                        .protocol(SubscriptionProtocol.HTTPS)
                        .filterPolicy(policy(recipient, Map.of()))
                        .build()));
    }

    /** Null, which is no policy, where everything is let through: an empty one would not say what it does. */
    private static @Nullable Map<String, SubscriptionFilter> policy(
            Recipient recipient, Map<String, List<Object>> more) {
        Map<String, SubscriptionFilter> policy = new LinkedHashMap<>();
        recipient.filter().policy().forEach((name, values) -> policy.put(name, new SubscriptionFilter(values)));
        more.forEach((name, values) -> policy.put(name, new SubscriptionFilter(values)));
        return policy.isEmpty() ? null : policy;
    }

    /**
     * Not encrypted at rest: CloudWatch may not use SNS's own key, and a key of one's own costs more a month than all the rest at rest. A policy that
     * asks for TLS takes the place of the default one, so CloudWatch must be let in by name.
     */
    private Topic operations(Audience audience) {
        Topic topic = Topic.Builder.create(this, "Operations")
                .displayName("Affray operations")
                .enforceSsl(true)
                .build();
        subscribe(topic, audience, Map.of());
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

    private static void warn(Topic topic, String id, String text) {
        Annotations.of(topic).addWarningV2("affray:" + id, text);
    }

    Topic alerts() {
        return alerts;
    }

    Topic escalation() {
        return escalation;
    }

    Topic operations() {
        return operations;
    }
}
