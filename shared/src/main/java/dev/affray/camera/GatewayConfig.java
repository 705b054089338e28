package dev.affray.camera;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.document.Fields;
import dev.affray.document.Reading;
import dev.affray.frame.CameraId;
import java.util.HashSet;
import java.util.List;
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

    public GatewayConfig {
        cameras = List.copyOf(cameras);
    }

    /** Reads the desired state of the {@code gateway} shadow. */
    public static Reading<GatewayConfig> read(JsonNode desired) {
        return Fields.read(desired, fields -> {
            if (!fields.has("cameras")) {
                fields.problem("cameras", "is missing; an array of camera ids, which may be empty");
            }
            List<String> cameras = fields.texts("cameras", MAX_CAMERAS);
            Set<String> seen = new HashSet<>();
            for (int i = 0; i < cameras.size(); i++) {
                if (!CameraId.isName(cameras.get(i))) {
                    fields.problem("cameras[" + i + "]", "'" + cameras.get(i) + "' is not " + CameraId.NAME_RULE);
                } else if (!seen.add(cameras.get(i))) {
                    fields.problem("cameras[" + i + "]", "'" + cameras.get(i) + "' stands there twice");
                }
            }
            return new GatewayConfig(cameras);
        });
    }
}
