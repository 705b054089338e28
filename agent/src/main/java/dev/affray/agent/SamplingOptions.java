package dev.affray.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.affray.camera.Sampling;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a camera is sampled: each option takes the place of a field of its document. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SamplingOptions {
    @Option(names = "--mode", paramLabel = "MODE", description = "interval or keyframes (sampling.mode)")
    private @Nullable String mode;

    @Option(names = "--fps", paramLabel = "F", description = "frames a second while nothing happens (sampling.fps)")
    private @Nullable Double fps;

    @Option(
            names = "--active-fps",
            paramLabel = "F",
            description = {
                "frames a second while something happens (sampling.activeFps)",
                "with --fps alone: as in the document, but not less than --fps; with --gate off: as --fps"
            })
    private @Nullable Double activeFps;

    @Option(
            names = "--gate",
            paramLabel = "on|off",
            description = "all stages (gate.packets, gate.motion, gate.duplicates)")
    private @Nullable String gate;

    @Option(
            names = "--score",
            paramLabel = "on|off",
            description = {
                "whether frames are scored (score)",
                "with --gate off alone: off unless the document says otherwise, as every picture would be decoded and scored"
            })
    private @Nullable String score;

    @Option(names = "--max-width", paramLabel = "W", description = "in pixels (image.maxWidth)")
    private @Nullable Integer maxWidth;

    @Option(names = "--quality", paramLabel = "Q", description = "2, the best, to 31 (image.jpegQuality)")
    private @Nullable Integer quality;

    /** What was given goes into the document, where it is judged with everything else. */
    void putInto(ObjectNode document) {
        ObjectNode sampling = document.withObjectProperty("sampling");
        if (mode != null) {
            sampling.put("mode", mode);
        }
        Double active = active(sampling);
        if (fps != null) {
            sampling.put("fps", fps);
        }
        if (active != null) {
            sampling.put("activeFps", active);
        }
        if (gate != null) {
            document.withObjectProperty("gate")
                    .put("packets", gate)
                    .put("motion", gate)
                    .put("duplicates", gate);
        }
        if (score != null) {
            document.put("score", score);
        } else if ("off".equals(gate) && !document.has("score")) {
            document.put("score", "off");
        }
        ObjectNode image = document.withObjectProperty("image");
        if (maxWidth != null) {
            image.put("maxWidth", maxWidth);
        }
        if (quality != null) {
            image.put("jpegQuality", quality);
        }
    }

    private @Nullable Double active(JsonNode sampling) {
        if (activeFps != null || fps == null) {
            return activeFps;
        }
        double before = sampling.path("activeFps").asDouble(Sampling.DEFAULT.activeFps());
        return "off".equals(gate) ? fps : Math.max(fps, before);
    }
}
