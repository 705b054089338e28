package dev.affray.agent.capture;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.Read_packet_Pointer_BytePointer_int;
import org.bytedeco.ffmpeg.avformat.Write_packet_Pointer_BytePointer_int;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * What FFmpeg's SDP demuxer reads instead of a network ({@code sdp_flags=custom_io}): first the description of the video, then, each time it asks, one packet
 * of RTP or RTCP. What it writes are reports of RTCP. As with {@link Interrupt}, one native callback serves all. For one thread.
 */
final class RtpIo implements Upstream {
    private static final Map<Long, RtpIo> OPEN = new ConcurrentHashMap<>();
    private static final AtomicLong NUMBERS = new AtomicLong();
    private static final int BUFFER = 4096;

    private final long number = NUMBERS.incrementAndGet();
    private final Handle handle = new Handle(number);
    private final RtspSource source;
    private final byte[] description;
    private final AVIOContext describing;
    private final AVIOContext playing;
    private final @Nullable AccessUnits units;
    private int described;
    private boolean plays;
    private boolean handsOver;
    private boolean direct;
    private int kept = -1;
    private long ticksBefore;
    private long shift;
    private Optional<String> refusal = Optional.empty();
    private int end;

    RtpIo(RtspSource source) {
        this.source = source;
        units = source.accessUnits().orElse(null);
        description = source.description().getBytes(StandardCharsets.UTF_8);
        describing = context(0);
        // As one that is written to it hands each packet to the demuxer as it came, without a buffer between them.
        playing = context(1);
        OPEN.put(number, this);
    }

    boolean isByDatagrams() {
        return source.isByDatagrams();
    }

    /** Lets a demuxer that is not open yet read the description. */
    void describe(AVFormatContext context) {
        context.pb(describing);
    }

    /** Lets the open demuxer read packets. */
    void play(AVFormatContext context) {
        plays = true;
        context.pb(playing);
    }

    /**
     * Lets FFmpeg come to its end before the next picture, where the packets can be put together without it: that takes a third of the time. From then on it {@link
     * #isDirect}.
     */
    void handOver() {
        handsOver = units != null;
    }

    /** Whether FFmpeg gets no packets any more: when it has handed out what it has, {@link #read(AVPacket, int)} goes on. */
    boolean isDirect() {
        return direct;
    }

    /** Where the time stamps of FFmpeg's packets ended. */
    void goOnFrom(long stamp) {
        shift = stamp == avutil.AV_NOPTS_VALUE ? 0 : stamp - ticksBefore;
    }

    /** Waits for the next picture and fills a packet, which is empty, with it. Returns FFmpeg's error where that fails. */
    int read(AVPacket packet, int stream) {
        AccessUnits open = Objects.requireNonNull(units);
        try {
            while (!open.isComplete()) {
                int length = kept < 0 ? receive() : kept;
                kept = -1;
                if (length < 0) {
                    return end;
                }
                open.add(source.packet(), length);
            }
            int result = avcodec.av_new_packet(packet, open.length());
            if (result < 0) {
                return result;
            }
            try (BytePointer data = packet.data()) {
                data.put(open.unit(), 0, open.length());
            }
            long stamp = open.ticks() + shift;
            packet.pts(stamp).dts(stamp).stream_index(stream).flags(open.isKey() ? avcodec.AV_PKT_FLAG_KEY : 0);
            open.clear();
            return 0;
        } catch (ProtocolException e) {
            refusal = Optional.of(String.valueOf(e.getMessage()));
            return avutil.AVERROR_INVALIDDATA();
        }
    }

    /** Whether nobody is in a hurry for pictures. */
    void atLeisure(boolean leisurely) {
        source.atLeisure(leisurely);
    }

    /** FFmpeg's error for the end of all packets; 0 before that. The demuxer may go on to hand out packets that it had handed out before. */
    int end() {
        return end;
    }

    @Override
    public Optional<String> refusal() {
        return refusal.or(source::refusal);
    }

    /** To be called after the demuxer is closed. */
    @Override
    public void close() {
        if (OPEN.remove(number) != null) {
            free(describing);
            free(playing);
            source.close();
        }
    }

    private AVIOContext context(int writable) {
        BytePointer buffer = new BytePointer(avutil.av_malloc(BUFFER));
        return avformat.avio_alloc_context(buffer, BUFFER, writable, handle, Reader.INSTANCE, Writer.INSTANCE, null);
    }

    private static void free(AVIOContext context) {
        avutil.av_free(context.buffer());
        avformat.avio_context_free(context);
    }

    private int read(BytePointer into, int size) {
        if (plays) {
            if (direct) {
                return avutil.AVERROR_EOF();
            }
            int length = receive();
            if (length < 0) {
                return end;
            }
            takeOver(length);
            if (direct) {
                return avutil.AVERROR_EOF();
            }
            // What is longer than any packet may be is cut off, as FFmpeg's own UDP does.
            int taken = Math.min(length, size);
            into.put(source.packet(), 0, taken);
            return taken;
        }
        int taken = Math.min(description.length - described, size);
        into.put(description, described, taken);
        described += taken;
        return taken == 0 ? avutil.AVERROR_EOF() : taken;
    }

    /** From the first packet of a picture on, if it is wanted. */
    private void takeOver(int length) {
        if (units == null) {
            return;
        }
        if (handsOver && units.begins(source.packet(), length)) {
            direct = true;
            kept = length;
            ticksBefore = units.ticks();
        } else {
            units.follow(source.packet(), length);
        }
    }

    private int receive() {
        if (end == 0) {
            try {
                int length = source.receive();
                if (length >= 0) {
                    return length;
                }
                end = avutil.AVERROR_EOF();
            } catch (InterruptedIOException e) {
                end = avutil.AVERROR_EXIT();
            } catch (IOException e) {
                end = avutil.AVERROR_EIO();
            }
        }
        return -1;
    }

    private int write(BytePointer from, int size) throws IOException {
        byte[] packet = new byte[size];
        from.get(packet);
        source.report(packet);
        return size;
    }

    private interface Transfer {
        int of(RtpIo io) throws IOException;
    }

    /** No exception may pass through FFmpeg. */
    private static int transfer(Pointer opaque, Transfer transfer) {
        RtpIo io = OPEN.get(opaque.address());
        try {
            return io == null ? avutil.AVERROR_EXIT() : transfer.of(io);
        } catch (IOException | RuntimeException | Error e) {
            return avutil.AVERROR_EIO();
        }
    }

    private static final class Reader extends Read_packet_Pointer_BytePointer_int {
        static final Reader INSTANCE = new Reader();

        @Override
        public int call(Pointer opaque, BytePointer into, int size) {
            return transfer(opaque, io -> io.read(into, size));
        }
    }

    private static final class Writer extends Write_packet_Pointer_BytePointer_int {
        static final Writer INSTANCE = new Writer();

        @Override
        public int call(Pointer opaque, BytePointer from, int size) {
            return transfer(opaque, io -> io.write(from, size));
        }
    }
}
