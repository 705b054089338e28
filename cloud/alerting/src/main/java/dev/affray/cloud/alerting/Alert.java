package dev.affray.cloud.alerting;

import dev.affray.camera.Site;
import dev.affray.cloud.state.Step;
import dev.affray.incident.Incident;
import java.time.Instant;
import java.util.Locale;

/**
 * What people are to be told.
 *
 * @param step the incident's step
 * @param incident the incident as it is now
 * @param cameraName as people call it; of a gateway its thing name
 * @param site where it is, with its time zone
 * @param late whether it goes out long after the incident last changed, because it could not go earlier
 * @param awaited whether the camera, or any of the gateway, is listed now; what ended without that was given up, and is not back
 */
public record Alert(Step step, Incident incident, String cameraName, Site site, boolean late, boolean awaited) {
    /** The moment it speaks of: the incident's beginning, or its end. */
    public Instant at() {
        return step == Step.CLOSED ? incident.lastPositive() : incident.opened();
    }

    /** The same for every try, so that a receiver can tell a repetition. */
    public String id() {
        return incident.id() + "-" + step.name().toLowerCase(Locale.ROOT);
    }
}
