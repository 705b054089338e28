package dev.affray.agent.capture;

import dev.affray.agent.gate.GreyPicture;
import java.util.List;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.javacpp.BytePointer;

/** Makes small grey pictures. For one thread. */
final class SmallPictures implements AutoCloseable {
    private final Scaler scaler;

    /** One that sees everything. */
    SmallPictures() {
        this(new Masks(List.of()));
    }

    /** @param masks what it does not see */
    SmallPictures(Masks masks) {
        scaler = new Scaler(masks, swscale.SWS_ACCURATE_RND);
    }

    /** A picture of the size and shape that a score is computed from. */
    GreyPicture read(AVFrame picture) throws CaptureException {
        GreyPicture.Size size = GreyPicture.Size.of(picture.width(), picture.height());
        return new GreyPicture(size, read(picture, size.width(), size.height()));
    }

    /** A picture's grey levels in a size, full range, row by row from the top left. */
    byte[] read(AVFrame picture, int width, int height) throws CaptureException {
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
