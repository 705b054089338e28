package dev.affray.agent.capture;

import java.util.List;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.javacpp.BytePointer;

/** Makes small grey pictures of one size. For one thread. */
final class SmallPictures implements AutoCloseable {
    private final Scaler scaler;
    private final int width;
    private final int height;

    /** One that sees everything. */
    SmallPictures(int width, int height) {
        this(new Masks(List.of()), width, height);
    }

    /** @param masks what it does not see */
    SmallPictures(Masks masks, int width, int height) {
        scaler = new Scaler(masks, swscale.SWS_ACCURATE_RND);
        this.width = width;
        this.height = height;
    }

    /** A picture's grey levels, full range, row by row from the top left. */
    byte[] read(AVFrame picture) throws CaptureException {
        AVFrame grey = scaler.scale(picture, width, height, avutil.AV_PIX_FMT_GRAY8, -1);
        byte[] samples = new byte[width * height];
        try (BytePointer data = grey.data(0)) {
            for (int row = 0; row < height; row++) {
                data.position((long) row * grey.linesize(0)).get(samples, row * width, width);
            }
        }
        return samples;
    }

    @Override
    public void close() {
        scaler.close();
    }
}
