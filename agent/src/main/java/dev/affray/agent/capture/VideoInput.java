package dev.affray.agent.capture;

import dev.affray.agent.capture.CaptureSource.Device;
import dev.affray.agent.capture.CaptureSource.LocalFile;
import dev.affray.agent.capture.CaptureSource.Stream;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.locks.LockSupport;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/** An open source: its demuxer, and the decoder of its video stream, which is closed while it rests. For one thread. */
final class VideoInput implements AutoCloseable {
    private static final double HIGHEST_RATE = 240;
    private static final double USUAL_RATE = 25;

    /** How long nobody looks whether a device has a picture. */
    private static final long POLL_NANOS = 5_000_000;

    private final Interrupt interrupt;
    private final long timeoutNanos;
    private final boolean file;
    private final @Nullable Upstream upstream;
    private final @Nullable PictureSource pictures;
    private final boolean device;
    private final AVFormatContext context;
    private final AVPacket packet = avcodec.av_packet_alloc();
    private Hardware hardware = Hardware.none();
    private @Nullable Decoder decoder;
    private @Nullable AVCodecParameters parameters;
    private long earlierErrors;
    private String described = "";
    private int index;
    private double rate;
    private double secondsPerTick;
    private boolean awaiting;
    private boolean drained;
    private long stamp = avutil.AV_NOPTS_VALUE;

    /** Takes each decoded picture; it is valid during the call only. */
    interface Pictures {
        /** @param seconds its time stamp; NaN when it has none */
        void accept(AVFrame picture, double seconds) throws CaptureException;
    }

    /** Opens a source. */
    interface Opener {
        /** @param timeoutNanos how long opening, and later each wait for a packet, may take */
        VideoInput open(CaptureSource source, Interrupt interrupt, long timeoutNanos) throws CaptureException;
    }

    /** What came of reading one packet. */
    enum Packet {
        VIDEO,
        OTHER,
        END
    }

    private VideoInput(
            AVFormatContext context,
            boolean device,
            @Nullable Upstream upstream,
            Interrupt interrupt,
            long timeoutNanos) {
        this.upstream = upstream;
        pictures = upstream instanceof PictureSource source ? source : null;
        this.device = device;
        file = upstream == null && !device;
        this.context = context;
        this.interrupt = interrupt;
        this.timeoutNanos = timeoutNanos;
    }

    /**
     * Opens a source and finds its video. Blocks for thrice the time-out at most.
     *
     * @param timeoutNanos how long opening, and later each wait for a packet, may take
     */
    static VideoInput open(CaptureSource source, Interrupt interrupt, long timeoutNanos) throws CaptureException {
        return open(source, interrupt, timeoutNanos, new Encounter());
    }

    /** @param encounter learns of the camera on the way, whether it is opened or not */
    static VideoInput open(CaptureSource source, Interrupt interrupt, long timeoutNanos, Encounter encounter)
            throws CaptureException {
        SourceCheck.check(source, interrupt, timeoutNanos);
        return openUnchecked(source, interrupt, timeoutNanos, encounter);
    }

    /** As {@link #open}, also of what does not pass {@link SourceCheck}: FFmpeg may wait for it without ever asking the interrupt. */
    static VideoInput openUnchecked(CaptureSource source, Interrupt interrupt, long timeoutNanos, Encounter encounter)
            throws CaptureException {
        long timeoutMicros = timeoutNanos / 1000;
        return switch (source) {
            case LocalFile file -> open(OpenOptions.of(file), null, interrupt, timeoutNanos);
            case Device device -> {
                DeviceLibrary.load();
                yield open(OpenOptions.of(device.device()), null, interrupt, timeoutNanos);
            }
            case Stream stream
            when stream.rtsp() -> {
                interrupt.within(timeoutNanos);
                RtpIo io = new RtpIo(RtspSource.open(stream, interrupt, timeoutNanos, encounter));
                yield open(OpenOptions.of(io), io, interrupt, timeoutNanos);
            }
            case Stream stream -> {
                interrupt.within(timeoutNanos);
                yield switch (HttpSource.open(stream, interrupt, timeoutNanos, encounter)) {
                    case PictureSource pictures -> open(pictures, interrupt, timeoutNanos);
                    case HttpRelay relay -> open(OpenOptions.of(relay, timeoutMicros), relay, interrupt, timeoutNanos);
                };
            }
        };
    }

    private static VideoInput open(
            OpenOptions options, @Nullable Upstream upstream, Interrupt interrupt, long timeoutNanos)
            throws CaptureException {
        AVFormatContext context = avformat.avformat_alloc_context();
        interrupt.guard(context);
        interrupt.within(timeoutNanos);
        Ffmpeg.takeLastLine();
        if (upstream instanceof RtpIo io) {
            io.describe(context);
        }
        int result = options.open(context);
        if (upstream instanceof RtpIo io && result >= 0) {
            io.play(context);
        }
        VideoInput input = new VideoInput(context, options.device(), upstream, interrupt, timeoutNanos);
        try {
            input.must(result);
            input.findVideo();
            return input;
        } catch (CaptureException | RuntimeException e) {
            input.close();
            throw e;
        }
    }

    private static VideoInput open(PictureSource pictures, Interrupt interrupt, long timeoutNanos)
            throws CaptureException {
        AVFormatContext context = avformat.avformat_alloc_context();
        VideoInput input = new VideoInput(context, false, pictures, interrupt, timeoutNanos);
        interrupt.within(timeoutNanos);
        Ffmpeg.takeLastLine();
        try {
            input.must(pictures.open(context));
            input.findVideo();
            return input;
        } catch (CaptureException | RuntimeException e) {
            input.close();
            throw e;
        }
    }

    /** The stream in words, such as {@code h264 640x360 25 fps}. */
    String describe() {
        double rounded = Math.round(rate * 10) / 10.0;
        String shown = rounded == Math.rint(rounded) ? Long.toString((long) rounded) : Double.toString(rounded);
        return (decoder == null ? described : decoder.describe()) + " " + shown + " fps" + hardware.note();
    }

    /** Lets hardware decode from now on, where there is any and it can. Opening its device may take long. */
    void decodeBy(Hardware wanted) throws CaptureException {
        hardware = wanted;
        if (wanted.kind().isPresent()) {
            closeDecoder();
            interrupt.within(timeoutNanos);
            decoder = Decoder.open(Objects.requireNonNull(parameters), wanted);
        }
    }

    /** What the source says of its video. */
    StreamFormat format() {
        return StreamFormat.of(context, index);
    }

    /** Pictures a second, as far as the container knows. */
    double rate() {
        return rate;
    }

    /** How long it is, as far as the container knows. */
    OptionalDouble seconds() {
        long micros = context.duration();
        return micros > 0 ? OptionalDouble.of(micros / (double) avutil.AV_TIME_BASE) : OptionalDouble.empty();
    }

    long decodeErrors() {
        return earlierErrors + (decoder == null ? 0 : decoder.errors());
    }

    /** Reads one packet, undecoded; a packet of the video can then be had from {@link #packet}. */
    Packet next() throws CaptureException {
        Ffmpeg.takeLastLine();
        avcodec.av_packet_unref(packet);
        if (!awaiting) {
            interrupt.within(timeoutNanos);
            awaiting = true;
        }
        int result = read();
        if (upstream instanceof RtpIo io && io.end() != 0) {
            result = io.end();
        }
        if (result == avutil.AVERROR_EOF() || isCutOff(result)) {
            checkUpstream();
            return Packet.END;
        }
        must(result);
        if (packet.stream_index() != index) {
            return Packet.OTHER;
        }
        awaiting = false;
        return Packet.VIDEO;
    }

    /** Whether its time stamps are those of the camera's clock; others are often made up by a muxer. */
    boolean isTimed() {
        return upstream instanceof RtpIo;
    }

    /** Whether nobody is in a hurry for packets: a connection is then read a few times a second. */
    void atLeisure(boolean leisurely) {
        if (upstream instanceof RtpIo io) {
            io.atLeisure(leisurely);
        }
    }

    /** The packet read last; valid until the next one is read. */
    AVPacket packet() {
        if (pictures != null && packet.size() == 0) {
            pictures.fill(packet);
        }
        return packet;
    }

    /** Whether the packet read last can be decoded by itself. */
    boolean packetIsKey() {
        return (packet.flags() & avcodec.AV_PKT_FLAG_KEY) != 0;
    }

    /** How long the packet read last is, in bytes. */
    int packetSize() {
        return pictures == null ? packet.size() : pictures.size();
    }

    /** How the video is encoded, as the container tells now. */
    VideoFormat videoFormat() {
        return VideoFormat.of(context.streams(index));
    }

    /** The packet read last as it came, where it is a whole JPEG file, no wider than this, that any viewer can read. */
    Optional<byte[]> packetAsJpeg(int maxWidth) {
        AVCodecParameters now = Objects.requireNonNull(parameters);
        if (now.codec_id() != avcodec.AV_CODEC_ID_MJPEG || now.width() > maxWidth) {
            return Optional.empty();
        }
        return pictures == null
                ? OriginalJpeg.of(packet, now.width(), now.height())
                : pictures.file(now.width(), now.height());
    }

    /** When the packet read last is to be decoded, in seconds on the video's own line; NaN where that is not known. */
    double packetSeconds() {
        long ticks = packet.dts() == avutil.AV_NOPTS_VALUE ? packet.pts() : packet.dts();
        return ticks == avutil.AV_NOPTS_VALUE ? Double.NaN : ticks * secondsPerTick;
    }

    /** When the picture of the packet read last is to be shown; NaN where that is not known. */
    double shownSeconds() {
        return packet.pts() == avutil.AV_NOPTS_VALUE ? Double.NaN : packet.pts() * secondsPerTick;
    }

    /** Decodes a packet of this video and hands out the pictures that it completes. After a {@link #rest} it must be a key packet. */
    void decode(AVPacket encoded, Pictures pictures) throws CaptureException {
        boolean key = (encoded.flags() & avcodec.AV_PKT_FLAG_KEY) != 0;
        if (key && decoder != null && decoder.isFailing()) {
            closeDecoder();
        }
        Decoder open = decoder();
        open.decode(encoded, frame -> pictures.accept(frame, seconds(frame)));
        if (key && open.isFailing() && !hardware.isProven()) {
            // Where its very first packet is refused, nothing is lost: the next decoder begins with the same one.
            closeDecoder();
            decode(encoded, pictures);
        }
    }

    /** As {@link #decode}, with the edges of blocks left in the pictures: good enough to look at small, and a fifth cheaper. Until the next {@link #rest}. */
    void decodeRoughly(AVPacket encoded, Pictures pictures) throws CaptureException {
        decoder().leaveEdges();
        decode(encoded, pictures);
    }

    private Decoder decoder() throws CaptureException {
        AVCodecParameters now = Objects.requireNonNull(parameters);
        Decoder open = decoder;
        if (open == null || now.codec_id() != open.codec()) {
            // A transport stream may announce another codec for the same stream.
            closeDecoder();
            open = Decoder.open(now, hardware);
            decoder = open;
        }
        return open;
    }

    /** Decodes a key packet and hands out its picture; what is decoded next must be a key packet, too. */
    void decodeAlone(AVPacket encoded, Pictures pictures) throws CaptureException {
        decode(encoded, pictures);
        Decoder open = decoder;
        if (open != null) {
            open.flush(frame -> pictures.accept(frame, seconds(frame)));
            open.restart();
        }
    }

    /** Hands out the pictures that the decoder still holds, and closes it until something is decoded again. */
    void rest(Pictures pictures) throws CaptureException {
        if (decoder != null) {
            decoder.flush(frame -> pictures.accept(frame, seconds(frame)));
            closeDecoder();
        }
    }

    @Override
    public void close() {
        closeDecoder();
        avcodec.av_packet_free(packet);
        if (!context.isNull()) {
            avformat.avformat_close_input(context);
        }
        if (upstream != null) {
            upstream.close();
        }
    }

    private int read() {
        if (pictures != null) {
            return pictures.read(packet);
        }
        if (upstream instanceof RtpIo io && io.isDirect() && drained) {
            return io.read(packet, index);
        }
        int result = avformat.av_read_frame(context, packet);
        if (upstream instanceof RtpIo io) {
            if (result == avutil.AVERROR_EOF() && io.isDirect()) {
                drained = true;
                io.goOnFrom(stamp);
                return io.read(packet, index);
            }
            stamp = result >= 0 && packet.stream_index() == index ? packet.pts() : stamp;
        }
        while (device && result == avutil.AVERROR_EAGAIN() && !interrupt.raised() && !interrupt.overdue()) {
            LockSupport.parkNanos(POLL_NANOS);
            result = avformat.av_read_frame(context, packet);
        }
        return result;
    }

    private void findVideo() throws CaptureException {
        interrupt.within(timeoutNanos);
        if (!device && pictures == null) {
            // A device tells all there is to know when it is opened, as does the first of many pictures.
            must(avformat.avformat_find_stream_info(context, (PointerPointer<?>) null));
        }
        index = avformat.av_find_best_stream(context, avutil.AVMEDIA_TYPE_VIDEO, -1, -1, (PointerPointer<?>) null, 0);
        if (index < 0) {
            throw CaptureException.passing(
                    interrupt.overdue() ? "timed out after " + deadline() + " waiting for video" : "no video stream");
        }
        for (int i = 0; i < context.nb_streams(); i++) {
            context.streams(i).discard(i == index ? avcodec.AVDISCARD_DEFAULT : avcodec.AVDISCARD_ALL);
        }
        AVStream stream = context.streams(index);
        parameters = stream.codecpar();
        if (upstream instanceof RtpIo io && parameters.video_delay() == 0) {
            // Pictures that are decoded in another order than shown have two time stamps, and RTP tells one.
            io.handOver();
        }
        decoder = Decoder.open(parameters);
        secondsPerTick = avutil.av_q2d(stream.time_base());
        try (AVRational guess = avformat.av_guess_frame_rate(context, stream, null)) {
            double guessed = guess.den() == 0 ? 0 : avutil.av_q2d(guess);
            rate = guessed > 0 && guessed <= HIGHEST_RATE ? guessed : USUAL_RATE;
        }
    }

    /** FFmpeg takes the end of an HTTP answer without a length for an error of input or output. */
    private boolean isCutOff(int result) {
        return result == avutil.AVERROR_EIO() && upstream != null && !interrupt.overdue();
    }

    private void closeDecoder() {
        Decoder open = decoder;
        if (open != null) {
            decoder = null;
            described = open.describe();
            earlierErrors += open.errors();
            open.close();
        }
    }

    private double seconds(AVFrame frame) {
        long ticks = frame.best_effort_timestamp();
        return ticks == avutil.AV_NOPTS_VALUE ? Double.NaN : ticks * secondsPerTick;
    }

    private void must(int result) throws CaptureException {
        if (result < 0 && device) {
            throw CaptureException.passing(
                    interrupt.overdue() ? "no picture for " + deadline() : Ffmpeg.reason(result));
        }
        if (result < 0) {
            checkUpstream();
            throw CaptureException.passing(
                    Reasons.of(result, Ffmpeg.takeLastLine(), file, interrupt.overdue(), deadline()));
        }
    }

    private void checkUpstream() throws CaptureException {
        Optional<String> refusal = upstream == null ? Optional.empty() : upstream.refusal();
        if (refusal.isPresent()) {
            throw CaptureException.passing(refusal.get());
        }
    }

    private String deadline() {
        return timeoutNanos / 1_000_000_000 + " s";
    }
}
