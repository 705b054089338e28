package dev.affray.agent.capture;

import dev.affray.agent.capture.sample.Picture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/** Writes drawn pictures to an MP4 file: H.264 where FFmpeg has an encoder for it, else MPEG-4 part 2. For one thread. */
final class VideoWriter implements AutoCloseable {
    private static final int BITS_PER_SECOND = 700_000;

    private final AVFormatContext container = new AVFormatContext(null);
    private final AVFrame frame = avutil.av_frame_alloc();
    private final AVPacket packet = avcodec.av_packet_alloc();
    private @Nullable AVCodecContext encoder;
    private @Nullable AVIOContext output;
    private long pictures;

    private VideoWriter() {}

    /** Creates the file, or overwrites it. */
    static VideoWriter open(Path file, int width, int height, int fps) throws IOException {
        Ffmpeg.load();
        VideoWriter writer = new VideoWriter();
        try {
            writer.begin(file, width, height, fps);
            return writer;
        } catch (IOException | RuntimeException e) {
            writer.close();
            throw e;
        }
    }

    void write(Picture picture) throws IOException {
        must(avutil.av_frame_make_writable(frame));
        for (int plane = 0; plane < 3; plane++) {
            copy(picture, plane);
        }
        frame.pts(pictures++);
        encode(frame);
    }

    /** Completes the file. */
    void finish() throws IOException {
        encode(null);
        must(avformat.av_write_trailer(container));
    }

    @Override
    public void close() {
        avutil.av_frame_free(frame);
        avcodec.av_packet_free(packet);
        if (encoder != null) {
            avcodec.avcodec_free_context(encoder);
        }
        if (output != null) {
            avformat.avio_closep(output);
        }
        avformat.avformat_free_context(container);
    }

    private void begin(Path file, int width, int height, int fps) throws IOException {
        must(avformat.avformat_alloc_output_context2(container, null, "mp4", null));
        AVCodec codec = avcodec.avcodec_find_encoder_by_name("libopenh264");
        if (codec == null || codec.isNull()) {
            codec = avcodec.avcodec_find_encoder(avcodec.AV_CODEC_ID_MPEG4);
        }
        AVCodecContext fresh = avcodec.avcodec_alloc_context3(codec);
        encoder = fresh;
        configure(fresh, width, height, fps);
        must(avcodec.avcodec_open2(fresh, codec, (PointerPointer<?>) null));
        AVStream stream = avformat.avformat_new_stream(container, codec);
        stream.time_base().num(1).den(fps);
        stream.avg_frame_rate().num(fps).den(1);
        must(avcodec.avcodec_parameters_from_context(stream.codecpar(), fresh));
        AVIOContext sink = new AVIOContext(null);
        must(avformat.avio_open(sink, "file:" + file.toAbsolutePath(), avformat.AVIO_FLAG_WRITE));
        output = sink;
        container.pb(sink);
        must(avformat.avformat_write_header(container, (AVDictionary) null));
        frame.width(width).height(height).format(avutil.AV_PIX_FMT_YUV420P);
        must(avutil.av_frame_get_buffer(frame, 0));
    }

    private void configure(AVCodecContext context, int width, int height, int fps) {
        context.width(width).height(height).pix_fmt(avutil.AV_PIX_FMT_YUV420P);
        context.time_base().num(1).den(fps);
        context.framerate().num(fps).den(1);
        context.gop_size(fps * 2);
        context.max_b_frames(0);
        context.bit_rate(BITS_PER_SECOND);
        context.color_range(avutil.AVCOL_RANGE_MPEG);
        context.colorspace(avutil.AVCOL_SPC_SMPTE170M);
        context.color_primaries(avutil.AVCOL_PRI_SMPTE170M);
        context.color_trc(avutil.AVCOL_TRC_SMPTE170M);
        context.thread_count(1);
        context.flags(context.flags() | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER);
    }

    private void copy(Picture picture, int plane) {
        int width = plane == 0 ? picture.width() : picture.width() / 2;
        int height = plane == 0 ? picture.height() : picture.height() / 2;
        byte[] samples = picture.plane(plane);
        try (BytePointer target = frame.data(plane)) {
            for (int row = 0; row < height; row++) {
                target.position((long) row * frame.linesize(plane)).put(samples, row * width, width);
            }
        }
    }

    private void encode(@Nullable AVFrame next) throws IOException {
        AVCodecContext open = Objects.requireNonNull(encoder);
        must(avcodec.avcodec_send_frame(open, next));
        while (avcodec.avcodec_receive_packet(open, packet) >= 0) {
            packet.stream_index(0);
            packet.duration(1);
            AVStream stream = container.streams(0);
            avcodec.av_packet_rescale_ts(packet, open.time_base(), stream.time_base());
            must(avformat.av_interleaved_write_frame(container, packet));
        }
    }

    private static void must(int result) throws IOException {
        if (result < 0) {
            throw new IOException("the video cannot be written: " + Ffmpeg.errorText(result));
        }
    }
}
