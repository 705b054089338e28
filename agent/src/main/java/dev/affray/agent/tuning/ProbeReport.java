package dev.affray.agent.tuning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.affray.agent.camera.CameraPlan;
import dev.affray.agent.capture.Access;
import dev.affray.agent.capture.CaptureSource.Stream;
import dev.affray.agent.capture.Probed;
import dev.affray.agent.capture.StreamFacts;
import dev.affray.camera.Sampling;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a probe found; also its JSON.
 *
 * @param source what was probed, without credentials
 * @param problem why there is no video, or why it ended early; null when nothing was wrong
 * @param remedy what to do about it; null when there is nothing to say
 * @param access how the camera lets itself be spoken to
 * @param login whether a login was at hand
 * @param video what it sends; null when there is no video
 * @param notes what to know and what to change at the camera
 * @param document a document for the camera; null when there is no video
 */
public record ProbeReport(
        String source,
        @Nullable String problem,
        @Nullable String remedy,
        Access access,
        boolean login,
        @Nullable StreamFacts video,
        List<String> notes,
        @Nullable ObjectNode document) {
    public ProbeReport {
        notes = List.copyOf(notes);
    }

    /** @param document the camera's so far; the mode that suits it is put into a copy */
    public static ProbeReport of(CameraPlan plan, Probed probed, ObjectNode document) {
        String source = plan.source().display();
        boolean login = plan.source() instanceof Stream stream && stream.login().isPresent();
        return switch (probed) {
            case Probed.Nothing nothing ->
                new ProbeReport(
                        source,
                        nothing.reason(),
                        Remedy.of(nothing, login).orElse(null),
                        nothing.access(),
                        login,
                        null,
                        List.of(),
                        null);
            case Probed.Video(Access access, StreamFacts facts, String ending) -> {
                Advice advice = Advice.of(facts, access, plan.config());
                ObjectNode suited = document.deepCopy();
                suit(suited, advice.mode());
                yield new ProbeReport(
                        source, ending.isEmpty() ? null : ending, null, access, login, facts, advice.notes(), suited);
            }
        };
    }

    private static void suit(ObjectNode document, Sampling.Mode mode) {
        document.withObjectProperty("sampling").put("mode", mode.name().toLowerCase(Locale.ROOT));
    }
}
