package dev.affray.agent.camera;

import dev.affray.agent.capture.CaptureSource;
import dev.affray.camera.CameraConfig;
import dev.affray.camera.CameraLimits;

/**
 * A camera document that can be put into force here.
 *
 * @param config what it says
 * @param source where this gateway gets the video from
 */
public record CameraPlan(CameraConfig config, CaptureSource source) {
    /** The same within what the cloud allows. */
    public CameraPlan within(CameraLimits limits) {
        return new CameraPlan(config.within(limits), source);
    }
}
