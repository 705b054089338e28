package dev.affray.agent.iot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.agent.identity.TestAuthority;
import dev.affray.document.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** AWS IoT's fleet provisioning as its documentation has it: topics, requests, answers and refusals. */
final class ProvisioningResponder implements ShadowBroker.Responder {
    private static final String CREATE = "$aws/certificates/create-from-csr/json";

    private final TestAuthority authority;
    private final String template;

    /** The parameters of each registration. */
    final List<JsonNode> registered = new CopyOnWriteArrayList<>();

    volatile String thing = "gateway-1";
    volatile Duration lifetime = Duration.ofDays(90);
    volatile boolean signs = true;
    volatile boolean registers = true;
    volatile boolean silentOnRegistering;
    volatile Map<String, String> configuration = Map.of();

    ProvisioningResponder(TestAuthority authority, String template) {
        this.authority = authority;
        this.template = "$aws/provisioning-templates/" + template + "/provision/json";
    }

    @Override
    public Map<String, Object> answer(String topic, byte[] payload) {
        if (topic.equals(CREATE)) {
            return signs
                    ? Map.of(CREATE + "/accepted", certificate(Json.tree(payload)))
                    : Map.of(CREATE + "/rejected", refusal());
        }
        if (!topic.equals(template) || silentOnRegistering) {
            return Map.of();
        }
        JsonNode request = Json.tree(payload);
        if (!registers || !request.path("certificateOwnershipToken").asText().equals("token")) {
            return Map.of(template + "/rejected", refusal());
        }
        registered.add(request.path("parameters"));
        return Map.of(template + "/accepted", Map.of("thingName", thing, "deviceConfiguration", configuration));
    }

    private Map<String, String> certificate(JsonNode request) {
        String pem = authority.issue(request.path("certificateSigningRequest").asText(), lifetime);
        return Map.of("certificateId", "id", "certificatePem", pem, "certificateOwnershipToken", "token");
    }

    private static Map<String, Object> refusal() {
        return Map.of("statusCode", 403, "errorCode", "AccessDenied", "errorMessage", "Access denied");
    }
}
