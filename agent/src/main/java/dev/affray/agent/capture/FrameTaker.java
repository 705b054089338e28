package dev.affray.agent.capture;

import dev.affray.agent.gate.ActivityGate;
import dev.affray.agent.gate.FightScore;
import dev.affray.agent.gate.Luma;
import dev.affray.agent.gate.NearDuplicate;
import dev.affray.agent.gate.PicturePace;
import dev.affray.agent.gate.ScoreModel;
import dev.affray.agent.health.FrameLedger.Stage;
import dev.affray.camera.CameraConfig;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalInt;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns decoded pictures into frames: looks at them about ten times a second, for the gate and for the score, and at each sampling instant skips what the gate finds not worth sending, or encodes
 * a JPEG for the sink. Enters every sampling instant that is not spooled in the ledger. While the camera is disarmed there are none. For one thread.
 */
final class FrameTaker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FrameTaker.class);

    /** The gate looks at a picture this often, in seconds. */
    private static final double LOOK_SECONDS = 0.1;

    private final String camera;
    private final FrameDoor door;
    private final Snapshots snapshots;
    private final CameraMeter meter;
    private final CaptureClock clock;
    private final Arming arming;
    private final SampleGrid samples;
    private final Repeats repeats = new Repeats();
    private final FightScore fight;
    private final NearDuplicate duplicates = new NearDuplicate();
    private final LumaReader lumas;
    private final SmallPictures greys;
    private final JpegEncoder encoder;
    private final ActivityGate gate;
    private final boolean skipsDuplicates;
    private final int widestFile;
    private final double quietStep;
    private final double activeStep;
    private final Timeline line = new Timeline();
    private boolean entered;
    private double usual;
    private double takenAt = Double.NaN;
    private SampleGrid looks = new SampleGrid(LOOK_SECONDS, 0);
    private boolean scoring;
    private boolean toldUnscored;

    FrameTaker(
            String camera,
            CameraConfig config,
            ScoreModel model,
            FrameDoor door,
            Snapshots snapshots,
            CameraMeter meter,
            CaptureClock clock) {
        this.camera = camera;
        this.door = door;
        this.snapshots = snapshots;
        this.meter = meter;
        this.clock = clock;
        arming = new Arming(camera, config.arming(), clock);
        gate = new ActivityGate(config);
        quietStep = 1 / config.sampling().fps();
        activeStep = 1 / config.sampling().activeFps();
        // Key pictures come when they come: one that is a little early for its instant is its.
        samples = new SampleGrid(quietStep, gate.isOff() ? quietStep / 4 : 0);
        skipsDuplicates = config.gate().duplicates();
        widestFile = skipsDuplicates || !config.image().masks().isEmpty()
                ? 0
                : config.image().maxWidth();
        Masks masks = new Masks(config.image().masks());
        lumas = new LumaReader(masks);
        greys = new SmallPictures(masks);
        scoring = config.score();
        fight = new FightScore(model);
        encoder = new JpegEncoder(config.image());
    }

    /** Whether there are to be frames. */
    Arming arming() {
        return arming;
    }

    /** Decides which packets are decoded. */
    ActivityGate gate() {
        return gate;
    }

    /**
     * The video begins, perhaps again.
     *
     * @param usual seconds between two pictures
     */
    void begin(double usual) {
        this.usual = usual;
        line.restart();
        gate.begin();
        fight.begin(usual);
        looks = new SampleGrid(LOOK_SECONDS, usual / 2);
    }

    /**
     * Takes the next decoded picture.
     *
     * @param at its place on the time line that frames are sampled by, in seconds; never goes back
     * @param stamp its time stamp, in seconds; NaN when it has none
     * @param ageNanos how long ago it was due
     */
    void take(AVFrame picture, double at, double stamp, long ageNanos) {
        meter.picture();
        snapshot(picture, ageNanos);
        takenAt = at;
        double moving = line.place(stamp, usual);
        boolean looked = looks.picks(moving);
        score(picture, Double.isNaN(stamp) ? moving : stamp);
        // Of before it was armed: only the score is to know it.
        if ((!looked && !samples.isDue(at)) || !arming.holdsBefore(ageNanos)) {
            return;
        }
        boolean sampled = false;
        entered = false;
        try {
            Luma luma = lumas.read(picture);
            gate.picture(luma, at);
            meter.image(gate.condition());
            samples.every(gate.active(at) ? activeStep : quietStep);
            sampled = samples.picks(at);
            if (sampled) {
                sample(picture, luma, at, ageNanos);
            }
        } catch (CaptureException | IOException | RuntimeException | Error e) {
            sampled = sampled || samples.picks(at);
            if (sampled) {
                enterFailed();
                complain("a frame was lost", e);
            }
        }
        if (sampled) {
            meter.sampled();
        }
    }

    /** Whether somebody waits for a picture of a moment ago, or of one that is still to come. */
    boolean isAwaited(long ageNanos) {
        return snapshots.wants(System.nanoTime() - ageNanos);
    }

    /** Hands the picture to those who wait for one. It is no frame: nothing is counted, and it leaves the camera only while that is armed. */
    void snapshot(AVFrame picture, long ageNanos) {
        long capturedNanos = System.nanoTime() - ageNanos;
        if (!snapshots.wants(capturedNanos) || door.isShut()) {
            return;
        }
        Instant wall = clock.wallBefore(ageNanos).truncatedTo(ChronoUnit.MILLIS);
        if (!arming.holdsAt(wall)) {
            return;
        }
        try {
            snapshots.give(wall, encoder.encode(picture), capturedNanos);
        } catch (CaptureException | RuntimeException | Error e) {
            complain("a snapshot was lost", e);
        }
    }

    /** The camera is disarmed: nobody gets a picture of it. */
    void disarm() {
        snapshots.refuse(Snapshot.Reason.DISARMED, "the camera was disarmed before a picture came");
    }

    /** What comes next begins at this time again, after pictures that were not decoded. */
    void resume(double at) {
        if (at > takenAt) {
            line.pause(at - takenAt);
        }
    }

    /** A packet that was never decoded, and its place on the time line. */
    void passOver(double at) {
        samples.every(quietStep);
        if (samples.picks(at)) {
            door.skipped(Stage.PACKETS);
            meter.sampled();
        }
    }

    /** Looks at a single picture while the gate is closed. Returns whether it stays so. */
    boolean look(AVFrame picture, double at) throws CaptureException {
        meter.picture();
        boolean closed = gate.look(lumas.read(picture), at);
        meter.image(gate.condition());
        return closed;
    }

    /** Looks at a single picture while the camera is disarmed, to see whether it shows something. */
    void glance(AVFrame picture, double at) {
        meter.picture();
        try {
            gate.alone(lumas.read(picture), at);
            meter.image(gate.condition());
        } catch (CaptureException e) {
            complain("a picture could not be looked at", e);
        }
    }

    /** Whether it is time for another frame. */
    boolean isDue(double at) {
        return samples.isDue(at);
    }

    /** How wide a JPEG file may be to be taken as it comes, in pixels; 0 where somebody has to look at it, or paint over it. */
    int takesFilesTo(double at) {
        return gate.looksAlone(at) ? 0 : widestFile;
    }

    /** Takes a JPEG file as it came, without a score. */
    void takeFile(byte[] jpeg, double at, long ageNanos) {
        meter.pictureAsItIs();
        samples.picks(at);
        entered = false;
        try {
            spool(jpeg, at, ageNanos, OptionalInt.empty());
        } catch (IOException | RuntimeException | Error e) {
            enterFailed();
            complain("a frame was lost", e);
        }
        meter.sampled();
    }

    /** Takes a key picture by itself, without a score: what is around it is not decoded. */
    void takeAlone(AVFrame picture, double at, long ageNanos) {
        meter.picture();
        if (!samples.picks(at)) {
            return;
        }
        entered = false;
        try {
            Luma luma = skipsDuplicates || gate.looksAlone(at) ? lumas.read(picture) : null;
            if (luma != null) {
                gate.alone(luma, at);
                meter.image(gate.condition());
            }
            if (skipsDuplicates && luma != null && !gate.keepAliveDue(at) && duplicates.skips(luma)) {
                door.skipped(Stage.DUPLICATES);
                entered = true;
            } else {
                send(picture, luma, at, ageNanos, OptionalInt.empty());
            }
        } catch (CaptureException | IOException | RuntimeException | Error e) {
            enterFailed();
            complain("a frame was lost", e);
        }
        meter.sampled();
    }

    /** Sends a picture from behind the closed gate, without a score, to show that the camera still sees. */
    void keepAlive(AVFrame picture, double at, long ageNanos) {
        samples.pick(at);
        entered = false;
        try {
            send(picture, lumas.read(picture), at, ageNanos, OptionalInt.empty());
        } catch (CaptureException | IOException | RuntimeException | Error e) {
            enterFailed();
            complain("a frame was lost", e);
        }
        meter.sampled();
    }

    @Override
    public void close() {
        encoder.close();
        lumas.close();
        greys.close();
        fight.close();
    }

    /** By the stream's own time stamps: what leaps in them is no motion. */
    private void score(AVFrame picture, double seconds) {
        try {
            if (scoring && fight.wants(seconds)) {
                fight.add(greys.read(picture), seconds);
            }
        } catch (LinkageError e) {
            scoring = false;
            LOG.error(
                    "camera {}: its frames have no score: OpenCV cannot be loaded on this machine: {}",
                    camera,
                    e.getMessage());
        } catch (CaptureException | RuntimeException e) {
            complain("a picture was left out of the score", e);
        }
        if (scoring && fight.isTooSlow() && !toldUnscored) {
            toldUnscored = true;
            LOG.warn(
                    "camera {}: its frames have no score: {} pictures a second, and a score needs {}; let the camera send more",
                    camera,
                    Math.round(fight.rate() * 10) / 10.0,
                    PicturePace.LEAST_RATE);
        }
    }

    private void sample(AVFrame picture, Luma luma, double at, long ageNanos) throws CaptureException, IOException {
        boolean active = gate.active(at);
        if (!gate.keepAliveDue(at) && (!active || (skipsDuplicates && duplicates.skips(luma)))) {
            door.skipped(active ? Stage.DUPLICATES : Stage.MOTION);
            entered = true;
            return;
        }
        send(picture, luma, at, ageNanos, fight.score());
    }

    private void send(AVFrame picture, @Nullable Luma luma, double at, long ageNanos, OptionalInt score)
            throws CaptureException, IOException {
        spool(encoder.encode(picture), at, ageNanos, score);
        if (luma != null) {
            duplicates.keep(luma);
        }
    }

    /** Unless the camera was disarmed while the picture was encoded: what is sent was captured while it was armed, also by the name it gets. */
    private void spool(byte[] jpeg, double at, long ageNanos, OptionalInt score) throws IOException {
        entered = true;
        Instant wall = clock.wallBefore(ageNanos);
        if (!arming.holdsAt(wall)) {
            return;
        }
        door.spool(clock.taken(wall, ageNanos), score, jpeg);
        gate.sent(at);
    }

    private void enterFailed() {
        if (!entered) {
            door.failed();
            entered = true;
        }
    }

    private void complain(String what, Throwable e) {
        String why = e instanceof CaptureException known ? known.reason() : e.toString();
        repeats.say("camera " + camera, what + ": " + why, System.nanoTime()).ifPresent(LOG::warn);
    }
}
