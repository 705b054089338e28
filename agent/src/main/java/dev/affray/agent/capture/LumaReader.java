package dev.affray.agent.capture;

import dev.affray.agent.gate.Luma;
import java.util.List;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Makes the small grey pictures that the gate judges by. For one thread. */
final class LumaReader implements AutoCloseable {
    private final SmallPictures pictures;

    /** One that sees everything. */
    LumaReader() {
        this(new Masks(List.of()));
    }

    /** @param masks what it does not see */
    LumaReader(Masks masks) {
        pictures = new SmallPictures(masks);
    }

    Luma read(AVFrame picture) throws CaptureException {
        return new Luma(pictures.read(picture, Luma.WIDTH, Luma.HEIGHT));
    }

    @Override
    public void close() {
        pictures.close();
    }
}
