package dev.affray.agent.capture;

import dev.affray.agent.gate.Luma;
import java.util.List;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.javacpp.BytePointer;

/** Makes the small grey pictures that the gate judges by. For one thread. */
final class LumaReader implements AutoCloseable {
    private final Scaler scaler;

    /** One that sees everything. */
    LumaReader() {
        this(new Masks(List.of()));
    }

    /** @param masks what it does not see */
    LumaReader(Masks masks) {
        scaler = new Scaler(masks, swscale.SWS_ACCURATE_RND);
    }

    Luma read(AVFrame picture) throws CaptureException {
        AVFrame grey = scaler.scale(picture, Luma.WIDTH, Luma.HEIGHT, avutil.AV_PIX_FMT_GRAY8, -1);
        byte[] samples = new byte[Luma.WIDTH * Luma.HEIGHT];
        try (BytePointer data = grey.data(0)) {
            for (int row = 0; row < Luma.HEIGHT; row++) {
                data.position((long) row * grey.linesize(0)).get(samples, row * Luma.WIDTH, Luma.WIDTH);
            }
        }
        return new Luma(samples);
    }

    @Override
    public void close() {
        scaler.close();
    }
}
