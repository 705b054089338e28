package dev.affray.agent.capture;

import dev.affray.agent.capture.CaptureSource.Device;
import dev.affray.agent.capture.CaptureSource.LocalFile;
import dev.affray.agent.capture.CaptureSource.Stream;
import dev.affray.health.CameraState;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread of a camera, and what belongs to it alone: opens the source, decodes it and hands frames to the sink, and opens a lost stream again. Where it
 * hangs for good it is abandoned: nothing of it is freed by others, and should it ever come back, it frees what it holds, enters nothing and ends.
 */
final class CameraThread {
    private static final Logger LOG = LoggerFactory.getLogger(Camera.class);

    private final CameraSetup setup;
    private final CameraMeter meter;
    private final FrameDoor door;
    private final Hardware hardware;
    private final Interrupt interrupt = new Interrupt();
    private final Thread thread;
    private @Nullable CameraThread before;
    private long patienceNanos;
    private long delayNanos;
    private volatile long stoppedNanos = Long.MAX_VALUE;

    /** @param meter its own; nobody else writes to it */
    CameraThread(CameraSetup setup, CameraMeter meter) {
        this(setup, meter, new Hardware(setup.id(), setup.source().decoder()));
    }

    private CameraThread(CameraSetup setup, CameraMeter meter, Hardware hardware) {
        this.setup = setup;
        this.meter = meter;
        this.hardware = hardware;
        door = new FrameDoor(setup.sink(), setup.ledger());
        thread = Thread.ofPlatform().daemon().name("camera-" + setup.id()).unstarted(this::run);
    }

    /** One to take the place of this one, which hangs. */
    CameraThread successor() {
        return new CameraThread(setup, meter.successor(), hardware.afterHang());
    }

    /** Begins. */
    void start() {
        thread.start();
    }

    /** Begins when another thread of this camera has ended, after so long at the latest: many cameras serve one connection at a time. */
    void startAfter(CameraThread predecessor, Duration patience) {
        before = predecessor;
        patienceNanos = patience.toNanos();
        thread.start();
    }

    /** Begins after a while. */
    void startIn(Duration delay) {
        delayNanos = delay.toNanos();
        thread.start();
    }

    /** Tells it to end, and returns at once. Idempotent. */
    void stop() {
        if (stoppedNanos == Long.MAX_VALUE) {
            stoppedNanos = System.nanoTime();
        }
        interrupt.raise();
    }

    /** Lets it die or hang by itself: whatever it does, it enters nothing any more. */
    void abandon() {
        door.shut();
        stop();
        thread.setName("camera-" + setup.id() + "-abandoned");
    }

    String camera() {
        return setup.id();
    }

    CameraMeter meter() {
        return meter;
    }

    boolean isAlive() {
        return thread.isAlive();
    }

    boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    /** Waits for its end; says whether it came. One that never began has ended. */
    boolean ended(Duration patience) {
        try {
            return thread.getState() == Thread.State.NEW || thread.join(patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** How long ago it should have come back from a call into FFmpeg, or ended; negative while it is in time. One that waits for the disk is in time. */
    long lateNanos() {
        long due = Math.min(interrupt.deadlineNanos(), stoppedNanos);
        if (due == Long.MAX_VALUE) {
            return Long.MIN_VALUE;
        }
        return System.nanoTime() - Math.max(due, door.passedNanos());
    }

    /** Makes sure that it enters nothing any more, unless it is handing over a frame just now: then it waits for the disk, as any other would. */
    boolean hangsInFfmpeg() {
        return door.shutUnlessPassing();
    }

    private void run() {
        Backoff backoff = setup.backoff().get();
        try (Interrupt _ = interrupt;
                Hardware _ = hardware) {
            CameraThread predecessor = before;
            before = null;
            if (predecessor != null) {
                await(predecessor);
            }
            boolean again = !interrupt.raisedWithin(delayNanos);
            while (again) {
                again = attempt() && !interrupt.raisedWithin(backoff.nextNanos());
            }
        }
    }

    private void await(CameraThread predecessor) {
        meter.enter(CameraState.RECONNECTING, "waiting for the connection before to close");
        if (!predecessor.ended(Duration.ofNanos(patienceNanos))) {
            predecessor.door.shut();
            LOG.warn(
                    "camera {}: the connection before did not close within {} s and is left behind",
                    setup.id(),
                    Duration.ofNanos(patienceNanos).toSeconds());
        }
    }

    /** Captures until there is nothing more to do, or something unforeseen happens. Returns whether to begin anew: a stream does. */
    private boolean attempt() {
        try {
            Ffmpeg.load();
            CaptureClock captureClock = new CaptureClock(setup.clock(), System::nanoTime);
            try (FrameTaker taker = new FrameTaker(
                    setup.id(), setup.config(), setup.model(), door, setup.snapshots(), meter, captureClock)) {
                capture(taker);
            }
            return false;
        } catch (LinkageError e) {
            misconfigured("FFmpeg cannot be loaded on this machine: " + e.getMessage());
            return false;
        } catch (RuntimeException | Error e) {
            boolean again = !(setup.source() instanceof LocalFile) && !interrupt.raised();
            meter.enter(again ? CameraState.RECONNECTING : CameraState.MISCONFIGURED, "internal error");
            tell(e);
            return again;
        }
    }

    /** Says what happened. Where memory lacks even for that, the camera goes on without a word. */
    private void tell(Throwable unforeseen) {
        try {
            LOG.error("camera {}: capture ended unexpectedly", setup.id(), unforeseen);
        } catch (OutOfMemoryError e) {
            meter.enter(meter.status().state(), "out of memory");
        }
    }

    private void capture(FrameTaker taker) {
        switch (setup.source()) {
            case LocalFile file -> playFile(file, taker);
            case Device _ -> follow(taker);
            case Stream stream -> {
                Secrets.know(stream);
                try {
                    follow(taker);
                } finally {
                    Secrets.forget(stream);
                }
            }
        }
    }

    private void follow(FrameTaker taker) {
        try {
            new StreamCapture(setup, taker, meter, interrupt, this::open, hardware).run();
        } catch (CaptureException e) {
            misconfigured(e.reason());
        }
    }

    private VideoInput open() throws CaptureException {
        return setup.opener().open(setup.source(), interrupt, setup.timeout().toNanos());
    }

    private void playFile(LocalFile file, FrameTaker taker) {
        LOG.info("camera {}: playing {}", setup.id(), file.display());
        try {
            new FileCapture(setup, file, taker, meter, interrupt, this::open).run();
            if (!interrupt.raised()) {
                meter.enter(CameraState.ENDED, "the file was played to its end");
                LOG.info("camera {}: {} was played to its end", setup.id(), file.display());
            }
        } catch (CaptureException e) {
            if (!interrupt.raised()) {
                misconfigured(file.display() + ": " + e.reason());
            }
        }
    }

    private void misconfigured(String reason) {
        LOG.warn("camera {}: {}", setup.id(), reason);
        meter.enter(CameraState.MISCONFIGURED, reason);
    }
}
