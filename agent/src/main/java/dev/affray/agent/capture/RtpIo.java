package dev.affray.agent.capture;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.Read_packet_Pointer_BytePointer_int;
import org.bytedeco.ffmpeg.avformat.Write_packet_Pointer_BytePointer_int;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

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
    private int described;
    private boolean plays;
    private int end;

    RtpIo(RtspSource source) {
        this.source = source;
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

    /** FFmpeg's error for the end of all packets; 0 before that. The demuxer may go on to hand out packets that it had handed out before. */
    int end() {
        return end;
    }

    @Override
    public Optional<String> refusal() {
        return source.refusal();
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
            int length = receive();
            if (length < 0) {
                return end;
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
