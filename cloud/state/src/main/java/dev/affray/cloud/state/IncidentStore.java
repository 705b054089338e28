package dev.affray.cloud.state;

import dev.affray.frame.CameraId;
import dev.affray.frame.Line;
import dev.affray.incident.Incident;
import dev.affray.incident.IncidentKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Incidents. The truth is one {@link Head} per camera, kind and line, changed only by compare-and-set; history rows are copies of its incidents, made
 * for looking things up. Every stored head is handed to the reader of the store's change feed at least once. Thread-safe; head and range reads see
 * every write that returned before they began.
 */
public interface IncidentStore {
    /** The stored head, or an empty one at version 0. */
    Head head(CameraId camera, IncidentKind kind, Line line);

    /**
     * Stores a head in place of its predecessor.
     *
     * @return false, and nothing is stored, when the stored head is no longer at version {@code head.version() - 1}; it may be this very
     *     head, where a store had to repeat its request: read it again
     */
    boolean replace(Head head);

    /** Writes the history row of an incident unless a later revision is there. Idempotent. */
    void project(Incident incident);

    /** The history row of an incident. May be as it was, or absent, when it was written a moment ago. */
    Optional<Incident> find(String id);

    /** History rows whose {@code [opened, lastPositive]} meets {@code [from, to]}, by opening. */
    List<Incident> history(CameraId camera, IncidentKind kind, Line line, Instant from, Instant to);

    /** The history rows that opened last, over all cameras, the newest first. May miss one that was written a moment ago. */
    List<Incident> recent(int limit);

    /** The heads that {@linkplain Head#needsTick need the tick}, over all cameras. May miss one that was stored a moment ago. */
    List<Head> openHeads();
}
