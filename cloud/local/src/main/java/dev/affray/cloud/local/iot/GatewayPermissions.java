package dev.affray.cloud.local.iot;

import com.hivemq.extension.sdk.api.auth.parameter.TopicPermission;
import com.hivemq.extension.sdk.api.services.builder.Builders;
import java.util.List;
import java.util.regex.Pattern;

/** What a gateway may touch: its own {@code affray/{thing}/} and its own shadows, whatever the policy document of an AWS account says of it there. */
final class GatewayPermissions {
    private static final Pattern RULE_TOPIC = Pattern.compile("affray/[A-Za-z0-9_-]{1,64}/(health|presence)");

    private GatewayPermissions() {}

    /** For the broker, which also applies them to subscriptions and last wills. */
    static List<TopicPermission> of(String thing) {
        return List.of(allow("affray/" + thing + "/#"), allow("$aws/things/" + thing + "/shadow/#"));
    }

    /** Whether a gateway may send a message there. Below its shadows only the request topics are for sending. */
    static boolean maySend(String thing, String topic) {
        return topic.startsWith("affray/" + thing + "/")
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
