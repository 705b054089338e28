package dev.affray.agent.gate;

import dev.affray.camera.CameraConfig;
import dev.affray.camera.Gate;
import dev.affray.camera.Sampling;
import dev.affray.health.ImageCondition;
import org.jspecify.annotations.Nullable;

/**
 * Decides for each packet of a camera whether it is decoded, and for each picture whether something happens. In doubt it is open.
 *
 * <pre>
 *            nothing unusual, nothing moved for a while, and a key packet comes
 *   open  ----------------------------------------------------------------------&gt;  closed
 *   every packet is decoded          sizes unusual, or unsure                      packets are kept undecoded;
 *   MotionGate sees every picture &lt;--------------------------------------------   now and then one key picture is looked at
 *                                    (REPLAY: first what was kept)
 * </pre>
 *
 * <p>All times are seconds on one steady line, that of the packets. Not thread-safe.
 */
public final class ActivityGate {
    /** While closed, a key picture is looked at about this often, in seconds. */
    private static final double LOOK = 20;

    /** It stays open for this long at least, and for as long after the last unusual packet, in seconds. */
    private static final double PROBE = 2;

    /** While it learns, key pictures tell enough where they are no farther apart than this, in seconds. */
    private static final double OFTEN = 4;

    /** The scene counts as quiet to learn by when nothing moved for this long, in seconds. */
    private static final double CALM = 2;

    /** What to do with a packet. */
    public enum Step {
        /** Keep it undecoded. */
        SKIP,

        /** A key packet: keep it, and ask {@link #look} about its picture. */
        LOOK,

        /** Decode what was kept since the last look, then this one. */
        REPLAY,

        /** Decode it. */
        DECODE,

        /** A key packet: decode it, and from now on nothing. */
        CLOSE,

        /** A key packet: decode it by itself. */
        ALONE,

        /** Neither decode nor keep it. */
        DROP
    }

    private final boolean usesPackets;
    private final boolean usesMotion;
    private final boolean keyPicturesOnly;
    private final double hold;
    private final double keepAlive;
    private final PacketGate packets = new PacketGate();
    private final MotionGate motion;
    private final ImageConditions conditions = new ImageConditions();
    private boolean open = true;
    private boolean overflowed;
    private boolean quiet;
    private boolean unacquainted;
    private double keyAt = Double.NaN;
    private double keysApart = Double.POSITIVE_INFINITY;
    private double openedAt = Double.NaN;
    private double unusualAt = Double.NEGATIVE_INFINITY;
    private double movedAt = Double.NEGATIVE_INFINITY;
    private double sentAt = Double.NEGATIVE_INFINITY;
    private double lookAt;

    /** A gate that is open. */
    public ActivityGate(CameraConfig config) {
        Gate gate = config.gate();
        usesPackets = gate.packets();
        usesMotion = gate.motion();
        keepAlive = gate.keepAlive().toMillis() / 1000.0;
        keyPicturesOnly = config.sampling().mode() == Sampling.Mode.KEYFRAMES;
        hold = config.sampling().hold().toMillis() / 1000.0;
        motion = new MotionGate(config.zones());
    }

    /** The video begins, perhaps again. What was learned of the camera stays. */
    public void begin() {
        open = true;
        overflowed = false;
        openedAt = Double.NaN;
        keyAt = Double.NaN;
        keysApart = Double.POSITIVE_INFINITY;
    }

    /** As {@link #begin}, but only key pictures are looked at until one of them shows something, where they come often and can be judged. */
    public void beginWithKeys() {
        open = !(usesMotion && (usesPackets || keyPicturesOnly));
        lookAt = Double.NEGATIVE_INFINITY;
        keysApart = 0;
    }

    /** Nothing is to be decoded until the video begins again, but for the next key picture and then one now and then, see {@link #looksAlone}. */
    public void disarm() {
        open = false;
        lookAt = Double.NEGATIVE_INFINITY;
    }

    /** What to do with the next packet. */
    public Step packet(boolean key, int bytes, double at) {
        keysApart = Double.isNaN(keyAt) || !(key || at - keyAt > OFTEN) ? keysApart : at - keyAt;
        keyAt = key || Double.isNaN(keyAt) ? at : keyAt;
        PacketVerdict verdict = usesPackets ? packets.judge(key, bytes, at) : PacketVerdict.UNSURE;
        boolean unsure = verdict == PacketVerdict.UNSURE;
        quiet = verdict == PacketVerdict.QUIET || (unsure && (keyPicturesOnly || learnsByKeys()));
        if (verdict == PacketVerdict.UNUSUAL) {
            unusualAt = at;
        }
        if (Double.isNaN(openedAt)) {
            openedAt = at;
        }
        if (isOff()) {
            return key ? Step.ALONE : Step.DROP;
        }
        if (open) {
            return key && quiet && restful(at) ? close(at) : Step.DECODE;
        }
        if (!quiet) {
            reopen(at);
            return Step.REPLAY;
        }
        return key && (unsure || at >= lookAt || keepAliveDue(at)) ? Step.LOOK : Step.SKIP;
    }

    /** Takes the key picture that was to be looked at. Returns whether the gate stays closed; if not, what was kept is to be decoded. */
    public boolean look(Luma picture, double at) {
        conditions.add(picture, at);
        Motion seen = usesMotion ? motion.add(picture, at) : Motion.STILL;
        if (seen == Motion.LEARNING && (keyPicturesOnly || learnsByKeys())) {
            packets.discard();
            return true;
        }
        if (seen != Motion.STILL) {
            reopen(at);
            return false;
        }
        packets.confirmQuiet();
        lookAt = at + LOOK;
        return true;
    }

    /** Too much came after a key packet to be kept: it is to be decoded. The gate does not close again while this video lasts. */
    public void overflow(double at) {
        overflowed = true;
        reopen(at);
    }

    /** The picture that was to be looked at cannot be: what was kept is to be decoded. */
    public void reopen(double at) {
        open = true;
        openedAt = at;
        packets.discard();
    }

    /** Takes a picture while the gate is open. */
    public void picture(Luma picture, double at) {
        conditions.add(picture, at);
        Motion seen = usesMotion ? motion.add(picture, at) : quiet ? Motion.STILL : Motion.MOVED;
        unacquainted = seen == Motion.LEARNING;
        if (seen == Motion.MOVED) {
            movedAt = Math.max(movedAt, at);
        }
        if (!usesMotion || (seen == Motion.STILL && at - movedAt > CALM)) {
            packets.confirmQuiet();
        } else {
            packets.discard();
        }
    }

    /** Takes a picture that was decoded by itself, and is judged by nothing. */
    public void alone(Luma picture, double at) {
        conditions.add(picture, at);
        lookAt = at + LOOK;
    }

    /** Whether one of those pictures is to be looked at again, to tell whether it shows something. */
    public boolean looksAlone(double at) {
        return at >= lookAt;
    }

    /** Whether key pictures are taken as they come: nothing tells when to decode what is between them. */
    public boolean isOff() {
        return keyPicturesOnly && !usesPackets && !usesMotion;
    }

    /** Whether packets are decoded. */
    public boolean isOpen() {
        return open;
    }

    /** A frame was sent. */
    public void sent(double at) {
        sentAt = at;
    }

    /** Whether something happens, or did until a moment ago. */
    public boolean active(double at) {
        return unacquainted || at - movedAt <= hold;
    }

    /** Whether so long no frame was sent that the next one must be, to show that the camera still sees. */
    public boolean keepAliveDue(double at) {
        return at - sentAt >= keepAlive;
    }

    /** Whether the picture shows something; null until that is known. */
    public @Nullable ImageCondition condition() {
        return conditions.now();
    }

    /** Until the sizes of packets tell something, key pictures that come often show that nothing happens. */
    private boolean learnsByKeys() {
        return usesPackets && usesMotion && !packets.hasLearned() && keysApart <= OFTEN;
    }

    private Step close(double at) {
        open = false;
        lookAt = at + LOOK;
        return Step.CLOSE;
    }

    private boolean restful(double at) {
        return !overflowed && !active(at) && at - unusualAt > PROBE && at - openedAt > PROBE;
    }
}
