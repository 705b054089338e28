package dev.affray.agent.capture;

import dev.affray.agent.gate.Luma;
import dev.affray.agent.gate.MotionScore;
import dev.affray.agent.gate.NearDuplicate;
import dev.affray.camera.CameraConfig;
import java.io.IOException;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns decoded pictures into frames: scores motion ten times a second, and at each sampling instant skips a near-duplicate or encodes a JPEG for the sink.
 * Enters every sampling instant that is not spooled in the ledger. For one thread.
 */
final class FrameTaker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FrameTaker.class);

    private final String camera;
    private final FrameDoor door;
    private final CameraMeter meter;
    private final CaptureClock clock;
    private final SampleGrid samples;
    private final Repeats repeats = new Repeats();
    private final MotionScore motion = new MotionScore();
    private final NearDuplicate duplicates = new NearDuplicate();
    private final LumaReader lumas = new LumaReader();
    private final JpegEncoder encoder;
    private boolean entered;
    private SampleGrid scores = new SampleGrid(MotionScore.STEP_SECONDS, 0);

    FrameTaker(String camera, CameraConfig config, FrameDoor door, CameraMeter meter, CaptureClock clock) {
        this.camera = camera;
        this.door = door;
        this.meter = meter;
        this.clock = clock;
        samples = new SampleGrid(1 / config.sampling().fps(), 0);
        encoder = new JpegEncoder(config.image());
    }

    /**
     * The video begins, perhaps again.
     *
     * @param usual seconds between two pictures
     */
    void begin(double usual) {
        scores = new SampleGrid(MotionScore.STEP_SECONDS, usual / 2);
    }

    /**
     * Takes the next decoded picture.
     *
     * @param sampling its place on the time line that frames are sampled by, in seconds; never goes back
     * @param moving its place on the video's own time line, in seconds; never goes back
     * @param ageNanos how long ago it was due
     */
    void take(AVFrame picture, double sampling, double moving, long ageNanos) {
        meter.picture();
        boolean sampled = samples.picks(sampling);
        boolean scored = scores.picks(moving);
        if (!sampled && !scored) {
            return;
        }
        entered = false;
        try {
            Luma luma = lumas.read(picture);
            if (scored) {
                motion.add(luma, moving);
            }
            if (sampled) {
                sample(picture, luma, sampling, ageNanos);
            }
        } catch (CaptureException | IOException | RuntimeException | Error e) {
            if (sampled) {
                enterFailed();
                complain(e);
            }
        }
        if (sampled) {
            meter.sampled();
        }
    }

    @Override
    public void close() {
        encoder.close();
        lumas.close();
    }

    private void sample(AVFrame picture, Luma luma, double seconds, long ageNanos)
            throws CaptureException, IOException {
        if (duplicates.skips(luma, seconds)) {
            door.skipped();
            entered = true;
            return;
        }
        byte[] jpeg = encoder.encode(picture);
        entered = true;
        door.spool(clock.takenBefore(ageNanos), motion.score(), jpeg);
        duplicates.keep(luma, seconds);
    }

    private void enterFailed() {
        if (!entered) {
            door.failed();
            entered = true;
        }
    }

    private void complain(Throwable e) {
        String why = e instanceof CaptureException known ? known.reason() : e.toString();
        repeats.say("camera " + camera, "a frame was lost: " + why, System.nanoTime())
                .ifPresent(LOG::warn);
    }
}
