package dev.affray.cloud.state;

import dev.affray.frame.CameraId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Detections by camera and {@link dev.affray.frame.Frame#position}. Thread-safe; every read sees every write that returned before it began. */
public interface DetectionStore {
    /**
     * Stores a detection unless its frame has one.
     *
     * @return false when the frame has one already, which stays as it is; that may be this very one, where a store had to repeat its request
     */
    boolean put(Detection detection);

    /** A camera's detections with {@code after < capturedAt < before}, by capture time and sequence. */
    List<Detection> between(CameraId camera, Instant after, Instant before);

    /** The detection captured last. */
    Optional<Detection> newest(CameraId camera);
}
