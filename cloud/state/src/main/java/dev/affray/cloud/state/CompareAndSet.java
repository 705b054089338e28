package dev.affray.cloud.state;

import dev.affray.frame.CameraId;
import dev.affray.frame.Line;
import dev.affray.incident.IncidentKind;
import java.util.function.UnaryOperator;

/** How a head is changed by many at once. */
public final class CompareAndSet {
    /** Losing this many races for one head in a row means that something else is wrong. */
    private static final int MAX_RACES = 200;

    private CompareAndSet() {}

    /**
     * Stores what a step makes of the stored head; whoever loses a race takes the step again on what the other one stored.
     *
     * @param step gives a head of the same version when nothing is to change; then nothing is stored. Taken once or several times
     * @return what the last step made
     * @throws IllegalStateException when races were lost without end
     */
    public static Head change(
            IncidentStore incidents, CameraId camera, IncidentKind kind, Line line, UnaryOperator<Head> step) {
        for (int race = 0; race < MAX_RACES; race++) {
            Head stored = incidents.head(camera, kind, line);
            Head after = step.apply(stored);
            if (after.version() == stored.version() || incidents.replace(after)) {
                return after;
            }
        }
        throw new IllegalStateException("lost " + MAX_RACES + " races for the incidents of " + camera);
    }
}
