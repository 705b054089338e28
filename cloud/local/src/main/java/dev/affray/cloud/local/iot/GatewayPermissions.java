package dev.affray.cloud.local.iot;

import com.hivemq.extension.sdk.api.auth.parameter.TopicPermission;
import com.hivemq.extension.sdk.api.services.builder.Builders;
import dev.affray.command.Command;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a gateway may touch: its own {@code affray/{thing}/}, its own shadows and the way to a new certificate (a claim: only that), whatever the policy document of an AWS account says of it there. */
final class GatewayPermissions {
    private static final Pattern RULE_TOPIC =
            Pattern.compile("affray/[A-Za-z0-9_-]{1,64}/(health|presence|answers/[A-Za-z0-9_-]{1,64})");

    private GatewayPermissions() {}

    /** For the broker, which also applies them to subscriptions and last wills. */
    static List<TopicPermission> of(String clientId) {
        Stream<String> own = ProvisioningTopic.isClaim(clientId)
                ? Stream.of()
                : Stream.of("affray/" + clientId + "/#", "$aws/things/" + clientId + "/shadow/#");
        Stream<String> provisioning = ProvisioningTopic.of(clientId).stream()
                .flatMap(topic -> Stream.of(topic.request(), topic.accepted(), topic.rejected()));
        return Stream.concat(own, provisioning).map(GatewayPermissions::allow).toList();
    }

    /** Whether a gateway may send a message there. Below its shadows only the request topics are for sending, and commands are for hearing alone. */
    static boolean maySend(String clientId, String topic) {
        return provisioning(clientId, topic).isPresent()
                || (!ProvisioningTopic.isClaim(clientId) && mayAGatewaySend(clientId, topic));
    }

    /** The request that a message to this topic is, if this client may make it. */
    static Optional<ProvisioningTopic> provisioning(String clientId, String topic) {
        return ProvisioningTopic.of(clientId).stream()
                .filter(request -> request.request().equals(topic))
                .findFirst();
    }

    private static boolean mayAGatewaySend(String thing, String topic) {
        return (topic.startsWith("affray/" + thing + "/") && !topic.equals(Command.topic(thing)))
                || ShadowTopic.parse(topic)
                        .filter(request -> request.thing().equals(thing))
                        .isPresent();
    }

    /** Whether a message there is handed to the rules. */
    static boolean isRuleTopic(String topic) {
        return RULE_TOPIC.matcher(topic).matches();
    }

    private static TopicPermission allow(String filter) {
        return Builders.topicPermission()
                .topicFilter(filter)
                .type(TopicPermission.PermissionType.ALLOW)
                .activity(TopicPermission.MqttActivity.ALL)
                .qos(TopicPermission.Qos.ALL)
                .retain(TopicPermission.Retain.ALL)
                .sharedSubscription(TopicPermission.SharedSubscription.NOT_SHARED)
                .build();
    }
}
