package dev.affray.camera;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.document.Fields;
import dev.affray.document.Reading;
import dev.affray.frame.CameraId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The desired state of the named shadow {@code gateway}: which cameras the gateway serves, since named shadows cannot be listed over MQTT.
 *
 * @param cameras their ids, without repetition, in the order given
 */
public record GatewayConfig(List<String> cameras) {
    /** The shadow that holds the gateway's document. */
    public static final String SHADOW_NAME = "gateway";

    /** The most cameras one gateway serves. */
    public static final int MAX_CAMERAS = 64;

    /** AWS IoT's bound on a shadow's name is 64 characters, of which {@code camera-} takes seven. */
    public static final int MAX_CAMERA_ID = 64 - CameraConfig.shadowName("").length();

    public GatewayConfig {
        cameras = List.copyOf(cameras);
    }

    /** Reads the desired state of the {@code gateway} shadow. */
    public static Reading<GatewayConfig> read(JsonNode desired) {
        return Fields.read(desired, fields -> {
            if (!fields.has("cameras")) {
                fields.problem("cameras", "is missing; an array of camera ids, which may be empty");
            }
            Set<String> seen = new HashSet<>();
            return new GatewayConfig(fields.texts("cameras", MAX_CAMERAS, id -> complaint(id, seen)));
        });
    }

    private static Optional<String> complaint(String id, Set<String> seen) {
        if (!CameraId.isName(id)) {
            return Optional.of("'" + id + "' is not " + CameraId.NAME_RULE);
        }
        if (id.length() > MAX_CAMERA_ID) {
            return Optional.of(
                    "'" + id + "' is longer than " + MAX_CAMERA_ID + " characters; its shadow's name may have 64");
        }
        if (id.equals(CameraId.GATEWAY)) {
            return Optional.of("'" + id + "' means the gateway itself; call the camera otherwise");
        }
        return seen.add(id) ? Optional.empty() : Optional.of("'" + id + "' stands there twice");
    }
}
