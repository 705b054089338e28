package dev.affray.camera;

import java.util.List;
import java.util.Optional;

/**
 * The desired state of the named shadow {@code camera-{id}}: everything about a camera that can be set from afar. {@link CameraDocument} reads it
 * strictly; {@code camera.schema.json} describes it.
 *
 * @param name as people call it
 * @param site the place it belongs to
 * @param group cameras of one site with the same one are neighbours: their fights may be one; absent for a camera without neighbours
 * @param source its video; absent when the gateway was started with a local source for this camera
 * @param sampling how often a frame is taken
 * @param gate what is not worth sending, or even decoding
 * @param score whether the agent scores the motion before each frame, which takes processor time for as long as something happens
 * @param zones the parts of the picture in which motion counts; none means all of it
 * @param image how it is stored
 * @param arming when it is armed: else it takes no frames, and none raises an alarm
 * @param alert when detections are a fight
 */
public record CameraConfig(
        String name,
        Site site,
        Optional<String> group,
        Optional<Source> source,
        Sampling sampling,
        Gate gate,
        boolean score,
        List<Polygon> zones,
        Image image,
        ArmingSchedule arming,
        AlertRule alert) {
    public CameraConfig {
        zones = List.copyOf(zones);
    }

    /** One without neighbours, whose motion is scored, and that is always armed. */
    public CameraConfig(
            String name,
            Site site,
            Optional<Source> source,
            Sampling sampling,
            Gate gate,
            List<Polygon> zones,
            Image image,
            AlertRule alert) {
        this(
                name,
                site,
                Optional.empty(),
                source,
                sampling,
                gate,
                true,
                zones,
                image,
                ArmingSchedule.always(site.zone()),
                alert);
    }

    /** The same with another schedule. */
    public CameraConfig armed(ArmingSchedule schedule) {
        return new CameraConfig(name, site, group, source, sampling, gate, score, zones, image, schedule, alert);
    }

    /** The same with no more frames a second than the cloud allows; this very one where that takes nothing away. */
    public CameraConfig within(CameraLimits limits) {
        double most = limits.maxFps().orElse(Double.MAX_VALUE);
        if (sampling.activeFps() <= most) {
            return this;
        }
        Sampling limited = new Sampling(sampling.mode(), Math.min(sampling.fps(), most), most, sampling.hold());
        return new CameraConfig(name, site, group, source, limited, gate, score, zones, image, arming, alert);
    }

    /** Whether so many frames are taken while something happens that the alert rule can hold at all. */
    public boolean canAlert() {
        return sampling.activeFps() >= alert.leastFps();
    }

    /** The shadow that holds a camera's document. */
    public static String shadowName(String camera) {
        return "camera-" + camera;
    }
}
