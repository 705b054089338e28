package dev.affray.agent.tuning;

import dev.affray.health.GateCounts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a trial; also its JSON.
 *
 * @param seconds from its beginning to its end
 * @param measuredSeconds of these, after the warm-up, or all where it ended before that; the next figure and every camera's largest lag are of them alone
 * @param cpuSeconds time of all processors together that the process took
 * @param memory of the process, from its very beginning
 * @param cameras each that was tried
 * @param clip the video that was kept at the end; null when nobody asked for it
 */
public record TrialReport(
        double seconds,
        double measuredSeconds,
        double cpuSeconds,
        MemoryUse memory,
        List<Tried> cameras,
        @Nullable TrialClip clip) {
    public TrialReport {
        cameras = List.copyOf(cameras);
    }

    /**
     * One camera. {@code instants = gated.packets + gated.motion + gated.duplicates + failed + written}.
     *
     * @param camera its number
     * @param source where its video came from, without credentials
     * @param stream the video in words, such as {@code h264 640x360 25 fps}; null when it could not be opened
     * @param folder where its frames are
     * @param packets of its video
     * @param decoded pictures
     * @param instants at which a frame could be taken
     * @param gated of these, found not worth sending
     * @param failed of these, lost to an error
     * @param written of these, in the folder
     * @param decodeErrors packets that the decoder refused
     * @param reconnects how often the stream was opened again
     * @param largestLagMillis how late a packet was read at worst; null when no packet told
     * @param keptBytes packets that the gate kept undecoded at the end
     * @param trouble what was wrong at the end; null when nothing was
     */
    public record Tried(
            String camera,
            String source,
            @Nullable String stream,
            String folder,
            long packets,
            long decoded,
            long instants,
            GateCounts gated,
            long failed,
            long written,
            long decodeErrors,
            long reconnects,
            @Nullable Long largestLagMillis,
            long keptBytes,
            @Nullable String trouble) {
        /** Whether there was as much as one picture. */
        public boolean seen() {
            return decoded > 0;
        }
    }
}
