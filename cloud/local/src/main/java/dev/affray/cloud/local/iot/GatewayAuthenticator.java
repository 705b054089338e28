package dev.affray.cloud.local.iot;

import com.hivemq.extension.sdk.api.auth.SimpleAuthenticator;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthInput;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthOutput;
import com.hivemq.extension.sdk.api.client.parameter.ClientTlsInformation;
import com.hivemq.extension.sdk.api.packets.auth.DefaultAuthorizationBehaviour;
import com.hivemq.extension.sdk.api.packets.connect.ConnackReasonCode;
import dev.affray.cloud.local.pki.Authority;
import dev.affray.frame.CameraId;
import java.util.Optional;

/** Lets a client in when its certificate's common name is its client id and a thing name, or it is a claim, and then only to its own topics. */
final class GatewayAuthenticator implements SimpleAuthenticator {
    @Override
    public void onConnect(SimpleAuthInput input, SimpleAuthOutput output) {
        String clientId = input.getClientInformation().getClientId();
        Optional<String> commonName = input.getConnectionInformation()
                .getClientTlsInformation()
                .flatMap(ClientTlsInformation::getClientCertificate)
                .flatMap(CommonName::of);
        if (commonName.filter(name -> isAllowed(name, clientId)).isEmpty()) {
            output.failAuthentication(
                    ConnackReasonCode.NOT_AUTHORIZED, "the client id is not the common name of the client certificate");
            return;
        }
        output.getDefaultPermissions().addAll(GatewayPermissions.of(clientId));
        output.getDefaultPermissions().setDefaultBehaviour(DefaultAuthorizationBehaviour.DENY);
        output.authenticateSuccessfully();
    }

    /** A gateway bears its own name; a claim may be anybody's who has none yet. */
    private static boolean isAllowed(String commonName, String clientId) {
        boolean claim = ProvisioningTopic.isClaim(clientId);
        return CameraId.isName(clientId) && (claim ? commonName.equals(Authority.CLAIM) : commonName.equals(clientId));
    }
}
