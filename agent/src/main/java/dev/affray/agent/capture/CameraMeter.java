package dev.affray.agent.capture;

import dev.affray.health.CameraState;
import dev.affray.health.ImageCondition;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Gathers what a {@link CameraStatus} tells. Thread-safe. */
final class CameraMeter {
    private static final long SECOND = 1_000_000_000L;
    private static final long STALL_NANOS = 5 * SECOND;
    private static final long MINUTE_NANOS = 60 * SECOND;

    private final Deque<Long> samples = new ArrayDeque<>();
    private final long beganNanos;
    private CameraState state = CameraState.RECONNECTING;
    private @Nullable String detail;
    private @Nullable String source;
    private boolean live;
    private long packetNanos;
    private @Nullable Long pictureNanos;
    private long reconnects;
    private long decodeErrors;
    private @Nullable ImageCondition image;
    private long packets;
    private long pictures;
    private @Nullable Long largestLagNanos;
    private long keptBytes;

    CameraMeter() {
        this(System.nanoTime());
    }

    private CameraMeter(long beganNanos) {
        this.beganNanos = beganNanos;
    }

    /** A meter of its own for the thread that takes the place of this one's, with what was counted so far. */
    synchronized CameraMeter successor() {
        CameraMeter next = new CameraMeter(beganNanos);
        next.samples.addAll(samples);
        next.source = source;
        next.pictureNanos = pictureNanos;
        next.reconnects = reconnects;
        next.decodeErrors = decodeErrors;
        next.image = image;
        next.packets = packets;
        next.pictures = pictures;
        next.largestLagNanos = largestLagNanos;
        return next;
    }

    /** @param live whether packets must keep coming */
    synchronized void streaming(String described, boolean live) {
        state = CameraState.STREAMING;
        detail = null;
        source = described;
        this.live = live;
        packetNanos = System.nanoTime();
    }

    synchronized void enter(CameraState next, @Nullable String why) {
        state = next;
        detail = why;
    }

    synchronized void source(String described) {
        source = described;
    }

    synchronized void reconnected() {
        reconnects++;
    }

    synchronized void packet() {
        packets++;
        packetNanos = System.nanoTime();
    }

    /** A packet was read so much later than it could have been. */
    synchronized void late(long nanos) {
        largestLagNanos = largestLagNanos == null ? nanos : Math.max(largestLagNanos, nanos);
    }

    /** So much is kept undecoded now. */
    synchronized void kept(long bytes) {
        keptBytes = bytes;
    }

    /** The largest lag counts from now on. */
    synchronized void forgetLag() {
        largestLagNanos = null;
    }

    synchronized void picture() {
        pictures++;
        pictureNanos = System.nanoTime();
    }

    /** A picture came that is taken as it is. */
    synchronized void pictureAsItIs() {
        pictureNanos = System.nanoTime();
    }

    synchronized void decodeErrors(long more) {
        decodeErrors += more;
    }

    /** @param condition of the picture, null while it is not known */
    synchronized void image(@Nullable ImageCondition condition) {
        image = condition;
    }

    synchronized void sampled() {
        samples.addLast(System.nanoTime());
        forgetOldSamples();
    }

    synchronized CameraWork work() {
        return new CameraWork(
                packets, pictures, largestLagNanos == null ? null : largestLagNanos / 1_000_000, keptBytes);
    }

    synchronized CameraStatus status() {
        forgetOldSamples();
        long now = System.nanoTime();
        double watched = Math.clamp(now - beganNanos, SECOND, MINUTE_NANOS) / (double) SECOND;
        boolean stalled = live && state == CameraState.STREAMING && now - packetNanos > STALL_NANOS;
        return new CameraStatus(
                stalled ? CameraState.STALLED : state,
                stalled ? "no packet for " + (now - packetNanos) / SECOND + " s" : detail,
                source,
                pictureNanos == null ? null : (now - pictureNanos) / 1_000_000,
                samples.size() / watched,
                reconnects,
                decodeErrors,
                image);
    }

    private void forgetOldSamples() {
        long now = System.nanoTime();
        while (!samples.isEmpty() && now - samples.getFirst() > MINUTE_NANOS) {
            samples.removeFirst();
        }
    }
}
