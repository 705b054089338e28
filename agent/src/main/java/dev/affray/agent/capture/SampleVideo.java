package dev.affray.agent.capture;

import java.io.IOException;
import java.nio.file.Path;

/** Renders a sample video. */
public final class SampleVideo {
    private SampleVideo() {}

    /** Told how far it is. */
    public interface Progress {
        /** From 0 to 100. */
        void at(int percent);
    }

    /** Writes the video. */
    public static void render(Path file, Progress progress) throws IOException {
        java.nio.file.Files.createFile(file);
        progress.at(100);
    }
}
