package dev.affray.agent.capture;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/** A video decoder on the caller's own thread, in software or by hardware. A packet that it refuses is counted and forgotten. */
final class Decoder implements AutoCloseable {
    private final AVCodecContext context;
    private final AVFrame frame = avutil.av_frame_alloc();
    private final int codec;
    private final @Nullable HardwareFrames hardware;
    private long errors;

    /** Takes each picture; it is valid during the call only. */
    interface Frames {
        void accept(AVFrame frame) throws CaptureException;
    }

    private Decoder(AVCodecContext context, int codec, @Nullable HardwareFrames hardware) {
        this.context = context;
        this.codec = codec;
        this.hardware = hardware;
    }

    /** One in software. */
    static Decoder open(AVCodecParameters parameters) throws CaptureException {
        AVCodec codec = avcodec.avcodec_find_decoder(parameters.codec_id());
        if (isNone(codec)) {
            throw CaptureException.passing("no decoder for " + name(parameters.codec_id()));
        }
        Decoder decoder = new Decoder(avcodec.avcodec_alloc_context3(codec), parameters.codec_id(), null);
        int result = decoder.open(parameters, codec);
        if (result < 0) {
            decoder.close();
            throw CaptureException.passing("the decoder for " + name(parameters.codec_id()) + " cannot be opened: "
                    + Ffmpeg.errorText(result));
        }
        return decoder;
    }

    /** One by hardware, of the first kind that can be opened; where none can, in software. */
    static Decoder open(AVCodecParameters parameters, Hardware hardware) throws CaptureException {
        Optional<Accelerator> kind = hardware.kind();
        while (kind.isPresent()) {
            hardware.enter();
            try {
                return accelerated(parameters, kind.get(), hardware);
            } catch (CaptureException e) {
                hardware.giveUp(kind.get(), e.reason());
                kind = hardware.kind();
            } finally {
                hardware.leave();
            }
        }
        return open(parameters);
    }

    private static Decoder accelerated(AVCodecParameters parameters, Accelerator kind, Hardware hardware)
            throws CaptureException {
        String name = name(parameters.codec_id());
        AVCodec codec = kind.hasDevice()
                ? avcodec.avcodec_find_decoder(parameters.codec_id())
                : avcodec.avcodec_find_decoder_by_name(name + "_" + kind);
        if (isNone(codec) || !kind.decodes(codec)) {
            throw CaptureException.passing("cannot decode " + name + " in this FFmpeg");
        }
        HardwareFrames frames = new HardwareFrames(hardware, kind);
        Decoder decoder = new Decoder(avcodec.avcodec_alloc_context3(codec), parameters.codec_id(), frames);
        try {
            if (kind.hasDevice()) {
                // FFmpeg's own choice of a pixel format prefers that of the device, and falls back where it cannot.
                decoder.context.hw_device_ctx(hardware.device());
            }
            Ffmpeg.takeLastLine();
            int result = decoder.open(parameters, codec);
            if (result < 0) {
                throw CaptureException.passing("cannot be opened: " + Ffmpeg.reason(result));
            }
            return decoder;
        } catch (CaptureException e) {
            decoder.close();
            throw e;
        }
    }

    private int open(AVCodecParameters parameters, AVCodec codec) {
        context.thread_count(1);
        int result = avcodec.avcodec_parameters_to_context(context, parameters);
        return result < 0 ? result : avcodec.avcodec_open2(context, codec, (PointerPointer<?>) null);
    }

    /** Such as {@code h264 640x360}. */
    String describe() {
        return name(context.codec_id()) + " " + context.width() + "x" + context.height();
    }

    /** The codec it was opened for. */
    int codec() {
        return codec;
    }

    long errors() {
        return errors;
    }

    /** Whether hardware fails it: no picture has come since the last key packet, but an error. */
    boolean isFailing() {
        return hardware != null && hardware.isFailing();
    }

    void decode(AVPacket packet, Frames frames) throws CaptureException {
        if (hardware != null && (packet.flags() & avcodec.AV_PKT_FLAG_KEY) != 0) {
            hardware.keyPacket();
        }
        send(packet, frames);
    }

    /** From now on the edges of blocks are not smoothed away, where the codec does that. */
    void leaveEdges() {
        context.skip_loop_filter(avcodec.AVDISCARD_ALL);
    }

    /** Hands out what it still holds; nothing can be decoded afterwards. */
    void flush(Frames frames) throws CaptureException {
        send(null, frames);
    }

    /** After a {@link #flush}: it can decode again, from a key packet on. */
    void restart() {
        avcodec.avcodec_flush_buffers(context);
    }

    @Override
    public void close() {
        if (hardware != null) {
            hardware.close();
        }
        avutil.av_frame_free(frame);
        avcodec.avcodec_free_context(context);
    }

    private void send(@Nullable AVPacket packet, Frames frames) throws CaptureException {
        if (call(() -> avcodec.avcodec_send_packet(context, packet)) < 0) {
            failed();
        }
        int result = call(() -> avcodec.avcodec_receive_frame(context, frame));
        while (result >= 0) {
            try {
                if (packet != null && codec == avcodec.AV_CODEC_ID_MJPEG) {
                    OriginalJpeg.keep(packet, frame);
                }
                handOut(frames);
            } finally {
                avutil.av_frame_unref(frame);
            }
            result = call(() -> avcodec.avcodec_receive_frame(context, frame));
        }
        if (result != avutil.AVERROR_EOF() && result != avutil.AVERROR_EAGAIN()) {
            failed();
        }
    }

    private void handOut(Frames frames) throws CaptureException {
        if (hardware == null) {
            frames.accept(frame);
            return;
        }
        AVFrame fetched = hardware.fetch(frame);
        if (fetched == null) {
            failed();
        } else {
            frames.accept(fetched);
        }
    }

    private void failed() {
        errors++;
        if (hardware != null) {
            hardware.failed();
        }
    }

    private int call(IntSupplier call) {
        return hardware == null ? call.getAsInt() : hardware.call(call);
    }

    private static boolean isNone(@Nullable AVCodec codec) {
        return codec == null || codec.isNull();
    }

    private static String name(int codec) {
        return avcodec.avcodec_get_name(codec).getString(StandardCharsets.UTF_8);
    }
}
