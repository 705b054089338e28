package dev.affray.agent.desired;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.affray.camera.Reported;
import dev.affray.document.Json;
import java.util.Optional;

/**
 * A shadow as it is held.
 *
 * @param version counts every change, also of what is reported
 * @param desired what people want; empty where nobody wants anything
 * @param reported what the gateway says of it; empty where it has said nothing that can be read
 */
public record Held(long version, ObjectNode desired, Optional<Reported> reported) {
    /** What the gateway makes of what is desired now. */
    public Standing standing() {
        if (desired.isEmpty()) {
            return new Standing.NoDocument();
        }
        String hash = Json.hash(desired);
        if (reported.isEmpty()) {
            return new Standing.Waiting(0);
        }
        Reported.Refused refused = reported.get().refused();
        if (refused != null && refused.hash().equals(hash)) {
            return new Standing.Refused(reported.get().version(), refused.problems(), refused.problemCount());
        }
        return hash.equals(reported.get().hash())
                ? new Standing.InForce(reported.get().version())
                : new Standing.Waiting(reported.get().version());
    }
}
