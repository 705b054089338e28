package dev.affray.cloud.local.iot;

import com.hivemq.extension.sdk.api.interceptor.publish.PublishInboundInterceptor;
import com.hivemq.extension.sdk.api.interceptor.publish.parameter.PublishInboundInput;
import com.hivemq.extension.sdk.api.interceptor.publish.parameter.PublishInboundOutput;
import com.hivemq.extension.sdk.api.packets.publish.AckReasonCode;
import com.hivemq.extension.sdk.api.packets.publish.PublishPacket;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Sees every message that a gateway sends, before the broker judges it: refuses foreign topics, takes shadow requests out of the stream and shows
 * messages for the rules to them. Runs on the broker's threads and hands all work to lanes.
 */
final class InboundMessages implements PublishInboundInterceptor {
    private final ShadowService shadows;
    private final Lane requests;
    private final RuleDesk rules;

    InboundMessages(ShadowService shadows, Lane requests, RuleDesk rules) {
        this.shadows = shadows;
        this.requests = requests;
        this.rules = rules;
    }

    @Override
    public void onInboundPublish(PublishInboundInput input, PublishInboundOutput output) {
        PublishPacket message = input.getPublishPacket();
        String topic = message.getTopic();
        if (!GatewayPermissions.maySend(input.getClientInformation().getClientId(), topic)) {
            output.preventPublishDelivery(AckReasonCode.NOT_AUTHORIZED, "a gateway may not send to this topic");
            return;
        }
        Optional<ShadowTopic> request = ShadowTopic.parse(topic);
        if (request.isPresent()) {
            byte[] payload = payload(message);
            boolean taken = requests.offer(() -> shadows.answer(request.get(), payload));
            output.preventPublishDelivery(taken ? AckReasonCode.SUCCESS : AckReasonCode.QUOTA_EXCEEDED);
        } else if (GatewayPermissions.isRuleTopic(topic)) {
            rules.message(topic, payload(message));
        }
    }

    static byte[] payload(PublishPacket message) {
        ByteBuffer buffer =
                message.getPayload().orElseGet(() -> ByteBuffer.allocate(0)).duplicate();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
