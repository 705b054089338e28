package dev.affray.agent.capture;

import dev.affray.agent.capture.Clip.Reason;
import dev.affray.agent.capture.Clip.Refused;
import dev.affray.agent.disk.LargeFile;
import dev.affray.agent.gate.ScoreModel;
import dev.affray.agent.health.FrameLedger;
import dev.affray.camera.ArmingSchedule;
import dev.affray.camera.CameraConfig;
import dev.affray.health.CameraState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One camera, captured on a thread of its own, which the watchdog replaces where it hangs. Whatever goes wrong shows in {@link #status} and touches no other
 * camera. A new configuration needs a new {@code Camera}.
 *
 * <p>Thread-safe. Nothing native is loaded before {@link #start}.
 */
public final class Camera implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Camera.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** How long anything waits for a camera's thread to end. */
    static final Duration PATIENCE = Duration.ofSeconds(3);

    private final CameraSetup setup;
    private final Watchdog watchdog;
    private volatile CameraThread thread;
    private boolean started;
    private boolean stopped;

    /**
     * A camera that is not started yet.
     *
     * @param id its id, for the log
     * @param config how often frames are taken and how they are stored; the source in it is not used
     * @param source where its video comes from
     * @param sink takes the frames, on the camera's thread
     * @param ledger where sampling instants are entered that the sink does not enter
     * @param clock gives the capture times
     * @param watchdog watches its thread
     */
    public Camera(
            String id,
            CameraConfig config,
            CaptureSource source,
            FrameSink sink,
            FrameLedger ledger,
            Clock clock,
            Watchdog watchdog) {
        this(id, config, source, sink, ledger, clock, ClipBounds.OFF, watchdog);
    }

    /**
     * A camera that is not started yet, and keeps video for clips. One with privacy masks keeps none.
     *
     * @param clips how much
     */
    public Camera(
            String id,
            CameraConfig config,
            CaptureSource source,
            FrameSink sink,
            FrameLedger ledger,
            Clock clock,
            ClipBounds clips,
            Watchdog watchdog) {
        this(id, config, ScoreModel.shipped(), source, sink, ledger, clock, clips, watchdog);
    }

    /**
     * A camera that is not started yet, and scores by a model of its own.
     *
     * @param model what its frames are scored by
     */
    public Camera(
            String id,
            CameraConfig config,
            ScoreModel model,
            CaptureSource source,
            FrameSink sink,
            FrameLedger ledger,
            Clock clock,
            ClipBounds clips,
            Watchdog watchdog) {
        this(
                new CameraSetup(
                        id,
                        config,
                        model,
                        source,
                        sink,
                        ledger,
                        clock,
                        new PacketHistory(id, config.image().masks().isEmpty() ? clips : ClipBounds.OFF, clock),
                        TIMEOUT,
                        VideoInput::open,
                        Backoff::usual),
                watchdog);
    }

    Camera(CameraSetup setup, Watchdog watchdog) {
        this.setup = setup;
        this.watchdog = watchdog;
        thread = new CameraThread(setup, new CameraMeter());
    }

    /** @throws IllegalStateException when it was started or closed before */
    public void start() {
        start(null);
    }

    /**
     * Starts it and returns at once.
     *
     * @param before a stopped camera, whose place this one takes: its thread gets some seconds to end first
     * @throws IllegalStateException when this one was started or stopped before
     */
    public synchronized void start(@Nullable Camera before) {
        if (started || stopped) {
            throw new IllegalStateException("camera " + setup.id() + " was started or closed before");
        }
        if (before == null || !before.thread.isAlive()) {
            thread.start();
        } else {
            thread.startAfter(before.thread, PATIENCE);
        }
        started = true;
        watchdog.watch(this, thread);
    }

    /** What it is doing now. Disarmed is one that would be streaming: what is wrong with another shows whether it is armed or not. */
    public CameraStatus status() {
        CameraStatus status = thread.meter().status();
        Instant now = setup.clock().instant();
        ArmingSchedule schedule = setup.config().arming();
        return status.state() != CameraState.STREAMING || schedule.armedAt(now)
                ? status
                : status.disarmed(Arming.until(schedule, now));
    }

    /** What it has given to do since it was started. */
    public CameraWork work() {
        return thread.meter().work();
    }

    /** Lets the largest lag count from now on. */
    public void forgetLag() {
        thread.meter().forgetLag();
    }

    /** How much video is kept for clips, in bytes. */
    public long clipBytes() {
        return setup.history().bytes();
    }

    /**
     * Writes what is kept of a time to an MP4 file, from the last key picture at or before it, without encoding it again and without audio. Not to be called on a
     * thread that may not wait for the disk; the camera goes on meanwhile. What was taken after the call is not in it: who wants it, waits first.
     *
     * @param from by the clock that frames go by
     * @param to likewise; may lie ahead
     * @param file replaced if it is there
     * @throws IOException when it cannot be written; nothing is left behind
     */
    public Clip clip(Instant from, Instant to, Path file) throws IOException {
        PacketHistory history = setup.history();
        Optional<Refused> refused = refusesClip(Instant.MAX);
        if (refused.isPresent()) {
            return refused.get();
        }
        try (Excerpt excerpt = history.excerpt(from, to)) {
            return excerpt.packets().isEmpty()
                    ? new Refused(Reason.NOTHING_KEPT, history.lacking())
                    : ClipFile.write(excerpt, file);
        }
    }

    /**
     * Why there will be no clip up to a time, where that is known already.
     *
     * @param to by the clock that frames go by; may lie ahead
     */
    public Optional<Refused> refusesClip(Instant to) {
        PacketHistory history = setup.history();
        if (!setup.config().image().masks().isEmpty()) {
            return Optional.of(new Refused(
                    Reason.MASKED, "the camera has privacy masks, and video is not encoded again to paint them"));
        }
        if (history.isOff()) {
            return Optional.of(new Refused(
                    Reason.OFF, "this gateway keeps no video for clips: set clips.seconds in its agent.yaml"));
        }
        return !to.isAfter(setup.clock().instant()) && history.holdsNothingUntil(to)
                ? Optional.of(new Refused(Reason.NOTHING_KEPT, history.lacking()))
                : Optional.empty();
    }

    /** Why there will be no picture of now, where that is known already. */
    public Optional<Snapshot.Refused> refusesSnapshot() {
        Instant now = setup.clock().instant();
        ArmingSchedule schedule = setup.config().arming();
        return schedule.armedAt(now)
                ? Optional.empty()
                : Optional.of(new Snapshot.Refused(
                        Snapshot.Reason.DISARMED,
                        "the camera is disarmed " + Arming.until(schedule, now)
                                + "; nobody sees through it meanwhile"));
    }

    /**
     * Writes a picture of now to a file: the next that is captured, masks painted over. While nothing happens that is the next key picture. Waits; not to be
     * called on the camera's thread.
     *
     * @param patience until the picture comes
     * @param file replaced if it is there
     * @throws IOException when it cannot be written
     */
    public Snapshot snapshot(Duration patience, Path file) throws IOException, InterruptedException {
        Optional<Snapshot.Refused> refused = refusesSnapshot();
        if (refused.isPresent()) {
            return refused.get();
        }
        CompletableFuture<Snapshots.Got> asked = setup.snapshots().ask();
        try {
            return switch (asked.get(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                case Snapshots.Got.Nothing(Snapshot.Refused none) -> none;
                case Snapshots.Got.Picture picture -> {
                    LargeFile.write(file, picture.jpeg);
                    yield new Snapshot.Written(picture.at, picture.jpeg.length);
                }
            };
        } catch (TimeoutException e) {
            CameraStatus status = status();
            return new Snapshot.Refused(
                    Snapshot.Reason.NO_PICTURE,
                    "no picture came within " + patience.toSeconds() + " s; the camera is " + status.state()
                            + (status.detail() == null ? "" : ": " + status.detail()));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            asked.cancel(false);
        }
    }

    /** Tells it to end, and returns at once. It hands over the frame it is at, and forgets the video that it kept. Idempotent. */
    public synchronized void stop() {
        stopped = true;
        thread.stop();
        setup.history().close();
        setup.snapshots().close("the camera was stopped, or is connected to anew");
    }

    /** Ends the capture. Waits some seconds at most: a native call that does not return is left behind on its thread. Idempotent. */
    @Override
    public void close() {
        stop();
        CameraThread last = thread;
        if (!last.isCurrent() && !last.ended(PATIENCE)) {
            LOG.warn("camera {}: did not stop within {} s and is left behind", setup.id(), PATIENCE.toSeconds());
        }
    }

    /**
     * Goes on with another thread, unless it was stopped.
     *
     * @param hung the thread that is abandoned
     * @param delay how long to wait before the source is opened again
     */
    synchronized void replace(CameraThread hung, Duration delay) {
        if (stopped || thread != hung) {
            return;
        }
        CameraThread next = hung.successor();
        String when = delay.isZero() ? "" : "; trying again in " + delay.toSeconds() + " s";
        next.meter().enter(CameraState.RECONNECTING, "a call into FFmpeg hung and was given up" + when);
        next.startIn(delay);
        thread = next;
        watchdog.watch(this, next);
    }
}
