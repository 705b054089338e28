package dev.affray.cloud.fleet.lambda;

import dev.affray.document.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** Events as the rules make them. */
final class Events {
    static final String HEALTH = "affray/northgate-gw1/health";
    static final String PRESENCE = "affray/northgate-gw1/presence";
    static final String ANSWER = "affray/northgate-gw1/answers/door";
    static final String CAMERA_SHADOW = "$aws/things/northgate-gw1/shadow/name/camera-door/update/documents";

    private Events() {}

    static String of(String topic, String payload) {
        String base64 = Base64.getEncoder().encodeToString(payload.getBytes(StandardCharsets.UTF_8));
        return Json.write(Map.of("topic", topic, "payload", base64));
    }

    static String documents(long version, String desired, String reported) {
        return "{\"current\": {\"state\": {\"desired\": " + desired + ", \"reported\": " + reported + "}, \"version\": "
                + version + "}}";
    }
}
