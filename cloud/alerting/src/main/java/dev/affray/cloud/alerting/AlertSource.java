package dev.affray.cloud.alerting;

import dev.affray.camera.AlertRule;
import dev.affray.camera.CameraConfig;
import dev.affray.camera.Site;
import dev.affray.cloud.state.CameraRecord;
import dev.affray.cloud.state.CameraStore;
import dev.affray.cloud.state.Mute;
import dev.affray.cloud.state.Step;
import dev.affray.frame.CameraId;
import dev.affray.incident.Incident;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.BiFunction;

/** Puts together what is told: the incident, and how people call the camera and the place. */
final class AlertSource {
    /** An alert that goes out this long after it should have says so. */
    static final Duration LATE = Duration.ofMinutes(5);

    private final CameraStore cameras;
    private final BiFunction<Incident, Instant, Optional<URI>> links;

    /** @param links the page of an incident, by a link made now */
    AlertSource(CameraStore cameras, BiFunction<Incident, Instant, Optional<URI>> links) {
        this.cameras = cameras;
        this.links = links;
    }

    /** The rule of the camera's last good document; the default rule for a camera that has none. */
    AlertRule rule(CameraId camera) {
        return cameras.camera(camera)
                .map(CameraRecord::config)
                .map(CameraConfig::alert)
                .orElse(AlertRule.DEFAULT);
    }

    /** What goes as soon as the incident changes. */
    Alert alert(Step step, Incident incident, Optional<Alert.Lead> lead, Instant now) {
        return alert(step, incident, lead, Optional.empty(), incident.changedAt(), now);
    }

    /** What has waited, and was due then. */
    Alert due(Step step, Incident incident, Instant due, Instant now) {
        return alert(step, incident, Optional.empty(), Optional.empty(), due, now);
    }

    Alert mute(Step step, Incident incident, Mute mute, Instant now) {
        return alert(step, incident, Optional.empty(), Optional.of(mute), now, now);
    }

    private Alert alert(
            Step step, Incident incident, Optional<Alert.Lead> lead, Optional<Mute> mute, Instant since, Instant now) {
        CameraId id = incident.camera();
        boolean late = since.plus(LATE).isBefore(now);
        Optional<CameraRecord> camera = cameras.camera(id);
        Optional<CameraConfig> config = camera.map(CameraRecord::config);
        Site site = (id.isGateway() ? cameras.site(id.thing()) : config.map(CameraConfig::site))
                .orElseGet(() -> new Site(id.thing(), ZoneOffset.UTC));
        String name =
                id.isGateway() ? id.thing() : config.map(CameraConfig::name).orElse(id.camera());
        boolean awaited = id.isGateway()
                ? cameras.cameras().stream()
                        .anyMatch(c -> c.listed() && c.id().thing().equals(id.thing()))
                : camera.filter(CameraRecord::listed).isPresent();
        return new Alert(step, incident, name, site, late, awaited, lead, mute, links.apply(incident, now));
    }
}
