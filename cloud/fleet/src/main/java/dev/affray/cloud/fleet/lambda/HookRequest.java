package dev.affray.cloud.fleet.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.document.Json;

/**
 * What AWS IoT asks before it registers a gateway.
 *
 * @param template the provisioning template's name
 * @param clientId who is connected
 * @param certificateId the certificate to be registered
 * @param serial the parameter {@code SerialNumber}; empty where there is none
 */
record HookRequest(String template, String clientId, String certificateId, String serial) {
    private static final String TEMPLATE = ":provisioningtemplate/";

    /** @throws IllegalArgumentException when it is no such request */
    static HookRequest read(byte[] json) {
        JsonNode event = Json.tree(json);
        String arn = text(event, "templateArn");
        int name = arn.indexOf(TEMPLATE);
        if (name < 0) {
            throw new IllegalArgumentException("templateArn is not of a provisioning template");
        }
        return new HookRequest(
                arn.substring(name + TEMPLATE.length()),
                text(event, "clientId"),
                text(event, "certificateId"),
                event.at("/parameters/SerialNumber").asText());
    }

    private static String text(JsonNode event, String field) {
        JsonNode value = event.path(field);
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw new IllegalArgumentException(field + " is no text");
        }
        return value.textValue();
    }
}
