package dev.affray.agent.capture;

import dev.affray.agent.capture.CaptureSource.LocalFile;
import dev.affray.agent.capture.CaptureSource.Stream;
import dev.affray.agent.health.FrameLedger;
import dev.affray.camera.CameraConfig;
import dev.affray.health.CameraState;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One camera, captured on a thread of its own: opens the source, decodes it and hands frames to the sink, and opens a lost stream again. Whatever goes wrong
 * shows in {@link #status} and touches no other camera. A new configuration needs a new {@code Camera}.
 *
 * <p>Thread-safe. Nothing native is loaded before {@link #start}.
 */
public final class Camera implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Camera.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final String id;
    private final CameraConfig config;
    private final CaptureSource source;
    private final FrameSink sink;
    private final FrameLedger ledger;
    private final Clock clock;
    private final long timeoutNanos;
    private final CameraMeter meter = new CameraMeter();
    private final Interrupt interrupt = new Interrupt();
    private @Nullable Thread thread;

    /**
     * A camera that is not started yet.
     *
     * @param id its id, for the log
     * @param config how often frames are taken and how they are stored; the source in it is not used
     * @param source where its video comes from
     * @param sink takes the frames, on the camera's thread
     * @param ledger where sampling instants are entered that the sink does not enter
     * @param clock gives the capture times
     */
    public Camera(
            String id, CameraConfig config, CaptureSource source, FrameSink sink, FrameLedger ledger, Clock clock) {
        this(id, config, source, sink, ledger, clock, TIMEOUT);
    }

    /** @param timeout how long opening, and each wait for a packet, may take */
    Camera(
            String id,
            CameraConfig config,
            CaptureSource source,
            FrameSink sink,
            FrameLedger ledger,
            Clock clock,
            Duration timeout) {
        this.id = id;
        this.config = config;
        this.source = source;
        this.sink = sink;
        this.ledger = ledger;
        this.clock = clock;
        timeoutNanos = timeout.toNanos();
    }

    /** @throws IllegalStateException when it was started or closed before */
    public synchronized void start() {
        if (thread != null || interrupt.raised()) {
            throw new IllegalStateException("camera " + id + " was started or closed before");
        }
        Thread starting = Thread.ofPlatform().daemon().name("camera-" + id).unstarted(this::run);
        starting.start();
        thread = starting;
    }

    /** What it is doing now. */
    public CameraStatus status() {
        return meter.status();
    }

    /** Ends the capture. Waits some seconds at most: a native call that does not return is left behind on its thread. Idempotent. */
    @Override
    public void close() {
        interrupt.raise();
        Thread running;
        synchronized (this) {
            running = thread;
        }
        if (running == null) {
            interrupt.close();
            return;
        }
        if (running == Thread.currentThread()) {
            return;
        }
        try {
            if (!running.join(PATIENCE)) {
                LOG.warn("camera {}: did not stop within {} s and is left behind", id, PATIENCE.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        Backoff backoff = new Backoff(() -> ThreadLocalRandom.current().nextDouble());
        try (Interrupt _ = interrupt) {
            boolean again = true;
            while (again) {
                again = attempt() && !interrupt.raisedWithin(backoff.nextNanos());
            }
        }
    }

    /** Captures until there is nothing more to do, or something unforeseen happens. Returns whether to begin anew: a stream does. */
    private boolean attempt() {
        try {
            Ffmpeg.load();
            CaptureClock captureClock = new CaptureClock(clock, System::nanoTime);
            try (FrameTaker taker = new FrameTaker(id, config, sink, ledger, meter, captureClock)) {
                capture(taker);
            }
            return false;
        } catch (LinkageError e) {
            misconfigured("FFmpeg cannot be loaded on this machine: " + e.getMessage());
            return false;
        } catch (RuntimeException | Error e) {
            boolean again = source instanceof Stream && !interrupt.raised();
            meter.enter(again ? CameraState.RECONNECTING : CameraState.MISCONFIGURED, "internal error");
            tell(e);
            return again;
        }
    }

    /** Says what happened. Where memory lacks even for that, the camera goes on without a word. */
    private void tell(Throwable unforeseen) {
        try {
            LOG.error("camera {}: capture ended unexpectedly", id, unforeseen);
        } catch (OutOfMemoryError e) {
            meter.enter(meter.status().state(), "out of memory");
        }
    }

    private void capture(FrameTaker taker) {
        switch (source) {
            case LocalFile file -> playFile(file, taker);
            case Stream stream -> {
                Secrets.know(stream);
                try {
                    new StreamCapture(id, stream, taker, meter, interrupt, timeoutNanos).run();
                } catch (CaptureException e) {
                    misconfigured(e.reason());
                } finally {
                    Secrets.forget(stream);
                }
            }
        }
    }

    private void playFile(LocalFile file, FrameTaker taker) {
        LOG.info("camera {}: playing {}", id, file.display());
        try {
            new FileCapture(file, taker, meter, interrupt, timeoutNanos).run();
            if (!interrupt.raised()) {
                meter.enter(CameraState.ENDED, "the file was played to its end");
                LOG.info("camera {}: {} was played to its end", id, file.display());
            }
        } catch (CaptureException e) {
            if (!interrupt.raised()) {
                misconfigured(file.display() + ": " + e.reason());
            }
        }
    }

    private void misconfigured(String reason) {
        LOG.warn("camera {}: {}", id, reason);
        meter.enter(CameraState.MISCONFIGURED, reason);
    }
}
