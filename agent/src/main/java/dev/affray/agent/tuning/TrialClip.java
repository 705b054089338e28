package dev.affray.agent.tuning;

import dev.affray.agent.capture.Camera;
import dev.affray.agent.capture.Clip;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The video that a camera kept at the end of a trial.
 *
 * @param file where it is
 * @param from when its first picture was taken; null when there is none
 * @param to when its last one was; null when there is none
 * @param pictures how many it holds
 * @param bytes the size of the file
 * @param trouble why there is no file, or not all that was kept is in it; null when nothing is wrong
 */
public record TrialClip(
        String file,
        @Nullable Instant from,
        @Nullable Instant to,
        int pictures,
        long bytes,
        @Nullable String trouble) {
    static TrialClip of(Camera camera, Path file) {
        try {
            return switch (camera.clip(Instant.EPOCH, Instant.MAX, file)) {
                case Clip.Written clip ->
                    new TrialClip(
                            file.toString(),
                            clip.from(),
                            clip.to(),
                            clip.pictures(),
                            clip.bytes(),
                            clip.rest()
                                    .map(rest -> "the camera changed its coding; what came from " + rest
                                            + " on is not in it")
                                    .orElse(null));
                case Clip.Refused refused -> none(file, refused.detail());
            };
        } catch (IOException e) {
            return none(file, String.valueOf(e.getMessage()));
        }
    }

    private static TrialClip none(Path file, String trouble) {
        return new TrialClip(file.toString(), null, null, 0, 0, trouble);
    }

    /** Whether there is a file. */
    public boolean written() {
        return from != null;
    }
}
