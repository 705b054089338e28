package dev.affray.cloud.fleet;

import dev.affray.cloud.state.CameraRecord;
import dev.affray.cloud.state.CameraStore;
import dev.affray.cloud.state.Condition;
import dev.affray.cloud.state.DetectionStore;
import dev.affray.cloud.state.GatewayRecord;
import dev.affray.cloud.state.Head;
import dev.affray.cloud.state.IncidentStore;
import dev.affray.frame.CameraId;
import dev.affray.frame.Line;
import dev.affray.incident.Incident;
import dev.affray.incident.IncidentKind;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is looked after once a minute:
 *
 * <pre>
 * gateways, cameras -> Sight    -> CAMERA_OFFLINE begins or ends, one for a gateway that is gone and none for its cameras
 *                   -> Judging  -> PIPELINE_BLIND begins or ends, one for a gateway
 * </pre>
 *
 * What it finds goes into the incidents' heads by compare-and-set, and only when it differs from what stands there: so a minute that is lost, or looked at
 * twice, changes nothing, and what lasts costs no write. Alerting takes it from there.
 */
public final class Watch {
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
    private static final int TRIES = 5;
    private static final Set<IncidentKind> KINDS = Set.of(IncidentKind.CAMERA_OFFLINE, IncidentKind.PIPELINE_BLIND);

    private final CameraStore cameras;
    private final IncidentStore incidents;
    private final Sight sight;
    private final Judging judging;

    /** @param from since when messages are taken; the beginning of time where somebody always did */
    public Watch(
            CameraStore cameras, IncidentStore incidents, DetectionStore detections, Patience patience, Instant from) {
        this.cameras = cameras;
        this.incidents = incidents;
        this.sight = new Sight(patience, from);
        this.judging = new Judging(detections, patience);
    }

    /**
     * What came of one look.
     *
     * @param begun incidents opened
     * @param ended incidents that are over, and will be closed when that is announced
     * @param failed gateways that could not be looked after, such as by a store that is out of reach; the next minute comes
     */
    public record Outcome(int begun, int ended, int failed) {}

    private record Place(CameraId camera, IncidentKind kind) {}

    /** One look; what it has seen lasting, and what it has changed. */
    private final class Look {
        private final Instant now;
        private final Set<Place> lasting;
        private final Set<Place> seen = new HashSet<>();
        private int begun;
        private int ended;

        Look(Instant now) {
            this.now = now;
            this.lasting = incidents.openHeads().stream()
                    .filter(head -> KINDS.contains(head.kind()))
                    .filter(head -> head.incidents().stream().anyMatch(Incident::isLasting))
                    .map(head -> new Place(head.camera(), head.kind()))
                    .collect(Collectors.toSet());
        }

        void gateway(GatewayRecord gateway, List<CameraRecord> all) {
            CameraId itself = CameraId.gateway(gateway.thing());
            note(new Place(itself, IncidentKind.CAMERA_OFFLINE), sight.gateway(gateway, all, now));
            for (CameraRecord camera : all) {
                note(new Place(camera.id(), IncidentKind.CAMERA_OFFLINE), sight.camera(camera, gateway, now));
            }
            note(new Place(itself, IncidentKind.PIPELINE_BLIND), judging.of(gateway, all, now));
        }

        /** Nobody asks for these any more. */
        void others(Set<String> failed) {
            for (Place place : lasting) {
                if (!seen.contains(place) && !failed.contains(place.camera().thing())) {
                    note(place, new Finding.Right(now));
                }
            }
        }

        private void note(Place place, Finding finding) {
            seen.add(place);
            boolean known = lasting.contains(place);
            switch (finding) {
                case Finding.Wrong(Instant since, String detail) -> {
                    if (!known && change(place, head -> Condition.begin(head, since, detail, now))) {
                        begun++;
                        LOG.warn("{} {} since {}: {}", place.camera(), place.kind(), since, detail);
                    }
                }
                case Finding.Right(Instant since) -> {
                    if (known && change(place, head -> Condition.end(head, since, now))) {
                        ended++;
                        LOG.info("{} {} is over since {}", place.camera(), place.kind(), since);
                    }
                }
                case Finding.Unsure() -> {}
            }
        }
    }

    /**
     * Looks once. A gateway that fails does not keep the others from their turn.
     *
     * @param now the cloud's clock
     */
    public Outcome run(Instant now) {
        Look look = new Look(now);
        Map<String, List<CameraRecord>> byGateway = cameras.cameras().stream()
                .collect(Collectors.groupingBy(c -> c.id().thing(), HashMap::new, Collectors.toList()));
        Set<String> failed = new HashSet<>();
        for (GatewayRecord gateway : cameras.gateways()) {
            try {
                look.gateway(gateway, byGateway.getOrDefault(gateway.thing(), List.of()));
            } catch (RuntimeException e) {
                failed.add(gateway.thing());
                LOG.error("gateway {} could not be looked after", gateway.thing(), e);
            }
        }
        look.others(failed);
        return new Outcome(look.begun, look.ended, failed.size());
    }

    /** Whether the head was changed by us; whoever loses a race looks again at what the other has stored. */
    private boolean change(Place place, UnaryOperator<Head> how) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            Head head = incidents.head(place.camera(), place.kind(), Line.LIVE);
            Head changed = how.apply(head);
            if (changed.version() == head.version()) {
                return false;
            }
            if (incidents.replace(changed)) {
                return true;
            }
        }
        throw new IllegalStateException(
                place.camera() + " " + place.kind() + " is being changed by others all the time");
    }
}
