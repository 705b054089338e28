package dev.affray.agent.capture;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Puts pictures together from RTP packets of H.264 (RFC 6184) or H.265 (RFC 7798), sent in their order: access units as Annex B byte streams. A unit ends with
 * the packet that is marked as its last, or before the first one of another time. Not for interleaved packetization. For one thread.
 */
final class AccessUnits {
    /** Which of the two it is; they differ in where a NAL unit says what it holds. */
    enum Coding {
        H264(1, 24, 28),
        H265(2, 48, 49);

        private final int header;
        private final int aggregate;
        private final int fragment;

        Coding(int header, int aggregate, int fragment) {
            this.header = header;
            this.aggregate = aggregate;
            this.fragment = fragment;
        }

        private int type(byte first) {
            return this == H264 ? first & 0x1f : first >> 1 & 0x3f;
        }

        private boolean isPicture(int type) {
            return this == H264 ? type >= 1 && type <= 5 : type < 32;
        }

        private boolean isKey(int type) {
            return this == H264 ? type == 5 : type >= 16 && type <= 23;
        }
    }

    private static final int HEADER = 12;
    private static final int MOST = 16 * 1024 * 1024;
    private static final int RECOVERY_POINT = 6;
    private static final byte[] START = {0, 0, 0, 1};

    private final Coding coding;
    private final int payloadType;
    private byte[] unit = new byte[64 * 1024];
    private int length;
    private boolean key;
    private boolean picture;
    private boolean inFragment;
    private boolean complete;
    private boolean marksLie;
    private boolean afterMark = true;
    private int time;
    private long ticks;
    private boolean begun;
    private byte[] next = new byte[0];

    /** @param payloadType of its packets; others are passed over */
    AccessUnits(Coding coding, int payloadType) {
        this.coding = coding;
        this.payloadType = payloadType;
    }

    /** Whether a packet begins another unit than the ones before it, which were taken or followed. */
    boolean begins(byte[] packet, int size) {
        return isOurs(packet, size) && begun && (afterMark || time(packet) != time);
    }

    /** Lets a packet pass that somebody else puts together. */
    void follow(byte[] packet, int size) {
        if (isOurs(packet, size)) {
            tick(packet);
            afterMark = isMarked(packet);
        }
    }

    /**
     * Takes the next packet; not while a unit {@link #isComplete}.
     *
     * @throws ProtocolException where a picture has no end
     */
    void add(byte[] packet, int size) throws ProtocolException {
        if (!isOurs(packet, size)) {
            return;
        }
        if (begun && time(packet) != time) {
            if (picture) {
                next = Arrays.copyOf(packet, size);
                complete = true;
                return;
            }
        } else if (begun && afterMark && length == 0) {
            // There are cameras that mark each slice.
            marksLie = true;
        }
        tick(packet);
        int end = size - (isPadded(packet) ? Byte.toUnsignedInt(packet[size - 1]) : 0);
        int at = payload(packet, size);
        if (at + coding.header < end) {
            payload(packet, at, end);
        }
        afterMark = isMarked(packet);
        complete = afterMark && picture && !marksLie;
    }

    /** Whether there is a unit to be had. */
    boolean isComplete() {
        return complete;
    }

    /** Its bytes; valid, up to its {@link #length}, until {@link #clear}. */
    byte[] unit() {
        return unit;
    }

    int length() {
        return length;
    }

    /** Whether decoding can begin with it. */
    boolean isKey() {
        return key;
    }

    /** Its time in ticks of the RTP clock, from any beginning on; of 64 bits, so that it never overflows. */
    long ticks() {
        return ticks;
    }

    /** The unit was taken. */
    void clear() throws ProtocolException {
        length = 0;
        key = false;
        picture = false;
        complete = false;
        inFragment = false;
        byte[] waiting = next;
        if (waiting.length > 0) {
            next = new byte[0];
            add(waiting, waiting.length);
        }
    }

    private void payload(byte[] packet, int at, int end) throws ProtocolException {
        int type = coding.type(packet[at]);
        if (type == coding.aggregate) {
            int from = at + coding.header;
            while (from + 2 < end) {
                int size = unsigned16(packet, from);
                int to = Math.min(end, from + 2 + size);
                whole(packet, from + 2, to);
                from = to;
            }
        } else if (type == coding.fragment) {
            fragment(packet, at, end);
        } else {
            whole(packet, at, end);
        }
    }

    private void whole(byte[] packet, int from, int to) throws ProtocolException {
        inFragment = false;
        if (to - from >= coding.header) {
            begin(coding.type(packet[from]), packet, from, to);
            append(packet, from, to);
        }
    }

    /** What went before it may be lost: then the rest of it is of no use. */
    private void fragment(byte[] packet, int at, int end) throws ProtocolException {
        int head = at + coding.header;
        boolean first = (packet[head] & 0x80) != 0;
        boolean last = (packet[head] & 0x40) != 0;
        int type = packet[head] & (coding == Coding.H264 ? 0x1f : 0x3f);
        if (first) {
            inFragment = true;
            begin(type, packet, head, end);
            append(
                    coding == Coding.H264
                            ? new byte[] {(byte) ((packet[at] & 0xe0) | type)}
                            : new byte[] {(byte) ((packet[at] & 0x81) | (type << 1)), packet[at + 1]},
                    0,
                    coding.header);
        }
        if (inFragment) {
            append(packet, head + 1, end);
        }
        inFragment &= !last;
    }

    private void begin(int type, byte[] packet, int from, int to) throws ProtocolException {
        picture |= coding.isPicture(type);
        key |= coding.isKey(type) || (coding == Coding.H264 && type == 6 && isRecoveryPoint(packet, from + 1, to));
        append(START, 0, START.length);
    }

    /** Whether a message tells that decoding may begin here, and shows all at once (H.264, D.1.8): some cameras send such pictures instead of IDR ones. */
    private static boolean isRecoveryPoint(byte[] packet, int from, int to) {
        int at = from;
        while (at + 2 < to) {
            int type = Byte.toUnsignedInt(packet[at]);
            int size = Byte.toUnsignedInt(packet[at + 1]);
            if (type == 0xff || size == 0xff) {
                return false;
            }
            if (type == RECOVERY_POINT) {
                return (packet[at + 2] & 0x80) != 0;
            }
            at += 2 + size;
        }
        return false;
    }

    private void append(byte[] bytes, int from, int to) throws ProtocolException {
        int size = to - from;
        if (length + size > unit.length) {
            if (length + size > MOST) {
                throw new ProtocolException("a picture is longer than " + MOST / 1024 / 1024 + " MB");
            }
            unit = Arrays.copyOf(unit, Math.min(MOST, Math.max(length + size, unit.length * 2)));
        }
        System.arraycopy(bytes, from, unit, length, size);
        length += size;
    }

    private void tick(byte[] packet) {
        int now = time(packet);
        ticks += begun ? now - time : 0;
        time = now;
        begun = true;
    }

    /** Packets of RTCP have types that RTP does not use (RFC 5761). */
    private boolean isOurs(byte[] packet, int size) {
        return size > HEADER && (packet[0] & 0xc0) == 0x80 && (packet[1] & 0x7f) == payloadType;
    }

    private static boolean isMarked(byte[] packet) {
        return (packet[1] & 0x80) != 0;
    }

    private static boolean isPadded(byte[] packet) {
        return (packet[0] & 0x20) != 0;
    }

    private static int time(byte[] packet) {
        return ByteBuffer.wrap(packet).getInt(4);
    }

    /** Where the payload begins, after the list of sources and the extension of the header (RFC 3550, 5.1 and 5.3.1). */
    private static int payload(byte[] packet, int size) {
        int at = HEADER + 4 * (packet[0] & 0x0f);
        boolean extended = (packet[0] & 0x10) != 0;
        return extended && at + 4 <= size ? at + 4 + 4 * unsigned16(packet, at + 2) : at;
    }

    private static int unsigned16(byte[] bytes, int at) {
        return Byte.toUnsignedInt(bytes[at]) << 8 | Byte.toUnsignedInt(bytes[at + 1]);
    }
}
