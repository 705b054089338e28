package dev.affray.cloud.alerting;

import dev.affray.camera.Site;
import dev.affray.cloud.state.Step;
import dev.affray.incident.Incident;
import java.util.Locale;

/**
 * What people are to be told.
 *
 * @param step the incident's step
 * @param incident the incident as it is now
 * @param cameraName as people call it
 * @param site where it is, with its time zone
 * @param late whether it goes out long after the incident last changed, because it could not go earlier
 */
public record Alert(Step step, Incident incident, String cameraName, Site site, boolean late) {
    /** The same for every try, so that a receiver can tell a repetition. */
    public String id() {
        return incident.id() + "-" + step.name().toLowerCase(Locale.ROOT);
    }
}
