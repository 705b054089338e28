package dev.affray.agent.capture;

import java.util.ArrayDeque;
import java.util.Deque;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;

/**
 * Compressed packets, undecoded, from a key packet on: what a decoder needs when they turn out to matter. Bounded by bytes and seconds; beyond them the
 * oldest go, up to the next key packet. For one thread.
 */
final class PacketRing implements AutoCloseable {
    /** Twelve seconds of 8 Mb/s, and little beside what an open decoder takes. */
    static final long MAX_BYTES = 12_000_000;

    /** Longer than key packets are apart with nearly every camera. */
    static final double MAX_SECONDS = 20;

    private final long maxBytes;
    private final double maxSeconds;
    private final Deque<Kept> packets = new ArrayDeque<>();
    private long bytes;
    private int keys;

    /** A packet that is kept. The ring frees it. */
    static final class Kept {
        final AVPacket packet;
        final boolean key;

        /** Its place on the time line that frames are sampled by, in seconds. */
        final double at;

        /** When it came, by the monotonic clock. */
        final long arrivedNanos;

        Kept(AVPacket packet, double at, long arrivedNanos) {
            this.packet = packet;
            this.key = (packet.flags() & avcodec.AV_PKT_FLAG_KEY) != 0;
            this.at = at;
            this.arrivedNanos = arrivedNanos;
        }
    }

    /** Takes a packet that leaves the ring; it is valid during the call only. */
    interface Leaving {
        void accept(Kept kept) throws CaptureException;
    }

    PacketRing(long maxBytes, double maxSeconds) {
        this.maxBytes = maxBytes;
        this.maxSeconds = maxSeconds;
    }

    /**
     * Keeps a packet, sharing its data; while there is no key packet before it, it is of no use and not kept.
     *
     * @param gone takes each packet that goes for it; it is freed afterwards
     * @return whether the bounds are kept: they are not where all that is left belongs to one key packet
     */
    boolean add(AVPacket packet, double at, long arrivedNanos, Leaving gone) throws CaptureException {
        Kept kept = new Kept(avcodec.av_packet_clone(packet), at, arrivedNanos);
        if (kept.packet == null || kept.packet.isNull() || (packets.isEmpty() && !kept.key)) {
            gone.accept(kept);
            free(kept);
            return true;
        }
        packets.addLast(kept);
        bytes += packet.size();
        keys += kept.key ? 1 : 0;
        while (beyond() && keys > 1) {
            remove(gone);
            while (!packets.getFirst().key) {
                remove(gone);
            }
        }
        return !beyond();
    }

    /** Lets go of everything before the last key packet. */
    void keepLastKey(Leaving gone) throws CaptureException {
        while (!packets.isEmpty() && (keys > 1 || !packets.getFirst().key)) {
            remove(gone);
        }
    }

    /** Lets go of what a decoder need not have to show everything from this time on. */
    void keepSince(double at, Leaving gone) throws CaptureException {
        while (keys > 1 && secondKeyAt() <= at) {
            remove(gone);
            while (!packets.getFirst().key) {
                remove(gone);
            }
        }
    }

    private double secondKeyAt() {
        return packets.stream().filter(kept -> kept.key).skip(1).findFirst().orElseThrow().at;
    }

    /** Hands out every packet, oldest first, and lets go of it. */
    void drain(Leaving gone) throws CaptureException {
        while (!packets.isEmpty()) {
            remove(gone);
        }
    }

    int size() {
        return packets.size();
    }

    long bytes() {
        return bytes;
    }

    @Override
    public void close() {
        packets.forEach(PacketRing::free);
        packets.clear();
        bytes = 0;
        keys = 0;
    }

    private boolean beyond() {
        return bytes > maxBytes || packets.getLast().at - packets.getFirst().at > maxSeconds;
    }

    private void remove(Leaving gone) throws CaptureException {
        Kept oldest = packets.removeFirst();
        bytes -= oldest.packet.size();
        keys -= oldest.key ? 1 : 0;
        try {
            gone.accept(oldest);
        } finally {
            free(oldest);
        }
    }

    private static void free(Kept kept) {
        avcodec.av_packet_free(kept.packet);
    }
}
