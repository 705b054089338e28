package dev.affray.camera;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.document.Fields;
import dev.affray.document.Reading;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The desired state of the named shadow {@code limits-{id}}: what the cloud restricts a camera to, such as when a budget runs out. It has a shadow of its own so
 * that it never gets into what people wrote; without one, or with an empty one, nothing is restricted.
 *
 * @param maxFps the most frames a second, whatever the camera's document says; absent for no limit
 * @param reason in words, for the log
 */
public record CameraLimits(OptionalDouble maxFps, Optional<String> reason) {
    /** Nothing is restricted. */
    public static final CameraLimits NONE = new CameraLimits(OptionalDouble.empty(), Optional.empty());

    private static final double LEAST_FPS = 0.01;
    private static final double MOST_FPS = 60;
    private static final int LONGEST_REASON = 200;

    /** The shadow that holds a camera's limits. */
    public static String shadowName(String camera) {
        return "limits-" + camera;
    }

    /** Reads the desired state of that shadow. */
    public static Reading<CameraLimits> read(JsonNode desired) {
        return Fields.read(
                desired,
                fields -> new CameraLimits(
                        fields.optionalNumber("maxFps", LEAST_FPS, MOST_FPS),
                        fields.optionalText("reason", LONGEST_REASON)));
    }
}
