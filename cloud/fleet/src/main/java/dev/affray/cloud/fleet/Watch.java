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
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is looked after once a minute:
 *
 * <pre>
 * gateways, cameras -> Sight     -> CAMERA_OFFLINE begins or ends, one for a gateway that is gone and none for its cameras
 * frames, model     -> Blindness -> PIPELINE_BLIND begins or ends, one for a gateway
 * </pre>
 *
 * What it finds goes into the incidents' heads by compare-and-set, and only when it differs from what stands there: so a minute that is lost, or looked at
 * twice, changes nothing, and what lasts costs no write. Alerting takes it from there.
 */
public final class Watch {
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
    private static final int TRIES = 5;
    private static final String QUESTION = "the question whether the model runs";
    private static final Set<IncidentKind> KINDS = Set.of(IncidentKind.CAMERA_OFFLINE, IncidentKind.PIPELINE_BLIND);

    private final CameraStore cameras;
    private final IncidentStore incidents;
    private final Sight sight;
    private final Judging judging;
    private final Model model;
    private final Complaints complaints = new Complaints();

    /**
     * A watch over these stores.
     *
     * @param model what judges the frames
     * @param from since when messages are taken; the beginning of time where somebody always did
     */
    public Watch(
            CameraStore cameras,
            IncidentStore incidents,
            DetectionStore detections,
            Model model,
            Patience patience,
            Instant from) {
        this.cameras = cameras;
        this.incidents = incidents;
        this.sight = new Sight(patience, from);
        this.judging = new Judging(detections, patience);
        this.model = model;
    }

    /**
     * What came of one look.
     *
     * @param begun incidents opened
     * @param ended incidents that are over, and will be closed when that is announced
     * @param failed gateways that could not be looked after, such as by a store that is out of reach; the next minute comes
     * @param unknown questions to the model that it did not answer: what was said of it before stays
     */
    public record Outcome(int begun, int ended, int failed, int unknown) {}

    private record Place(CameraId camera, IncidentKind kind) {}

    /** One look; what it has seen lasting, and what it has changed. */
    private final class Look {
        private final Instant now;
        private final Blindness blindness;
        private final Map<Place, String> lasting;
        private final Set<Place> seen = new HashSet<>();
        private int begun;
        private int ended;

        Look(Instant now) {
            this.now = now;
            this.blindness = new Blindness(judging, model, now);
            this.lasting = new HashMap<>();
            for (Head head : incidents.openHeads()) {
                if (KINDS.contains(head.kind())) {
                    head.incidents().stream()
                            .filter(Incident::isLasting)
                            .forEach(i -> lasting.put(
                                    new Place(head.camera(), head.kind()), Objects.requireNonNullElse(i.detail(), "")));
                }
            }
        }

        void gateway(GatewayRecord gateway, List<CameraRecord> all) {
            CameraId itself = CameraId.gateway(gateway.thing());
            note(new Place(itself, IncidentKind.CAMERA_OFFLINE), sight.gateway(gateway, all, now));
            for (CameraRecord camera : all) {
                note(new Place(camera.id(), IncidentKind.CAMERA_OFFLINE), sight.camera(camera, gateway, now));
            }
            Place judged = new Place(itself, IncidentKind.PIPELINE_BLIND);
            note(judged, blindness.of(gateway, all, lasting.get(judged)));
        }

        /** Nobody asks for these any more. */
        void others(Set<String> failed) {
            for (Place place : lasting.keySet()) {
                if (!seen.contains(place) && !failed.contains(place.camera().thing())) {
                    note(place, new Finding.Right(now));
                }
            }
        }

        private void note(Place place, Finding finding) {
            seen.add(place);
            boolean known = lasting.containsKey(place);
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
        return new Outcome(
                look.begun,
                look.ended,
                failed.size(),
                look.blindness.answer().map(this::unknown).orElse(0));
    }

    private int unknown(Model.State answer) {
        return switch (answer) {
            case Model.State.Unknown(String reason) -> {
                complaints.raise(QUESTION, "has no answer: " + reason);
                yield 1;
            }
            case Model.State.Running _, Model.State.Off _, Model.State.Starting _ -> {
                complaints.settle(QUESTION);
                yield 0;
            }
        };
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
