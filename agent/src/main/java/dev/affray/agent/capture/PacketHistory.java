package dev.affray.agent.capture;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The compressed video of the last while, whatever the gate makes of it, for clips. It begins with a key packet, and the oldest goes in whole groups, up to
 * the next key packet. The camera's thread adds to it, any other may ask. Thread-safe; no call waits for more than some copying of references.
 */
final class PacketHistory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Camera.class);

    private static final String TOO_LONG =
            ": more comes from one key picture to the next than may be kept; raise clips.maxMegabytesPerCamera, or let the camera send key pictures more often";

    private final String camera;
    private final ClipBounds bounds;
    private final CaptureClock clock;
    private final Deque<Group> groups = new ArrayDeque<>();
    private @Nullable Recording recording;
    private boolean awaitsKey;
    private boolean overflowed;
    private boolean closed;
    private int openings;
    private long bytes;

    /** A key packet, and those that need it. */
    private static final class Group {
        final List<ClipPacket> packets = new ArrayList<>();
        long bytes;

        long beganNanos() {
            return packets.getFirst().arrivedNanos();
        }
    }

    /** @param clock gives the capture times */
    PacketHistory(String camera, ClipBounds bounds, Clock clock) {
        this.camera = camera;
        this.bounds = bounds;
        this.clock = new CaptureClock(clock, System::nanoTime);
    }

    /** The source was opened. What an earlier recording still adds is not taken any more, nor anything of a thread that is to end. */
    synchronized Recording begin(Interrupt interrupt) {
        Recording next = new Recording();
        if (!closed && !bounds.isOff() && !interrupt.raised()) {
            recording = next;
            awaitsKey = true;
            openings++;
        }
        return next;
    }

    /** What one opening of the source adds. For one thread. */
    final class Recording {
        private @Nullable VideoFormat container;
        private @Nullable VideoFormat format;

        /** Packets that follow are left out: the next one that is taken does not go on from the last. */
        void pause() {
            PacketHistory.this.pause(this);
        }

        /** Takes the packet that was read last, and when it came, by the monotonic clock. */
        void add(VideoInput input, long arrivedNanos) {
            if (bounds.isOff()) {
                return;
            }
            AVPacket packet = input.packet();
            if ((packet.flags() & avcodec.AV_PKT_FLAG_KEY) != 0) {
                VideoFormat told = input.videoFormat();
                VideoFormat now = told.equals(container) && format != null ? format : told;
                container = told;
                format = now.from(packet);
            }
            if (format != null) {
                PacketHistory.this.add(this, packet, format, arrivedNanos);
            }
        }
    }

    private synchronized void pause(Recording from) {
        if (recording == from && !awaitsKey) {
            awaitsKey = true;
            openings++;
        }
    }

    private synchronized void add(Recording from, AVPacket packet, VideoFormat format, long arrivedNanos) {
        if (recording != from) {
            return;
        }
        Instant takenAt = clock.takenBefore(System.nanoTime() - arrivedNanos);
        ClipPacket kept = new ClipPacket(avcodec.av_packet_clone(packet), format, openings, takenAt, arrivedNanos);
        if (kept.packet() == null) {
            awaitsKey = true;
            return;
        }
        if (kept.isKey()) {
            awaitsKey = false;
            groups.addLast(new Group());
        } else if (awaitsKey) {
            kept.free();
            return;
        }
        Group last = groups.getLast();
        last.packets.add(kept);
        last.bytes += packet.size();
        bytes += packet.size();
        makeRoom(arrivedNanos);
    }

    private void makeRoom(long nowNanos) {
        while (groups.size() > 1 && (bytes > bounds.maxBytes() || isDispensable(nowNanos))) {
            removeOldest();
        }
        if (bytes > bounds.maxBytes()) {
            removeOldest();
            awaitsKey = true;
            if (!overflowed) {
                overflowed = true;
                LOG.warn("camera {}: video for clips is dropped{}", camera, TOO_LONG);
            }
        }
    }

    /** Whether what comes after the oldest group is long enough. */
    private boolean isDispensable(long nowNanos) {
        Iterator<Group> oldest = groups.iterator();
        oldest.next();
        return nowNanos - oldest.next().beganNanos() >= bounds.span().toNanos();
    }

    private void removeOldest() {
        Group oldest = groups.removeFirst();
        oldest.packets.forEach(ClipPacket::free);
        bytes -= oldest.bytes;
    }

    /** What is kept of a time, to be closed; empty when there is nothing. */
    synchronized Excerpt excerpt(Instant from, Instant to) {
        List<ClipPacket> all = new ArrayList<>();
        groups.forEach(group -> all.addAll(group.packets));
        return Excerpt.of(all, from, to);
    }

    /** Whether everything that is kept, if anything, was taken after a time. */
    synchronized boolean holdsNothingUntil(Instant to) {
        return groups.isEmpty()
                || groups.getFirst().packets.getFirst().takenAt().isAfter(to);
    }

    /** Why there is nothing of a time, in one line for a person. */
    synchronized String lacking() {
        return groups.isEmpty()
                ? "no video of the camera is kept now" + (overflowed ? TOO_LONG : "")
                : "none of that time is kept, only from "
                        + groups.getFirst().packets.getFirst().takenAt()
                        + " to "
                        + groups.getLast().packets.getLast().takenAt();
    }

    boolean isOff() {
        return bounds.isOff();
    }

    /** What the kept packets hold. */
    synchronized long bytes() {
        return bytes;
    }

    /** Lets go of everything, and takes nothing more. */
    @Override
    public synchronized void close() {
        closed = true;
        recording = null;
        while (!groups.isEmpty()) {
            removeOldest();
        }
    }
}
