package dev.affray.agent.camera;

import dev.affray.agent.capture.Camera;
import dev.affray.agent.capture.CameraStatus;
import dev.affray.agent.capture.CaptureSource;
import dev.affray.agent.capture.Clip;
import dev.affray.agent.capture.ClipBounds;
import dev.affray.agent.capture.Snapshot;
import dev.affray.agent.capture.Watchdog;
import dev.affray.agent.gate.ScoreModel;
import dev.affray.agent.health.Ledgers;
import dev.affray.agent.spool.DiskSpool;
import dev.affray.camera.AlertRule;
import dev.affray.health.CameraHealth;
import dev.affray.health.CameraState;
import dev.affray.health.FrameCounts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cameras this gateway serves. A new plan stops the old pipeline and starts another, which begins when the old one has ended, or some seconds later where
 * that one hangs; the books go on. Nothing but {@link #close} and {@link #snapshot} waits for a camera. Thread-safe; changes come one after another.
 */
public final class Cameras implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Cameras.class);

    private final DiskSpool spool;
    private final Ledgers ledgers;
    private final Clock clock;
    private final ClipBounds clips;
    private final ScoreModel model;
    private final Watchdog watchdog = new Watchdog();
    private final Map<String, Slot> slots = new ConcurrentSkipListMap<>();

    /** Cameras that score by the model that comes with the agent. */
    public Cameras(DiskSpool spool, Ledgers ledgers, Clock clock, ClipBounds clips) {
        this(spool, ledgers, clock, clips, ScoreModel.shipped());
    }

    /**
     * None yet.
     *
     * @param clips how much video each camera keeps for clips
     * @param model what their frames are scored by
     */
    public Cameras(DiskSpool spool, Ledgers ledgers, Clock clock, ClipBounds clips, ScoreModel model) {
        this.model = model;
        this.spool = spool;
        this.ledgers = ledgers;
        this.clock = clock;
        this.clips = clips;
    }

    /** The camera is served, and nothing is known of its document yet. */
    public synchronized void await(String camera) {
        replace(camera, new Slot.Waiting());
    }

    /** The camera cannot run, and why in one line. */
    public synchronized void misconfigured(String camera, String detail) {
        Slot slot = new Slot.Misconfigured(detail);
        if (!slot.equals(slots.get(camera))) {
            log.warn("Camera {} cannot run: {}", camera, detail);
            replace(camera, slot);
        }
    }

    /** Puts a plan into force. */
    public synchronized void apply(String camera, CameraPlan plan) {
        Camera pipeline = new Camera(
                camera,
                plan.config(),
                model,
                plan.source(),
                (capturedAt, score, jpeg) -> {
                    var _ = spool.add(camera, capturedAt, score, jpeg);
                },
                ledgers.of(camera),
                clock,
                clips,
                watchdog);
        Camera before = stop(slots.put(camera, new Slot.Running(plan, pipeline)));
        pipeline.start(before);
        log.info(
                "Camera {} ({}) runs from {}",
                camera,
                plan.config().name(),
                plan.source().display());
    }

    /** The camera is not served any more; what it left in the spool is still uploaded. */
    public synchronized void remove(String camera) {
        stop(slots.remove(camera));
        log.info("Camera {} is not served any more", camera);
    }

    private void replace(String camera, Slot slot) {
        stop(slots.put(camera, slot));
    }

    private static @Nullable Camera stop(@Nullable Slot slot) {
        if (slot instanceof Slot.Running(CameraPlan _, Camera camera)) {
            camera.stop();
            return camera;
        }
        return null;
    }

    /** How old a frame of the camera may be and still raise a live alarm. */
    public Duration maxLag(String camera) {
        return slots.get(camera) instanceof Slot.Running(CameraPlan plan, Camera _)
                ? plan.config().alert().maxLag()
                : AlertRule.DEFAULT.maxLag();
    }

    /** Whether nothing more will come: every camera has played its file to the end or cannot run. */
    public boolean ended() {
        return slots.values().stream().allMatch(slot -> switch (slot) {
            case Slot.Waiting() -> false;
            case Slot.Misconfigured(String _) -> true;
            case Slot.Running(CameraPlan _, Camera camera) -> {
                CameraState state = camera.status().state();
                yield state == CameraState.ENDED || state == CameraState.MISCONFIGURED;
            }
        });
    }

    /** Whether the camera is one of those this gateway serves. */
    public boolean serves(String camera) {
        return slots.containsKey(camera);
    }

    /** What is in force for a camera that runs. */
    public Optional<CameraPlan> plan(String camera) {
        return slots.get(camera) instanceof Slot.Running(CameraPlan plan, Camera _)
                ? Optional.of(plan)
                : Optional.empty();
    }

    /** A camera that never ends, because it plays no file. */
    public Optional<String> endless() {
        return slots.entrySet().stream()
                .filter(slot -> slot.getValue() instanceof Slot.Running(CameraPlan plan, Camera _)
                        && !(plan.source() instanceof CaptureSource.LocalFile))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** A clip of a camera, see {@link Camera#clip}. */
    public Clip clip(String camera, Instant from, Instant to, Path file) throws IOException {
        return slots.get(camera) instanceof Slot.Running(CameraPlan _, Camera pipeline)
                ? pipeline.clip(from, to, file)
                : new Clip.Refused(Clip.Reason.NOT_RUNNING, notRunning(camera));
    }

    /** Why there will be no clip of a camera up to a time, where that is known already, see {@link Camera#refusesClip}. */
    public Optional<Clip.Refused> refusesClip(String camera, Instant to) {
        return slots.get(camera) instanceof Slot.Running(CameraPlan _, Camera pipeline)
                ? pipeline.refusesClip(to)
                : Optional.of(new Clip.Refused(Clip.Reason.NOT_RUNNING, notRunning(camera)));
    }

    /** Why there will be no picture of now, where that is known already, see {@link Camera#refusesSnapshot}. */
    public Optional<Snapshot.Refused> refusesSnapshot(String camera) {
        return slots.get(camera) instanceof Slot.Running(CameraPlan _, Camera pipeline)
                ? pipeline.refusesSnapshot()
                : Optional.of(new Snapshot.Refused(Snapshot.Reason.NOT_RUNNING, notRunning(camera)));
    }

    /** A picture of now, see {@link Camera#snapshot}. */
    public Snapshot snapshot(String camera, Duration patience, Path file) throws IOException, InterruptedException {
        return slots.get(camera) instanceof Slot.Running(CameraPlan _, Camera pipeline)
                ? pipeline.snapshot(patience, file)
                : new Snapshot.Refused(Snapshot.Reason.NOT_RUNNING, notRunning(camera));
    }

    /**
     * Builds a camera's pipeline anew, by the plan that is in force. The video that it kept for clips is gone.
     *
     * @return false where none runs
     */
    public synchronized boolean restart(String camera) {
        if (slots.get(camera) instanceof Slot.Running(CameraPlan plan, Camera _)) {
            apply(camera, plan);
            return true;
        }
        return false;
    }

    /** What a camera that runs is at; empty where none runs. */
    public Optional<CameraStatus> status(String camera) {
        return slots.get(camera) instanceof Slot.Running(CameraPlan _, Camera pipeline)
                ? Optional.of(pipeline.status())
                : Optional.empty();
    }

    /** Why a camera does not run, in one line for a person. */
    public String notRunning(String camera) {
        return switch (slots.get(camera)) {
            case null -> "this gateway serves no camera " + camera;
            case Slot.Waiting() -> "camera " + camera + " has no document yet";
            case Slot.Misconfigured(String detail) -> "camera " + camera + " cannot run: " + detail;
            case Slot.Running(CameraPlan _, Camera _) -> "camera " + camera + " runs";
        };
    }

    /** How much video all cameras together keep for clips, in bytes. */
    public long clipBytes() {
        return slots.values().stream()
                .mapToLong(slot -> slot instanceof Slot.Running(CameraPlan _, Camera camera) ? camera.clipBytes() : 0)
                .sum();
    }

    /** Every camera's health, also of those that are not served any more but have entries in the books of this run. */
    public List<CameraHealth> health() {
        List<CameraHealth> health = new ArrayList<>();
        TreeSet<String> all = new TreeSet<>(slots.keySet());
        all.addAll(ledgers.cameras());
        for (String camera : all) {
            Slot slot = slots.get(camera);
            FrameCounts counts = ledgers.of(camera).counts();
            if (slot != null) {
                health.add(health(camera, slot, counts));
            } else if (!counts.equals(FrameCounts.NONE)) {
                health.add(idle(
                        camera,
                        CameraState.DISARMED,
                        "not served any more; what is in the spool is still sent",
                        counts));
            }
        }
        return health;
    }

    private CameraHealth health(String camera, Slot slot, FrameCounts counts) {
        return switch (slot) {
            case Slot.Waiting() -> idle(camera, CameraState.RECONNECTING, "waiting for its document", counts);
            case Slot.Misconfigured(String detail) -> idle(camera, CameraState.MISCONFIGURED, detail, counts);
            case Slot.Running(CameraPlan _, Camera pipeline) -> {
                CameraStatus status = pipeline.status();
                yield new CameraHealth(
                        camera,
                        status.state(),
                        status.detail(),
                        status.source(),
                        status.lastFrameAgeMillis(),
                        status.framesPerSecond(),
                        ledgers.of(camera).reconnects(),
                        watchdog.abandoned(camera),
                        counts,
                        status.image());
            }
        };
    }

    private CameraHealth idle(String camera, CameraState state, String detail, FrameCounts counts) {
        return new CameraHealth(camera, state, detail, null, null, 0, 0, watchdog.abandoned(camera), counts);
    }

    /** Whether so many native calls hang that only a new process helps. */
    public boolean isOverwhelmed() {
        return watchdog.isOverwhelmed();
    }

    /** Closes every pipeline, and waits for all of them together, some seconds at most. The health of the cameras can still be asked. */
    @Override
    public void close() {
        slots.values().forEach(Cameras::stop);
        watchdog.close();
    }
}
