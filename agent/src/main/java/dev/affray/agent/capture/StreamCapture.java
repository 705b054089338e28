package dev.affray.agent.capture;

import dev.affray.agent.health.FrameLedger;
import dev.affray.health.CameraState;
import java.util.OptionalLong;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows a stream from the network or a device, and opens it again, ever less eagerly, when it is lost. For one thread. */
final class StreamCapture {
    private static final Logger LOG = LoggerFactory.getLogger(Camera.class);
    private static final double NANOS = 1e9;

    /** A packet is dated back by no more than this: the clocks of some cameras do not run at a second a second. */
    private static final long MOST_LATE_NANOS = 500_000_000L;

    /** A stream that went on for this long worked. */
    private static final long WORKED_NANOS = 10_000_000_000L;

    private final String id;
    private final CaptureSource source;
    private final FrameTaker taker;
    private final CameraMeter meter;
    private final FrameLedger ledger;
    private final PacketHistory history;
    private final Interrupt interrupt;
    private final Opening opening;
    private final Hardware hardware;
    /** Packets without a single picture are given up after this long. */
    private final long blindNanos;

    private final Backoff backoff;
    private final Repeats repeats = new Repeats();
    private final long beganNanos = System.nanoTime();
    private boolean opened;
    private int width;
    private int height;
    private String note = "";
    private long begunNanos;
    private long pictureNanos;

    StreamCapture(
            CameraSetup setup,
            FrameTaker taker,
            CameraMeter meter,
            Interrupt interrupt,
            Opening opening,
            Hardware hardware) {
        id = setup.id();
        blindNanos = 2 * setup.timeout().toNanos();
        backoff = setup.backoff().get();
        ledger = setup.ledger();
        history = setup.history();
        source = setup.source();
        this.taker = taker;
        this.meter = meter;
        this.interrupt = interrupt;
        this.opening = opening;
        this.hardware = hardware;
    }

    /**
     * Returns when the camera closes.
     *
     * @throws CaptureException when trying again is no use
     */
    void run() throws CaptureException {
        meter.enter(CameraState.RECONNECTING, "connecting");
        boolean open = !interrupt.raised();
        while (open && !interrupt.raisedWithin(OpeningPace.system().waitNanos())) {
            begunNanos = Long.MAX_VALUE;
            String reason = lose();
            if (begunNanos != Long.MAX_VALUE && pictureNanos - begunNanos > WORKED_NANOS) {
                backoff.reset();
            }
            open = !interrupt.raised();
            if (open) {
                meter.enter(CameraState.RECONNECTING, reason);
                say(reason + "; trying " + source.display() + " again");
                open = !interrupt.raisedWithin(backoff.nextNanos());
            }
        }
    }

    /** Follows the stream until it is lost, and says why. */
    private String lose() throws CaptureException {
        try (VideoInput input = opening.open()) {
            input.decodeBy(hardware);
            begin(input);
            try (GatedDecoding decoding = new GatedDecoding(id, input, taker, interrupt, p -> seen(input, p))) {
                return follow(input, decoding);
            }
        } catch (CaptureException e) {
            if (e.isHopeless()) {
                throw e;
            }
            return e.reason();
        } catch (LinkageError e) {
            throw e;
        } catch (RuntimeException | Error e) {
            LOG.error("camera {}: unexpected error", id, e);
            return "internal error: " + e;
        }
    }

    private void begin(VideoInput input) {
        boolean again = opened;
        if (again) {
            meter.reconnected();
            ledger.reconnected();
        }
        opened = true;
        begunNanos = System.nanoTime();
        pictureNanos = begunNanos;
        meter.streaming(input.describe(), true);
        taker.begin(1 / input.rate());
        say((again ? "streaming again, " : "streaming ") + input.describe() + " from " + source.display());
    }

    private String follow(VideoInput input, GatedDecoding decoding) throws CaptureException {
        PacketHistory.Recording recording = history.begin(interrupt);
        long errors = 0;
        PacketLag lag = new PacketLag();
        long arrived = System.nanoTime();
        while (!interrupt.raised()) {
            VideoInput.Packet packet = input.next();
            long now = System.nanoTime();
            switch (packet) {
                case VIDEO -> {
                    meter.packet();
                    OptionalLong late = lag.of(input.packetSeconds(), now);
                    late.ifPresent(meter::late);
                    arrived =
                            Math.max(arrived, now - (input.isTimed() ? Math.min(late.orElse(0), MOST_LATE_NANOS) : 0));
                    decoding.take((arrived - beganNanos) / NANOS, arrived);
                    if (decoding.isDisarmed()) {
                        recording.pause();
                    } else {
                        recording.add(input, arrived);
                    }
                    meter.kept(decoding.keptBytes());
                    input.atLeisure(taker.gate().isOff() || !taker.gate().isOpen());
                }
                case OTHER -> {}
                case END -> {
                    decoding.end((arrived - beganNanos) / NANOS, arrived);
                    return "the camera ended the stream";
                }
            }
            meter.decodeErrors(input.decodeErrors() - errors);
            errors = input.decodeErrors();
            if (!taker.gate().isOpen() || decoding.passedThrough()) {
                pictureNanos = now;
            } else if (System.nanoTime() - pictureNanos > blindNanos) {
                hardware.kind().ifPresent(hardware::failed);
                return "packets come, but no picture could be decoded for " + blindNanos / 1_000_000_000 + " s";
            }
        }
        return "closed";
    }

    private void seen(VideoInput input, AVFrame picture) {
        pictureNanos = System.nanoTime();
        if (picture.width() != width
                || picture.height() != height
                || !hardware.note().equals(note)) {
            width = picture.width();
            height = picture.height();
            note = hardware.note();
            meter.source(input.describe());
        }
    }

    /** Once a minute at most, so that a camera that comes and goes does not flood the log. */
    private void say(String text) {
        repeats.say("camera " + id, text, System.nanoTime()).ifPresent(LOG::info);
    }
}
