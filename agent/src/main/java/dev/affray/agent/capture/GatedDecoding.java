package dev.affray.agent.capture;

import dev.affray.agent.capture.PacketRing.Kept;
import dev.affray.agent.gate.ActivityGate;
import java.util.Optional;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leads the packets of one open source past the gate: to the decoder, or undecoded into a ring. When the gate opens, what the ring holds is decoded first, so
 * that frames are taken from the beginning of what happens. Sampling instants whose packets leave the ring undecoded are entered as skipped.
 *
 * <p>While the camera is disarmed, {@link Standby} takes them. For one thread.
 */
final class GatedDecoding implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Camera.class);

    /** How much of what came before the gate opens is decoded then, at least: what led to it, and soon done. */
    private static final double BEFORE_SECONDS = 4;

    /** What comes before the first key packet is grey at best; where none comes for so long, it is decoded nevertheless. */
    private static final double KEYLESS_SECONDS = 10;

    /** A quiet camera is known by then. */
    private static final double TURN_SECONDS = 10;

    private final String camera;
    private final VideoInput input;
    private final FrameTaker taker;
    private final ActivityGate gate;
    private final Interrupt interrupt;
    private final Consumer<AVFrame> seen;
    private final PacketRing ring;
    private final OpeningTurns turns;
    private final Standby standby;
    private double begunAt = Double.NaN;
    private boolean hasTurn;
    private boolean begun;
    private boolean passedThrough;
    private boolean disarmed;
    private double armedAt = Double.NEGATIVE_INFINITY;
    private double lastAt;
    private long lastArrivedNanos;

    /** @param seen is shown each picture before it is taken or looked at */
    GatedDecoding(String camera, VideoInput input, FrameTaker taker, Interrupt interrupt, Consumer<AVFrame> seen) {
        this(
                camera,
                input,
                taker,
                interrupt,
                seen,
                new PacketRing(PacketRing.MAX_BYTES, PacketRing.MAX_SECONDS),
                OpeningTurns.system());
    }

    GatedDecoding(
            String camera,
            VideoInput input,
            FrameTaker taker,
            Interrupt interrupt,
            Consumer<AVFrame> seen,
            PacketRing ring,
            OpeningTurns turns) {
        this.camera = camera;
        this.input = input;
        this.taker = taker;
        this.gate = taker.gate();
        this.interrupt = interrupt;
        this.seen = seen;
        this.ring = ring;
        this.turns = turns;
        standby = new Standby(input, taker, ring, seen);
    }

    /**
     * Takes the packet that was read last.
     *
     * @param at its place on the time line that frames are sampled by, in seconds; never goes back
     * @param arrivedNanos when it came, by the monotonic clock
     */
    void take(double at, long arrivedNanos) throws CaptureException {
        passedThrough = false;
        boolean armed = taker.arming().holdsBefore(System.nanoTime() - arrivedNanos);
        taker.arming().tell(armed);
        if (!armed) {
            if (!disarmed) {
                disarm();
            }
            standby.take(at, arrivedNanos);
            return;
        }
        takeTurn(at);
        if (disarmed) {
            arm(at);
        }
        lastAt = at;
        lastArrivedNanos = arrivedNanos;
        if (!begun && !input.packetIsKey() && at - begunAt < KEYLESS_SECONDS) {
            taker.passOver(at);
            return;
        }
        begun = true;
        ActivityGate.Step step = gate.packet(input.packetIsKey(), input.packetSize(), at);
        switch (step) {
            case SKIP, LOOK, ALONE, DROP -> showAlone(arrivedNanos);
            case REPLAY, DECODE, CLOSE -> {}
        }
        switch (step) {
            case SKIP -> {
                keep(input.packet(), at, arrivedNanos);
                if (input.packetIsKey()) {
                    ring.keepSince(at - BEFORE_SECONDS, this::passOver);
                }
            }
            case LOOK -> {
                keep(input.packet(), at, arrivedNanos);
                look(input.packet(), at, arrivedNanos);
            }
            case REPLAY -> {
                var _ = ring.add(input.packet(), at, arrivedNanos, this::passOver);
                replay();
            }
            case DECODE -> decode(input.packet(), at, arrivedNanos);
            case CLOSE -> {
                decode(input.packet(), at, arrivedNanos);
                input.rest((picture, stamp) -> show(picture, at, stamp, arrivedNanos));
                keep(input.packet(), at, arrivedNanos);
            }
            case ALONE -> takeAlone(at, arrivedNanos);
            case DROP -> {}
        }
    }

    /** Decodes a key picture for those who wait for one, where it is not decoded anyway. */
    private void showAlone(long arrivedNanos) throws CaptureException {
        if (!input.packetIsKey() || !taker.isAwaited(System.nanoTime() - arrivedNanos)) {
            return;
        }
        VideoInput.Pictures pictures = (picture, _) -> {
            seen.accept(picture);
            taker.snapshot(picture, Math.max(0, System.nanoTime() - arrivedNanos));
        };
        input.decode(input.packet(), pictures);
        input.rest(pictures);
    }

    private void takeTurn(double at) {
        if (Double.isNaN(begunAt)) {
            begunAt = at;
            if (disarmed) {
                gate.begin();
            }
            hasTurn = turns.take();
            if (!hasTurn) {
                gate.beginWithKeys();
            }
        } else if (hasTurn && (!gate.isOpen() || at - begunAt > TURN_SECONDS)) {
            giveBackTurn();
        }
    }

    private void giveBackTurn() {
        if (hasTurn) {
            hasTurn = false;
            turns.giveBack();
        }
    }

    /** Whether the packet taken last came while the camera was disarmed. */
    boolean isDisarmed() {
        return disarmed;
    }

    /** How much is kept undecoded, in bytes. */
    long keptBytes() {
        return ring.bytes();
    }

    /** Whether the packet taken last became a frame without being decoded. */
    boolean passedThrough() {
        return passedThrough;
    }

    /** What was captured before still goes its way. */
    private void disarm() throws CaptureException {
        end(lastAt, lastArrivedNanos);
        ring.drain(this::passOver);
        giveBackTurn();
        taker.disarm();
        disarmed = true;
        begunAt = Double.NaN;
        gate.disarm();
    }

    private void arm(double at) throws CaptureException {
        disarmed = false;
        armedAt = at;
        begun = ring.size() > 0 || gate.isOff();
        if (gate.isOpen() && ring.size() > 0) {
            replay();
        } else if (gate.isOpen()) {
            taker.resume(at);
        }
    }

    /** What came while the camera was disarmed is nothing that was passed over. */
    private void passOver(Kept left) {
        if (left.at >= armedAt) {
            taker.passOver(left.at);
        }
    }

    private void takeAlone(double at, long arrivedNanos) throws CaptureException {
        if (!taker.isDue(at)) {
            return;
        }
        long ageNanos = Math.max(0, System.nanoTime() - arrivedNanos);
        Optional<byte[]> file = input.packetAsJpeg(taker.takesFilesTo(at));
        if (file.isPresent()) {
            taker.takeFile(file.get(), at, ageNanos);
            passedThrough = true;
            return;
        }
        input.decodeAlone(input.packet(), (picture, _) -> {
            seen.accept(picture);
            taker.takeAlone(picture, at, ageNanos);
        });
    }

    /** The video is at its end: hands out the pictures that the decoder still holds. */
    void end(double at, long arrivedNanos) throws CaptureException {
        input.rest((picture, stamp) -> show(picture, at, stamp, arrivedNanos));
    }

    /** Enters what is still kept as skipped, and frees it. */
    @Override
    public void close() {
        giveBackTurn();
        try {
            if (disarmed) {
                standby.forget();
            }
            ring.drain(this::passOver);
        } catch (CaptureException e) {
            throw new IllegalStateException(e);
        } finally {
            ring.close();
        }
    }

    private void keep(AVPacket packet, double at, long arrivedNanos) throws CaptureException {
        if (!ring.add(packet, at, arrivedNanos, this::passOver)) {
            LOG.info(
                    "camera {}: more than {} MB or {} s from one key picture to the next; everything is decoded",
                    camera,
                    PacketRing.MAX_BYTES / 1_000_000,
                    (int) PacketRing.MAX_SECONDS);
            gate.overflow(at);
            replay();
        }
    }

    private void look(AVPacket packet, double at, long arrivedNanos) throws CaptureException {
        boolean[] stays = {false};
        VideoInput.Pictures pictures = (picture, _) -> {
            seen.accept(picture);
            stays[0] = taker.look(picture, at);
            if (stays[0]) {
                ring.keepLastKey(this::passOver);
                if (gate.keepAliveDue(at)) {
                    taker.keepAlive(picture, at, System.nanoTime() - arrivedNanos);
                }
            }
        };
        if (gate.keepAliveDue(at)) {
            input.decode(packet, pictures);
        } else {
            input.decodeRoughly(packet, pictures);
        }
        input.rest(pictures);
        if (!stays[0]) {
            gate.reopen(at);
            replay();
        }
    }

    private void replay() throws CaptureException {
        boolean[] begun = {false};
        ring.drain(kept -> {
            if (!begun[0]) {
                begun[0] = true;
                taker.resume(kept.at);
            }
            if (!interrupt.raised()) {
                decode(kept);
            }
        });
    }

    private void decode(Kept kept) throws CaptureException {
        decode(kept.packet, kept.at, kept.arrivedNanos);
    }

    private void decode(AVPacket packet, double at, long arrivedNanos) throws CaptureException {
        input.decode(packet, (picture, stamp) -> show(picture, at, stamp, arrivedNanos));
    }

    private void show(AVFrame picture, double at, double stamp, long arrivedNanos) {
        seen.accept(picture);
        taker.take(picture, at, stamp, Math.max(0, System.nanoTime() - arrivedNanos));
    }
}
