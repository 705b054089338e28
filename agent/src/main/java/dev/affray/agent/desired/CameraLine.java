package dev.affray.agent.desired;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.document.Problem;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One camera in a list; also its JSON.
 *
 * @param id of the camera
 * @param name as people call it; null where there is no document
 * @param host its video comes from; null where the document names none
 * @param standing in a line
 * @param inForce whether what is desired is in force
 * @param version of its shadow; 0 where there is none
 * @param problems why the gateway refused what is desired
 */
public record CameraLine(
        String id,
        @Nullable String name,
        @Nullable String host,
        String standing,
        boolean inForce,
        long version,
        List<Problem> problems) {
    public CameraLine {
        problems = List.copyOf(problems);
    }

    /** The line of a camera. */
    public static CameraLine of(String id, Optional<Held> held) {
        if (held.isEmpty()) {
            return new CameraLine(id, null, null, new Standing.NoDocument().text(), false, 0, List.of());
        }
        Standing standing = held.get().standing();
        JsonNode name = held.get().desired().path("name");
        return new CameraLine(
                id,
                name.isTextual() ? name.asText() : null,
                host(held.get().desired().path("source").path("url").asText()),
                standing.text(),
                standing instanceof Standing.InForce,
                held.get().version(),
                standing instanceof Standing.Refused refused ? refused.problems() : List.of());
    }

    /** Of the URL no more than this: a path may hold a key. */
    private static @Nullable String host(String url) {
        try {
            URI uri = new URI(url);
            return uri.getHost() == null ? uri.getScheme() == null ? null : uri.getScheme() : uri.getHost();
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
