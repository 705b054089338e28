package dev.affray.cloud.state;

import dev.affray.frame.Line;
import dev.affray.incident.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Which live and backlog incidents of a camera speak of the same events: those whose times from {@code opened} to {@code lastPositive} come within
 * {@code closeAfter} of each other. Derived from what is stored and never stored itself, so it depends on the incidents alone, whichever came first.
 */
public final class Related {
    private Related() {}

    /** Whether two incidents are, each of another line than the other. Symmetric. */
    public static boolean are(Incident one, Incident other, Duration closeAfter) {
        return one.camera().equals(other.camera())
                && one.kind() == other.kind()
                && one.line() != other.line()
                && one.mergedInto() == null
                && other.mergedInto() == null
                && !one.opened().isAfter(other.lastPositive().plus(closeAfter))
                && !other.opened().isAfter(one.lastPositive().plus(closeAfter));
    }

    /**
     * The related incidents of the other line, by opening; none of one that was merged away. One read of the history, so it may lag a moment behind the
     * head.
     *
     * @param closeAfter that of the camera's rule
     */
    public static List<Incident> of(IncidentStore incidents, Incident incident, Duration closeAfter) {
        Line other = incident.line() == Line.LIVE ? Line.BACKLOG : Line.LIVE;
        Instant from = incident.opened().minus(closeAfter);
        Instant to = incident.lastPositive().plus(closeAfter);
        return incidents.history(incident.camera(), incident.kind(), other, from, to).stream()
                .filter(candidate -> are(incident, candidate, closeAfter))
                .toList();
    }
}
