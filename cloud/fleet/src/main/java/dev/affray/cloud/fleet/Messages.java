package dev.affray.cloud.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.camera.GatewayConfig;
import dev.affray.camera.Reported;
import dev.affray.command.CommandAnswer;
import dev.affray.document.Json;
import dev.affray.frame.CameraId;
import dev.affray.health.CameraHealth;
import dev.affray.health.HealthReport;
import dev.affray.health.Presence;
import java.util.HashSet;
import java.util.Set;

/** Reads what gateways send. Fields nobody knows yet are ignored; a field that is needed and missing is an IllegalArgumentException that names it. */
final class Messages {
    private Messages() {}

    /** The thing in {@code affray/THING/kind}. */
    static String thing(String topic, String kind) {
        String[] parts = topic.split("/", -1);
        if (parts.length != 3 || !parts[0].equals("affray") || !parts[2].equals(kind)) {
            throw new IllegalArgumentException("the topic is not affray/THING/" + kind);
        }
        return checkThing(parts[1]);
    }

    static String checkThing(String thing) {
        if (!CameraId.isName(thing)) {
            throw new IllegalArgumentException("the thing's name is not " + CameraId.NAME_RULE);
        }
        return thing;
    }

    /** A gateway speaks only for itself: the report must name the thing of its topic. */
    static HealthReport health(String thing, byte[] json) {
        JsonNode document = object(Json.tree(json));
        need(document, "sentAt", "gateway", "cameras");
        need(document.get("gateway"), "version", "startedAt");
        document.get("cameras").forEach(camera -> {
            need(camera, "camera", "state", "counts");
            object(camera.get("counts"));
        });
        HealthReport report = Json.read(document.toString(), HealthReport.class);
        if (!thing.equals(report.thing())) {
            throw new IllegalArgumentException("the report speaks for another thing than its topic");
        }
        checkCameras(report);
        return report;
    }

    private static void checkCameras(HealthReport report) {
        if (report.cameras().size() > GatewayConfig.MAX_CAMERAS) {
            throw new IllegalArgumentException(
                    report.cameras().size() + " cameras; at most " + GatewayConfig.MAX_CAMERAS);
        }
        Set<String> seen = new HashSet<>();
        for (CameraHealth camera : report.cameras()) {
            if (!CameraId.isName(camera.camera())) {
                throw new IllegalArgumentException("a camera's id is not " + CameraId.NAME_RULE);
            }
            if (camera.camera().equals(CameraId.GATEWAY)) {
                throw new IllegalArgumentException("a camera is called " + CameraId.GATEWAY);
            }
            if (!seen.add(camera.camera())) {
                throw new IllegalArgumentException("camera " + camera.camera() + " stands there twice");
            }
        }
    }

    /** A gateway answers only for itself, and about the camera of the topic. */
    static CommandAnswer answer(String topic, byte[] json) {
        String[] parts = topic.split("/", -1);
        if (parts.length != 4 || !topic.equals(CommandAnswer.topic(parts[1], parts[3]))) {
            throw new IllegalArgumentException("the topic is not affray/THING/answers/CAMERA");
        }
        checkThing(parts[1]);
        JsonNode document = object(Json.tree(json));
        need(document, "id", "camera", "state", "at");
        CommandAnswer answer = Json.read(document.toString(), CommandAnswer.class);
        if (!answer.camera().equals(parts[3])) {
            throw new IllegalArgumentException("the answer is about another camera than its topic");
        }
        return answer;
    }

    static Presence presence(byte[] json) {
        JsonNode document = object(Json.tree(json));
        if (!document.path("online").isBoolean()) {
            throw new IllegalArgumentException("online is neither true nor false");
        }
        return Json.read(document.toString(), Presence.class);
    }

    static Reported reported(JsonNode state) {
        need(object(state), "version");
        if (state.hasNonNull("refused")) {
            JsonNode refused = state.get("refused");
            need(refused, "version", "hash", "problems");
            refused.get("problems").forEach(problem -> need(problem, "path", "message"));
        }
        return Json.read(state.toString(), Reported.class);
    }

    private static JsonNode object(JsonNode node) {
        if (!node.isObject()) {
            throw new IllegalArgumentException("an object is expected");
        }
        return node;
    }

    private static void need(JsonNode object, String... fields) {
        for (String field : fields) {
            if (!object.hasNonNull(field)) {
                throw new IllegalArgumentException(field + " is missing");
            }
        }
    }
}
