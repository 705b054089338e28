package dev.affray.cloud.console.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.affray.cloud.console.link.LinkRequest;
import dev.affray.cloud.console.link.LinkResponse;
import dev.affray.cloud.state.link.AlertLinks;
import dev.affray.document.Json;
import java.util.Base64;

/** Requests and responses of an API Gateway HTTP API, in its payload format 2.0. */
final class HttpApi {
    private HttpApi() {}

    /** What came. A path of something else, which the API's routes let nobody ask for, becomes one that leads to nothing. */
    static LinkRequest request(JsonNode event) {
        String path = event.path("rawPath").asText();
        return new LinkRequest(
                event.at("/requestContext/http/method").asText(),
                path.startsWith(AlertLinks.PATH) ? path.substring(AlertLinks.PATH.length()) : "",
                event.at("/queryStringParameters/done").asText(),
                event.at("/headers/accept-language").asText());
    }

    static ObjectNode response(LinkResponse response) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("statusCode", response.status());
        ObjectNode headers = json.putObject("headers");
        response.headers().forEach(headers::put);
        json.put("body", Base64.getEncoder().encodeToString(response.body()));
        json.put("isBase64Encoded", true);
        return json;
    }
}
