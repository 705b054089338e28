package dev.affray.frame;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.regex.Pattern;

/**
 * A camera, by the gateway it hangs on.
 *
 * @param thing the gateway's AWS IoT thing name
 * @param camera the camera's id, unique on that gateway
 */
public record CameraId(String thing, String camera) implements Comparable<CameraId> {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /** What a thing name or a camera id may look like, in words for an error message. */
    public static final String NAME_RULE = "1 to 64 characters of A-Z a-z 0-9 _ -";

    /** Stands in a camera's place where the gateway itself is meant. No camera may be called so. */
    public static final String GATEWAY = "_gateway";

    /** @throws IllegalArgumentException when either name breaks {@link #NAME_RULE} */
    public CameraId {
        if (!isName(thing)) {
            throw new IllegalArgumentException("thing '" + thing + "' is not " + NAME_RULE);
        }
        if (!isName(camera)) {
            throw new IllegalArgumentException("camera '" + camera + "' is not " + NAME_RULE);
        }
    }

    /** The gateway itself. */
    public static CameraId gateway(String thing) {
        return new CameraId(thing, GATEWAY);
    }

    /** Whether the gateway itself is meant, not a camera on it. */
    @JsonIgnore
    public boolean isGateway() {
        return camera.equals(GATEWAY);
    }

    /** Whether a text may stand as a thing name or camera id. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /**
     * The inverse of {@link #toString}.
     *
     * @throws IllegalArgumentException when the text is not {@code thing/camera}
     */
    public static CameraId parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("'" + text + "' is not THING/CAMERA");
        }
        return new CameraId(text.substring(0, slash), text.substring(slash + 1));
    }

    @Override
    public int compareTo(CameraId other) {
        int byThing = thing.compareTo(other.thing);
        return byThing != 0 ? byThing : camera.compareTo(other.camera);
    }

    /** {@code thing/camera}: also the partition of a camera's detections. */
    @Override
    public String toString() {
        return thing + "/" + camera;
    }
}
