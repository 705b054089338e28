package dev.affray.cloud.local.iot;

import com.hivemq.extension.sdk.api.events.client.ClientLifecycleEventListener;
import com.hivemq.extension.sdk.api.events.client.parameters.AuthenticationFailedInput;
import com.hivemq.extension.sdk.api.events.client.parameters.AuthenticationSuccessfulInput;
import com.hivemq.extension.sdk.api.events.client.parameters.ClientInitiatedDisconnectInput;
import com.hivemq.extension.sdk.api.events.client.parameters.ConnectionStartInput;
import com.hivemq.extension.sdk.api.events.client.parameters.DisconnectEventInput;
import com.hivemq.extension.sdk.api.packets.connect.WillPublishPacket;
import com.hivemq.extension.sdk.api.packets.general.DisconnectedReasonCode;
import org.jspecify.annotations.Nullable;

/**
 * Shows one connection's last will to the rules when the broker publishes it: the connection ends without a normal DISCONNECT. The broker tells extensions
 * of wills only when they are left, not when they are sent. A delay asked for by the client is not waited for here.
 */
final class LastWill implements ClientLifecycleEventListener {
    private final RuleDesk rules;
    private volatile @Nullable WillPublishPacket left;
    private volatile boolean admitted;

    LastWill(RuleDesk rules) {
        this.rules = rules;
    }

    @Override
    public void onMqttConnectionStart(ConnectionStartInput input) {
        left = input.getConnectPacket().getWillPublish().orElse(null);
    }

    @Override
    public void onAuthenticationSuccessful(AuthenticationSuccessfulInput input) {
        admitted = true;
    }

    @Override
    public void onAuthenticationFailedDisconnect(AuthenticationFailedInput input) {
        left = null;
    }

    @Override
    public void onClientInitiatedDisconnect(ClientInitiatedDisconnectInput input) {
        boolean wanted = input.getReasonCode()
                .filter(code -> code == DisconnectedReasonCode.DISCONNECT_WITH_WILL_MESSAGE)
                .isPresent();
        if (wanted) {
            onDisconnect(input);
        } else {
            left = null;
        }
    }

    @Override
    public void onDisconnect(DisconnectEventInput input) {
        WillPublishPacket will = left;
        left = null;
        String thing = input.getClientInformation().getClientId();
        if (will != null
                && admitted
                && GatewayPermissions.maySend(thing, will.getTopic())
                && GatewayPermissions.isRuleTopic(will.getTopic())) {
            byte[] payload = InboundMessages.payload(will);
            Traffic.from(thing, will.getTopic(), payload);
            rules.message(will.getTopic(), payload);
        }
    }
}
