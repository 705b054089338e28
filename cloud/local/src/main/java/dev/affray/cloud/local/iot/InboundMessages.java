package dev.affray.cloud.local.iot;

import com.hivemq.extension.sdk.api.interceptor.publish.PublishInboundInterceptor;
import com.hivemq.extension.sdk.api.interceptor.publish.parameter.PublishInboundInput;
import com.hivemq.extension.sdk.api.interceptor.publish.parameter.PublishInboundOutput;
import com.hivemq.extension.sdk.api.packets.publish.AckReasonCode;
import com.hivemq.extension.sdk.api.packets.publish.PublishPacket;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Sees every message that a gateway sends, before the broker judges it: refuses foreign topics, takes requests to the shadows and for certificates out of the stream and shows
 * messages for the rules to them. Runs on the broker's threads and hands all work to lanes.
 */
final class InboundMessages implements PublishInboundInterceptor {
    private final ShadowService shadows;
    private final Lane requests;
    private final RuleDesk rules;
    private final Provisioner provisioner;

    /** Answers a request for a certificate. */
    interface Provisioner {
        void answer(String clientId, ProvisioningTopic topic, byte[] payload);
    }

    InboundMessages(ShadowService shadows, Lane requests, RuleDesk rules, Provisioner provisioner) {
        this.shadows = shadows;
        this.requests = requests;
        this.rules = rules;
        this.provisioner = provisioner;
    }

    @Override
    public void onInboundPublish(PublishInboundInput input, PublishInboundOutput output) {
        PublishPacket message = input.getPublishPacket();
        String topic = message.getTopic();
        String clientId = input.getClientInformation().getClientId();
        if (!GatewayPermissions.maySend(clientId, topic)) {
            output.preventPublishDelivery(AckReasonCode.NOT_AUTHORIZED, "a gateway may not send to this topic");
            return;
        }
        Optional<ProvisioningTopic> provisioning = GatewayPermissions.provisioning(clientId, topic);
        Optional<ShadowTopic> request = ShadowTopic.parse(topic);
        byte[] payload = payload(message);
        Traffic.from(clientId, topic, payload);
        if (provisioning.isPresent()) {
            take(() -> provisioner.answer(clientId, provisioning.get(), payload), output);
        } else if (request.isPresent()) {
            take(() -> shadows.answer(request.get(), payload), output);
        } else if (GatewayPermissions.isRuleTopic(topic)) {
            rules.message(topic, payload);
        }
    }

    private void take(Runnable work, PublishInboundOutput output) {
        boolean taken = requests.offer(work);
        output.preventPublishDelivery(taken ? AckReasonCode.SUCCESS : AckReasonCode.QUOTA_EXCEEDED);
    }

    static byte[] payload(PublishPacket message) {
        return payload(message.getPayload());
    }

    static byte[] payload(Optional<ByteBuffer> payload) {
        ByteBuffer buffer = payload.orElseGet(() -> ByteBuffer.allocate(0)).duplicate();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
