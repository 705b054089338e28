package dev.affray.cloud.alerting;

import dev.affray.camera.CameraConfig;
import dev.affray.cloud.state.CameraRecord;
import dev.affray.cloud.state.CameraStore;
import dev.affray.cloud.state.Episode;
import dev.affray.cloud.state.EpisodeStore;
import dev.affray.cloud.state.IncidentStore;
import dev.affray.frame.CameraId;
import dev.affray.frame.Line;
import dev.affray.incident.Incident;
import dev.affray.incident.IncidentKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Fights on neighbouring cameras, announced as one. Cameras of one site whose documents name the same {@code group} are neighbours. The first fight that is announced
 * leads; one on another camera of the group that comes within {@code alert.joinSeconds} of it is an update of it. Who leads is decided by compare-and-set on the
 * group's {@link Episode}, so of two that come at once one leads. Asked again, the answer is the same while the episode lasts. Nothing that was announced
 * is taken back when more becomes known. Thread-safe.
 */
final class Neighbours {
    private static final int MAX_RACES = 100;

    private final CameraStore cameras;
    private final IncidentStore incidents;
    private final EpisodeStore episodes;

    Neighbours(Stores stores) {
        cameras = stores.cameras();
        incidents = stores.incidents();
        episodes = stores.episodes();
    }

    /** The announced incident of which this one, about to be announced, is an update. */
    Optional<Alert.Lead> lead(Incident incident) {
        if (incident.kind() != IncidentKind.FIGHT || incident.line() != Line.LIVE) {
            return Optional.empty();
        }
        CameraConfig config = config(incident.camera()).orElse(null);
        if (config == null
                || config.group().isEmpty()
                || config.alert().joinWithin().isZero()) {
            return Optional.empty();
        }
        String group = config.site().name() + "/" + config.group().get();
        return join(group, incident, config.alert().joinWithin())
                .map(episode -> new Alert.Lead(episode.lead(), name(CameraId.parse(episode.camera()))));
    }

    private Optional<Episode> join(String group, Incident incident, Duration within) {
        for (int race = 0; race < MAX_RACES; race++) {
            Episode last = episodes.episode(group).map(this::asOfNow).orElse(null);
            if (last == null) {
                if (episodes.replace(led(group, 0, incident))) {
                    return Optional.empty();
                }
            } else if (last.lead().equals(incident.id())) {
                return Optional.empty();
            } else if (incident.lastPositive().isBefore(last.from().minus(within))) {
                // Older than what was announced last: it stands for itself, and the newer one goes on.
                return Optional.empty();
            } else if (incident.opened().isAfter(last.through().plus(within))
                    || last.camera().equals(incident.camera().toString())) {
                if (episodes.replace(led(group, last.version(), incident))) {
                    return Optional.empty();
                }
            } else if (covers(last, incident) || episodes.replace(with(last, incident))) {
                return Optional.of(last);
            }
        }
        throw new IllegalStateException("lost " + MAX_RACES + " races for the episode of " + group);
    }

    /** A leading fight that goes on holds its episode open. */
    private Episode asOfNow(Episode stored) {
        return incidents
                .find(stored.lead())
                .filter(lead -> lead.lastPositive().isAfter(stored.through()))
                .map(lead -> new Episode(
                        stored.group(),
                        stored.version(),
                        stored.lead(),
                        stored.camera(),
                        stored.from(),
                        lead.lastPositive()))
                .orElse(stored);
    }

    private static boolean covers(Episode episode, Incident incident) {
        return !incident.opened().isBefore(episode.from())
                && !incident.lastPositive().isAfter(episode.through());
    }

    private static Episode led(String group, long before, Incident incident) {
        return new Episode(
                group,
                before + 1,
                incident.id(),
                incident.camera().toString(),
                incident.opened(),
                incident.lastPositive());
    }

    private static Episode with(Episode last, Incident incident) {
        Instant from = incident.opened().isBefore(last.from()) ? incident.opened() : last.from();
        Instant through = incident.lastPositive().isAfter(last.through()) ? incident.lastPositive() : last.through();
        return new Episode(last.group(), last.version() + 1, last.lead(), last.camera(), from, through);
    }

    private String name(CameraId camera) {
        return config(camera).map(CameraConfig::name).orElse(camera.camera());
    }

    private Optional<CameraConfig> config(CameraId camera) {
        return cameras.camera(camera).map(CameraRecord::config);
    }
}
