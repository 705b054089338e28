package dev.affray.cloud.console;

import dev.affray.camera.AlertRule;
import dev.affray.camera.CameraConfig;
import dev.affray.camera.Reported;
import dev.affray.camera.Site;
import dev.affray.cloud.state.CameraRecord;
import dev.affray.cloud.state.CameraStore;
import dev.affray.cloud.state.Detection;
import dev.affray.cloud.state.DetectionStore;
import dev.affray.cloud.state.GatewayRecord;
import dev.affray.cloud.state.IncidentStore;
import dev.affray.cloud.state.Notification;
import dev.affray.cloud.state.NotificationStore;
import dev.affray.cloud.state.Related;
import dev.affray.cloud.state.Step;
import dev.affray.frame.Line;
import dev.affray.health.CameraHealth;
import dev.affray.incident.Incident;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the console shows, read afresh from the stores with every call. It changes nothing. Thread-safe. */
public final class ConsoleApi {
    /** How many incidents the first page lists. */
    static final int MAX_INCIDENTS = 30;

    private final DetectionStore detections;
    private final IncidentStore incidents;
    private final NotificationStore notifications;
    private final CameraStore cameras;
    private final Clock clock;

    /** @param clock tells how old things are */
    public ConsoleApi(
            DetectionStore detections,
            IncidentStore incidents,
            NotificationStore notifications,
            CameraStore cameras,
            Clock clock) {
        this.detections = detections;
        this.incidents = incidents;
        this.notifications = notifications;
        this.cameras = cameras;
        this.clock = clock;
    }

    /** Cameras, incidents and gateways as they are now. */
    public Status status() {
        Instant now = clock.instant();
        TreeMap<String, GatewayView> gateways = new TreeMap<>();
        TreeMap<String, Instant> lastReports = new TreeMap<>();
        for (GatewayRecord gateway : cameras.gateways()) {
            gateways.put(gateway.thing(), Gateways.view(gateway, now));
            if (gateway.healthAt() != null) {
                lastReports.put(gateway.thing(), gateway.healthAt());
            }
        }
        List<CameraView> views = cameras.cameras().stream()
                .filter(camera -> isServed(camera, lastReports.get(camera.id().thing())))
                .map(camera -> camera(camera, gateways.get(camera.id().thing()), now))
                .sorted(Comparator.comparing(CameraView::site)
                        .thenComparing(CameraView::name)
                        .thenComparing(CameraView::id))
                .toList();
        List<IncidentView> recent =
                incidents.recent(MAX_INCIDENTS).stream().map(this::view).toList();
        return new Status(now, Headlines.of(views), views, recent, List.copyOf(gateways.values()));
    }

    /** One incident, whether or not the first page still lists it. */
    public Optional<IncidentView> incident(String id) {
        return incidents.find(id).map(this::view);
    }

    /** Listed in its gateway's document, or in its newest report all the same. */
    private static boolean isServed(CameraRecord camera, @Nullable Instant lastReport) {
        return camera.listed()
                || (camera.healthAt() != null && camera.healthAt().equals(lastReport));
    }

    private CameraView camera(CameraRecord camera, @Nullable GatewayView gateway, Instant now) {
        CameraHealth health = camera.health();
        ZoneId zone = site(camera).zone();
        boolean online = gateway != null && gateway.online();
        CameraView.State state = state(health, online);
        Optional<Detection> newest = detections.newest(camera.id());
        return new CameraView(
                camera.id().toString(),
                name(camera),
                site(camera).name(),
                state,
                state.label,
                state.tone,
                detail(state, health, gateway),
                Optional.ofNullable(camera.config())
                        .flatMap(config -> ArmingLine.of(config.arming(), now))
                        .orElse(null),
                health == null ? null : health.source(),
                health == null ? 0 : health.framesPerSecond(),
                health == null ? 0 : health.reconnects(),
                health == null ? null : health.lastFrameAgeMillis(),
                health == null ? null : health.counts(),
                camera.healthAt() == null ? null : Moment.of(camera.healthAt(), zone),
                newest.map(detection -> FrameView.of(detection, zone)).orElse(null),
                newest.map(detection -> age(detection, now)).orElse(null),
                online,
                camera.configVersion(),
                problems(camera.reported()));
    }

    private static CameraView.State state(@Nullable CameraHealth health, boolean gatewayOnline) {
        if (health == null) {
            return CameraView.State.WAITING;
        }
        return gatewayOnline ? CameraView.State.valueOf(health.state().name()) : CameraView.State.GATEWAY_OFFLINE;
    }

    private static @Nullable String detail(
            CameraView.State state, @Nullable CameraHealth health, @Nullable GatewayView gateway) {
        if (gateway == null) {
            return "its gateway has never connected";
        }
        if (!gateway.online()) {
            return gateway.detail();
        }
        return health == null || state == CameraView.State.STREAMING ? null : health.detail();
    }

    private static long age(Detection detection, Instant now) {
        return Math.max(0, Duration.between(detection.frame().capturedAt(), now).toMillis());
    }

    private static List<String> problems(@Nullable Reported reported) {
        if (reported == null || reported.refused() == null) {
            return List.of();
        }
        Reported.Refused refused = reported.refused();
        List<String> texts = new ArrayList<>();
        refused.problems().forEach(problem -> texts.add(problem.toString()));
        if (refused.problemCount() > texts.size()) {
            texts.add("and " + (refused.problemCount() - texts.size()) + " more");
        }
        return texts;
    }

    private IncidentView view(Incident incident) {
        Optional<CameraRecord> camera = cameras.camera(incident.camera());
        boolean gateway = incident.camera().isGateway();
        Site site = (gateway ? cameras.site(incident.camera().thing()) : camera.map(ConsoleApi::site))
                .orElse(new Site("", ZoneOffset.UTC));
        String name = gateway
                ? "gateway " + incident.camera().thing()
                : camera.map(ConsoleApi::name).orElse(incident.camera().toString());
        boolean fight = !incident.kind().isCondition();
        ZoneId zone = site.zone();
        return new IncidentView(
                incident.id(),
                title(incident),
                site.name().isEmpty() ? name : name + ", " + site.name(),
                incident.camera().toString(),
                state(incident),
                incident.line() == Line.BACKLOG,
                incident.severity(),
                incident.detail(),
                fight ? Double.valueOf(incident.peakConfidence()) : null,
                Moment.of(incident.opened(), zone),
                Moment.of(incident.lastPositive(), zone),
                Duration.between(incident.opened(), incident.isLasting() ? clock.instant() : incident.lastPositive())
                                .toMillis()
                        / 1000.0,
                incident.acknowledgedAt() == null ? null : Moment.of(incident.acknowledgedAt(), zone),
                incident.acknowledgedBy(),
                incident.judgement(),
                incident.mergedInto(),
                Related.of(incidents, incident, closeAfter(camera)).stream()
                        .map(Incident::id)
                        .toList(),
                (fight ? Strip.of(incident, detections) : List.<Detection>of())
                        .stream()
                                .map(detection -> FrameView.of(detection, zone))
                                .toList(),
                notifications.of(incident.id()).stream()
                        // What there was no need to say is of no interest.
                        .filter(n -> n.outcome() != Notification.Outcome.NOT_NEEDED
                                && (n.step() != Step.ESCALATED || n.isSettled()))
                        .map(n -> new IncidentView.Sent(
                                n.step().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                                n.channel(),
                                n.outcome(),
                                n.settledAt() == null ? null : Moment.of(n.settledAt(), zone),
                                n.attempts()))
                        .toList());
    }

    private static IncidentView.State state(Incident incident) {
        if (incident.mergedInto() != null) {
            return IncidentView.State.MERGED;
        }
        boolean goesOn = incident.kind().isCondition() ? incident.isLasting() : incident.isOpen();
        return goesOn ? IncidentView.State.OPEN : IncidentView.State.CLOSED;
    }

    private static String title(Incident incident) {
        return switch (incident.kind()) {
            case FIGHT -> "Fight alarm";
            case CAMERA_OFFLINE -> incident.camera().isGateway() ? "Gateway offline" : "Camera offline";
            case PIPELINE_BLIND -> "Frames are not judged";
            case BUDGET -> "Spending limit";
        };
    }

    private static Duration closeAfter(Optional<CameraRecord> camera) {
        return camera.map(CameraRecord::config)
                .map(CameraConfig::alert)
                .orElse(AlertRule.DEFAULT)
                .closeAfter();
    }

    private static String name(CameraRecord camera) {
        CameraConfig config = camera.config();
        return config == null ? camera.id().camera() : config.name();
    }

    private static Site site(CameraRecord camera) {
        CameraConfig config = camera.config();
        return config == null ? new Site("", ZoneOffset.UTC) : config.site();
    }
}
