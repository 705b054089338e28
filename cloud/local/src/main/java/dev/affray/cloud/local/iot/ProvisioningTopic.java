package dev.affray.cloud.local.iot;

import java.util.List;

/** The topics of AWS IoT's fleet provisioning that are spoken here, in JSON. */
enum ProvisioningTopic {
    CREATE("$aws/certificates/create-from-csr/json"),
    /** For a claim: a new gateway. */
    GATEWAY("$aws/provisioning-templates/affray-gateway/provision/json"),
    /** For a gateway: a new certificate in place of its old one. */
    RENEWAL("$aws/provisioning-templates/affray-gateway-renewal/provision/json");

    /** What the client id of a claim begins with; no gateway's does. */
    static final String CLAIM_PREFIX = "claim-";

    private final String request;

    ProvisioningTopic(String request) {
        this.request = request;
    }

    String request() {
        return request;
    }

    String accepted() {
        return request + "/accepted";
    }

    String rejected() {
        return request + "/rejected";
    }

    static boolean isClaim(String clientId) {
        return clientId.startsWith(CLAIM_PREFIX);
    }

    /** What a client may ask here. */
    static List<ProvisioningTopic> of(String clientId) {
        return List.of(CREATE, isClaim(clientId) ? GATEWAY : RENEWAL);
    }
}
