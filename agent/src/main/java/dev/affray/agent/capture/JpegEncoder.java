package dev.affray.agent.capture;

import dev.affray.camera.Image;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/**
 * Makes baseline JPEG files of decoded pictures, straight from YUV: full range, 4:2:0, the BT.601 matrix, as JFIF has it. Pictures may change their size
 * and pixel format from one to the next. For one thread.
 */
final class JpegEncoder implements AutoCloseable {
    private final Image image;
    private final Masks masks;
    private final Scaler scaler;
    private final AVPacket packet = avcodec.av_packet_alloc();
    private @Nullable AVCodecContext context;

    JpegEncoder(Image image) {
        this.image = image;
        masks = new Masks(image.masks());
        // Rounding more exactly than the quantizer takes longer than all the rest of the conversion.
        scaler = new Scaler(masks, 0);
    }

    /** Paints the masks over. Without any, a picture that came as a JPEG of the right size is handed out as it came, byte for byte. */
    byte[] encode(AVFrame picture) throws CaptureException {
        boolean asItIs = masks.isEmpty() && picture.width() <= image.maxWidth();
        Optional<byte[]> original = asItIs ? OriginalJpeg.of(picture) : Optional.empty();
        if (original.isPresent()) {
            return original.get();
        }
        int width = even(Math.min(picture.width(), image.maxWidth()));
        int height = even(Math.round((float) picture.height() * width / picture.width()));
        AVFrame frame = scaler.scale(picture, width, height, avutil.AV_PIX_FMT_YUV420P, matrix(picture));
        AVCodecContext encoder = context(width, height);
        frame.quality(encoder.global_quality());
        must(avcodec.avcodec_send_frame(encoder, frame));
        must(avcodec.avcodec_receive_packet(encoder, packet));
        try (BytePointer data = packet.data()) {
            byte[] jpeg = new byte[packet.size()];
            data.get(jpeg);
            return jpeg;
        } finally {
            avcodec.av_packet_unref(packet);
        }
    }

    @Override
    public void close() {
        closeContext();
        avcodec.av_packet_free(packet);
        scaler.close();
    }

    /** Viewers take JPEGs for BT.601; what does not say its matrix is left as it is. */
    private static int matrix(AVFrame picture) {
        return picture.colorspace() == avutil.AVCOL_SPC_UNSPECIFIED ? -1 : avutil.AVCOL_SPC_SMPTE170M;
    }

    private AVCodecContext context(int width, int height) throws CaptureException {
        AVCodecContext open = context;
        if (open != null && open.width() == width && open.height() == height) {
            return open;
        }
        closeContext();
        AVCodec codec = avcodec.avcodec_find_encoder(avcodec.AV_CODEC_ID_MJPEG);
        AVCodecContext fresh = avcodec.avcodec_alloc_context3(codec);
        context = fresh;
        fresh.width(width).height(height).pix_fmt(avutil.AV_PIX_FMT_YUV420P);
        fresh.color_range(avutil.AVCOL_RANGE_JPEG);
        fresh.time_base().num(1).den(25);
        fresh.sample_aspect_ratio().num(1).den(1);
        fresh.flags(fresh.flags() | avcodec.AV_CODEC_FLAG_QSCALE | avcodec.AV_CODEC_FLAG_BITEXACT);
        fresh.global_quality(avutil.FF_QP2LAMBDA * image.jpegQuality());
        fresh.thread_count(1);
        must(avcodec.avcodec_open2(fresh, codec, (PointerPointer<?>) null));
        return fresh;
    }

    private void closeContext() {
        if (context != null) {
            avcodec.avcodec_free_context(context);
            context = null;
        }
    }

    private static int even(int pixels) {
        return Math.max(2, pixels / 2 * 2);
    }

    private void must(int result) throws CaptureException {
        if (result < 0) {
            closeContext();
            throw CaptureException.passing("a picture cannot be encoded as JPEG: " + Ffmpeg.errorText(result));
        }
    }
}
