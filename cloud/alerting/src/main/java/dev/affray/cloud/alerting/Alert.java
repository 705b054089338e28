package dev.affray.cloud.alerting;

import dev.affray.camera.Site;
import dev.affray.cloud.state.Mute;
import dev.affray.cloud.state.Step;
import dev.affray.incident.Incident;
import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * What people are to be told.
 *
 * @param step the incident's step
 * @param incident the incident as it is now
 * @param cameraName as people call it; of a gateway its thing name
 * @param site where it is, with its time zone and language
 * @param late whether it goes out long after the incident last changed, because it could not go earlier
 * @param awaited whether the camera, or any of the gateway, is listed now; what ended without that was given up, and is not back
 * @param lead the incident on a neighbouring camera that was announced already, and of which this one is an update; absent where it stands for itself
 * @param mute of the steps {@code MUTED} and {@code UNMUTED}: which
 * @param page a signed link to the page of the incident; absent where there is none
 */
public record Alert(
        Step step,
        Incident incident,
        String cameraName,
        Site site,
        boolean late,
        boolean awaited,
        Optional<Lead> lead,
        Optional<Mute> mute,
        Optional<URI> page)
        implements Message {
    /**
     * An incident that was announced before, on a neighbouring camera.
     *
     * @param incident its id
     * @param cameraName that camera, as people call it
     */
    public record Lead(String incident, String cameraName) {}

    /** The moment it speaks of: the incident's beginning, its end, or when somebody did something. */
    public Instant at() {
        return switch (step) {
            case CLOSED -> incident.lastPositive();
            case FALSE_ALARM -> incident.changedAt();
            case ACKNOWLEDGED -> Optional.ofNullable(incident.acknowledgedAt()).orElse(incident.changedAt());
            case MUTED -> mute.map(Mute::since).orElse(incident.changedAt());
            case UNMUTED -> mute.flatMap(m -> Optional.ofNullable(m.ended())).orElse(incident.changedAt());
            case OPENED, RAISED, ESCALATED -> incident.opened();
        };
    }

    @Override
    public String id() {
        return mute.map(Mute::id).orElse(incident.id()) + "-"
                + step.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
