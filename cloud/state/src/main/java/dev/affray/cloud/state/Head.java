package dev.affray.cloud.state;

import dev.affray.frame.CameraId;
import dev.affray.frame.Line;
import dev.affray.incident.Incident;
import dev.affray.incident.IncidentKind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The recent incidents of one camera, kind and line: the only thing that is ever changed, and only by compare-and-set on its version.
 *
 * @param camera where
 * @param kind what about
 * @param line live or backlog
 * @param version grows by one with every change; 0 is the empty head
 * @param prunedThrough incidents that ended at or before it may be in the history only; absent when none was taken out
 * @param incidents the recent ones, merged ones included, by opening
 */
public record Head(
        CameraId camera,
        IncidentKind kind,
        Line line,
        long version,
        @Nullable Instant prunedThrough,
        List<Incident> incidents) {
    public Head {
        incidents = List.copyOf(incidents);
    }

    /** A head without history. */
    public static Head empty(CameraId camera, IncidentKind kind, Line line) {
        return new Head(camera, kind, line, 0, null, List.of());
    }
}
