package dev.affray.agent.capture;

import dev.affray.agent.capture.sample.SampleScene;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Renders the film of the synthetic sample camera, see {@link SampleScene}, to an MP4 file. */
public final class SampleVideo {
    private SampleVideo() {}

    /** Hears how far the rendering is; called from the rendering thread. */
    public interface Progress {
        /** @param seconds of film that are done, of {@code total} */
        void rendered(int seconds, int total);
    }

    /**
     * Renders the whole film. The file appears only when it is complete; one that is there is replaced. Takes some seconds of one core.
     *
     * @throws IOException when it cannot be encoded or written; nothing is left behind
     */
    public static void render(Path file, Progress progress) throws IOException {
        render(file, SampleScene.SECONDS, progress);
    }

    static void render(Path file, int seconds, Progress progress) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            write(unfinished, seconds, progress);
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private static void write(Path file, int seconds, Progress progress) throws IOException {
        SampleScene scene = new SampleScene();
        try (VideoWriter writer = VideoWriter.open(file, SampleScene.WIDTH, SampleScene.HEIGHT, SampleScene.FPS)) {
            for (int second = 0; second < seconds; second++) {
                for (int i = 0; i < SampleScene.FPS; i++) {
                    writer.write(scene.draw(second * SampleScene.FPS + i));
                }
                progress.rendered(second + 1, seconds);
            }
            writer.finish();
        }
    }
}
