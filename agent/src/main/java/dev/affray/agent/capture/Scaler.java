package dev.affray.agent.capture;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;

/** Converts pictures of any size and pixel format into one frame of its own. For one thread. */
final class Scaler implements AutoCloseable {
    private final SwsContext context = swscale.sws_alloc_context();
    private final AVFrame target = avutil.av_frame_alloc();
    private final Masks masks;

    /**
     * A scaler that averages what becomes one sample.
     *
     * @param masks painted over every result
     * @param flags of libswscale, beside that
     */
    Scaler(Masks masks, int flags) {
        this.masks = masks;
        context.flags(swscale.SWS_AREA | flags);
        context.threads(1);
    }

    /**
     * Scales a picture to full-range samples.
     *
     * @param colourSpace the matrix of the result, or -1 for that of the picture
     * @return this scaler's frame, valid until the next call
     */
    AVFrame scale(AVFrame picture, int width, int height, int pixelFormat, int colourSpace) throws CaptureException {
        avutil.av_frame_unref(target);
        target.width(width).height(height).format(pixelFormat);
        target.color_range(avutil.AVCOL_RANGE_JPEG);
        target.colorspace(colourSpace < 0 ? picture.colorspace() : colourSpace);
        int result = avutil.av_frame_get_buffer(target, 0);
        if (result >= 0) {
            result = swscale.sws_scale_frame(context, target, picture);
        }
        if (result < 0) {
            throw CaptureException.passing("a picture cannot be converted: " + Ffmpeg.errorText(result));
        }
        masks.burn(target);
        return target;
    }

    @Override
    public void close() {
        avutil.av_frame_free(target);
        swscale.sws_free_context(context);
    }
}
