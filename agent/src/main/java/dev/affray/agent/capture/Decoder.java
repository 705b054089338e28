package dev.affray.agent.capture;

import java.nio.charset.StandardCharsets;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/** A video decoder on the caller's own thread. A packet that it refuses is counted and forgotten. */
final class Decoder implements AutoCloseable {
    private final AVCodecContext context;
    private final AVFrame frame = avutil.av_frame_alloc();
    private final int codec;
    private long errors;

    /** Takes each picture; it is valid during the call only. */
    interface Frames {
        void accept(AVFrame frame) throws CaptureException;
    }

    private Decoder(AVCodecContext context, int codec) {
        this.context = context;
        this.codec = codec;
    }

    static Decoder open(AVCodecParameters parameters) throws CaptureException {
        AVCodec codec = avcodec.avcodec_find_decoder(parameters.codec_id());
        if (codec == null || codec.isNull()) {
            throw CaptureException.passing("no decoder for " + name(parameters.codec_id()));
        }
        Decoder decoder = new Decoder(avcodec.avcodec_alloc_context3(codec), parameters.codec_id());
        decoder.context.thread_count(1);
        int result = avcodec.avcodec_parameters_to_context(decoder.context, parameters);
        if (result >= 0) {
            result = avcodec.avcodec_open2(decoder.context, codec, (PointerPointer<?>) null);
        }
        if (result < 0) {
            decoder.close();
            throw CaptureException.passing("the decoder for " + name(parameters.codec_id()) + " cannot be opened: "
                    + Ffmpeg.errorText(result));
        }
        return decoder;
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

    void decode(AVPacket packet, Frames frames) throws CaptureException {
        send(packet, frames);
    }

    /** Hands out what it still holds; nothing can be decoded afterwards. */
    void flush(Frames frames) throws CaptureException {
        send(null, frames);
    }

    @Override
    public void close() {
        avutil.av_frame_free(frame);
        avcodec.avcodec_free_context(context);
    }

    private void send(@Nullable AVPacket packet, Frames frames) throws CaptureException {
        if (avcodec.avcodec_send_packet(context, packet) < 0) {
            errors++;
        }
        int result = avcodec.avcodec_receive_frame(context, frame);
        while (result >= 0) {
            try {
                if (packet != null && codec == avcodec.AV_CODEC_ID_MJPEG) {
                    OriginalJpeg.keep(packet, frame);
                }
                frames.accept(frame);
            } finally {
                avutil.av_frame_unref(frame);
            }
            result = avcodec.avcodec_receive_frame(context, frame);
        }
        if (result != avutil.AVERROR_EOF() && result != avutil.AVERROR_EAGAIN()) {
            errors++;
        }
    }

    private static String name(int codec) {
        return avcodec.avcodec_get_name(codec).getString(StandardCharsets.UTF_8);
    }
}
