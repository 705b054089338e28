package dev.affray.agent.iot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.agent.camera.CameraPlan;
import dev.affray.agent.camera.Cameras;
import dev.affray.agent.camera.Sources;
import dev.affray.camera.CameraConfig;
import dev.affray.camera.CameraLimits;
import dev.affray.camera.GatewayConfig;
import dev.affray.document.Problem;
import dev.affray.document.Reading;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the cameras as their shadows want them. At start the last good documents on disk are put into force; after each connecting and on each delta
 * the whole document is fetched, judged whole, and put into force or refused; what came of it is reported.
 *
 * <pre>{@code
 * delta, deleted, connected -> get -> Followed.offer -> Accepted -> kept on disk -> Cameras.apply -> report
 *                                                        Refused  -> the last good one stays      -> report
 * }</pre>
 *
 * <p>All of it happens on one thread of its own.
 */
public final class ShadowSync implements MqttConnection.Listener, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ShadowSync.class);
    /** Between two changes of one camera that are heard of: each stops its video for a moment. */
    private static final Duration PACE = Duration.ofSeconds(5);

    private static final long RESTORE_SECONDS = 10;

    private final Cameras cameras;
    private final Sources sources;
    private final LastGood lastGood;
    private final Followed<GatewayConfig> gateway;
    private final Map<String, Followed<CameraPlan>> followed = new LinkedHashMap<>();
    private final Map<String, Followed<CameraLimits>> limiting = new HashMap<>();
    private final Map<String, CameraPlan> inForce = new HashMap<>();
    private final Map<String, CameraLimits> limits = new HashMap<>();
    private final Map<String, CameraPlan> waiting = new HashMap<>();
    private final Set<String> asking = new HashSet<>();
    private final Set<String> askAgain = new HashSet<>();
    private final Map<String, Long> rebuiltNanos = new HashMap<>();
    private final Set<String> paced = new HashSet<>();
    private final Set<String> answered = new HashSet<>();
    private final MqttConnection connection;
    private final ShadowThread thread;
    private final Shadows shadows;
    private final ShadowReports reports;
    private final Duration pace;
    private boolean toldOfNoGateway;
    private volatile boolean settled;

    public ShadowSync(String thing, MqttConnection connection, Cameras cameras, Sources sources, LastGood lastGood) {
        this(thing, connection, cameras, sources, lastGood, PACE);
    }

    ShadowSync(
            String thing,
            MqttConnection connection,
            Cameras cameras,
            Sources sources,
            LastGood lastGood,
            Duration pace) {
        this.pace = pace;
        this.connection = connection;
        this.thread = new ShadowThread(connection::isConnected);
        this.shadows = new Shadows(
                thing,
                connection,
                shadow -> thread.run(() -> changed(shadow)),
                shadow -> thread.run(() -> deleted(shadow)));
        this.reports = new ShadowReports(shadows, thread, this::ask);
        this.cameras = cameras;
        this.sources = sources;
        this.lastGood = lastGood;
        this.gateway = new Followed<>(GatewayConfig.SHADOW_NAME, GatewayConfig::read, lastGood);
    }

    /**
     * Puts the last good documents on disk into force, without any network, and waits some seconds at most until that is done. To be called once, before
     * the connection starts.
     */
    public void restore() {
        CountDownLatch restored = new CountDownLatch(1);
        thread.run(() -> {
            try {
                if (gateway.restore().orElse(null) instanceof Reading.Accepted<GatewayConfig>(GatewayConfig config)) {
                    serve(config);
                }
            } finally {
                restored.countDown();
            }
        });
        try {
            if (!restored.await(RESTORE_SECONDS, TimeUnit.SECONDS)) {
                log.warn("The last good documents are still being restored; the agent goes on meanwhile");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the gateway's document and that of each of its cameras were fetched at least once. */
    public boolean isSettled() {
        return settled;
    }

    @Override
    public void connected() {
        thread.run(this::subscribe);
    }

    @Override
    public void disconnected() {
        shadows.disconnected();
    }

    @Override
    public void message(String topic, byte[] payload) {
        shadows.message(topic, payload);
    }

    private void subscribe() {
        reports.forgetAll();
        thread.then(shadows.subscribe(), this::subscribe, _ -> askAll());
    }

    private void askAll() {
        ask(GatewayConfig.SHADOW_NAME);
        followed.keySet().forEach(this::askAbout);
    }

    private void askAbout(String camera) {
        ask(CameraLimits.shadowName(camera));
        ask(CameraConfig.shadowName(camera));
    }

    /** A camera that was just rebuilt is left to run for a moment; what is desired by then counts, not what was desired in between. */
    private void changed(String shadow) {
        Long rebuilt = rebuiltNanos.get(shadow);
        long left = rebuilt == null ? 0 : pace.toNanos() - (System.nanoTime() - rebuilt);
        if (left <= 0) {
            ask(shadow);
        } else if (paced.add(shadow)) {
            thread.later(
                    () -> {
                        paced.remove(shadow);
                        ask(shadow);
                    },
                    Duration.ofNanos(left));
        }
    }

    /** By now there may be a new one of that name, which holds nothing of what was reported to the old one. */
    private void deleted(String shadow) {
        reports.forget(shadow);
        ask(shadow);
    }

    /** One question at a time about each shadow; a change heard meanwhile leads to another. An answer about a camera removed meanwhile is ignored. */
    private void ask(String shadow) {
        Followed<?> document = document(shadow);
        if (document == null) {
            return;
        }
        if (!asking.add(shadow)) {
            askAgain.add(shadow);
            return;
        }
        thread.then(
                shadows.get(shadow),
                () -> ask(shadow),
                reply -> {
                    if (document(shadow) == document) {
                        answered(shadow, reply);
                    }
                },
                () -> {
                    asking.remove(shadow);
                    if (askAgain.remove(shadow)) {
                        changed(shadow);
                    }
                });
    }

    private void answered(String shadow, ShadowReply reply) {
        answered.add(shadow);
        String camera = camera(shadow);
        if (shadow.equals(GatewayConfig.SHADOW_NAME)) {
            gatewayAnswered(reply);
        } else if (camera != null && shadow.equals(CameraLimits.shadowName(camera))) {
            limitsAnswered(camera, shadow, reply);
        } else if (camera != null) {
            cameraAnswered(camera, shadow, reply);
        }
        settled = answered.contains(GatewayConfig.SHADOW_NAME)
                && followed.keySet().stream().map(CameraConfig::shadowName).allMatch(answered::contains);
    }

    private void gatewayAnswered(ShadowReply reply) {
        switch (reply) {
            case ShadowReply.Missing() -> {
                if (!toldOfNoGateway) {
                    log.info("There is no gateway document; the gateway serves no cameras until there is one");
                    toldOfNoGateway = true;
                }
                forget(GatewayConfig.SHADOW_NAME, gateway);
                serve(new GatewayConfig(List.of()));
            }
            case ShadowReply.Found(long version, JsonNode desired, JsonNode reported) -> {
                toldOfNoGateway = false;
                switch (gateway.offer(version, desired)) {
                    case Verdict.Unchanged<GatewayConfig>() -> {}
                    case Verdict.Accepted<GatewayConfig>(GatewayConfig config) -> serve(config);
                    case Verdict.Refused<GatewayConfig>(List<Problem> problems) ->
                        logRefusal(GatewayConfig.SHADOW_NAME, version, problems);
                }
                reports.report(GatewayConfig.SHADOW_NAME, gateway, version, reported);
            }
        }
    }

    private void cameraAnswered(String camera, String shadow, ShadowReply reply) {
        Followed<CameraPlan> document = Objects.requireNonNull(followed.get(camera));
        switch (reply) {
            case ShadowReply.Missing() -> {
                forget(shadow, document);
                waiting.remove(camera);
                inForce.remove(camera);
                cameras.misconfigured(camera, "no document");
            }
            case ShadowReply.Found(long version, JsonNode desired, JsonNode reported) -> {
                switch (document.offer(version, desired)) {
                    case Verdict.Unchanged<CameraPlan>() -> {}
                    case Verdict.Accepted<CameraPlan>(CameraPlan plan) -> {
                        rebuiltNanos.put(shadow, System.nanoTime());
                        apply(camera, plan);
                    }
                    case Verdict.Refused<CameraPlan>(List<Problem> problems) -> {
                        if (document.isInForce()) {
                            logRefusal(shadow, version, problems);
                        } else {
                            cameras.misconfigured(camera, summary(problems));
                        }
                    }
                }
                reports.report(shadow, document, version, reported);
            }
        }
    }

    private void limitsAnswered(String camera, String shadow, ShadowReply reply) {
        Followed<CameraLimits> document = Objects.requireNonNull(limiting.get(camera));
        switch (reply) {
            case ShadowReply.Missing() -> {
                forget(shadow, document);
                limit(camera, CameraLimits.NONE);
            }
            case ShadowReply.Found(long version, JsonNode desired, JsonNode reported) -> {
                switch (document.offer(version, desired)) {
                    case Verdict.Unchanged<CameraLimits>() -> {}
                    case Verdict.Accepted<CameraLimits>(CameraLimits newer) -> {
                        rebuiltNanos.put(shadow, System.nanoTime());
                        limit(camera, newer);
                    }
                    case Verdict.Refused<CameraLimits>(List<Problem> problems) -> logRefusal(shadow, version, problems);
                }
                reports.report(shadow, document, version, reported);
            }
        }
    }

    private void limit(String camera, CameraLimits newer) {
        CameraLimits before = newer.equals(CameraLimits.NONE) ? limits.remove(camera) : limits.put(camera, newer);
        CameraPlan plan = inForce.get(camera);
        if (plan != null && !newer.equals(Objects.requireNonNullElse(before, CameraLimits.NONE))) {
            apply(camera, plan);
        }
    }

    /** There is no document, on disk neither; nor is there any more what was reported of it. */
    private void forget(String shadow, Followed<?> document) {
        document.forget();
        reports.forget(shadow);
        rebuiltNanos.remove(shadow);
    }

    /** Puts a plan into force, after an unforeseen failure again in a while: it stops no other camera. */
    private void apply(String camera, CameraPlan plan) {
        waiting.remove(camera);
        inForce.put(camera, plan);
        try {
            cameras.apply(camera, allowed(camera, plan));
        } catch (RuntimeException | Error e) {
            log.error("Camera {} could not be started", camera, e);
            cameras.misconfigured(camera, "internal error");
            waiting.put(camera, plan);
            thread.later(() -> {
                if (plan.equals(waiting.get(camera))) {
                    apply(camera, plan);
                }
            });
        }
    }

    /** What is left of a plan within the cloud's limits. */
    private CameraPlan allowed(String camera, CameraPlan plan) {
        CameraLimits own = limits.getOrDefault(camera, CameraLimits.NONE);
        CameraPlan allowed = plan.within(own);
        if (!allowed.equals(plan)) {
            log.warn(
                    "Camera {} takes {} frames a second at most{}{}",
                    camera,
                    allowed.config().sampling().activeFps(),
                    own.reason().map(reason -> ", for " + reason).orElse(""),
                    allowed.config().canAlert() ? "" : "; that is too few for its alert rule: NO ALARM CAN BE RAISED");
        }
        return allowed;
    }

    private static void logRefusal(String shadow, long version, List<Problem> problems) {
        log.warn("Version {} of shadow {} is refused, the last good one stays: {}", version, shadow, summary(problems));
    }

    private static String summary(List<Problem> problems) {
        String more = problems.size() == 1 ? "" : " (and " + (problems.size() - 1) + " more)";
        return problems.getFirst() + more;
    }

    /** Serves exactly these cameras: each new one at once with its last good document, if there is one. */
    private void serve(GatewayConfig config) {
        for (String camera : List.copyOf(followed.keySet())) {
            if (!config.cameras().contains(camera)) {
                guarded(camera, () -> unfollow(camera));
            }
        }
        for (String camera : config.cameras()) {
            if (!followed.containsKey(camera)) {
                follow(camera);
            }
        }
    }

    private void unfollow(String camera) {
        String shadow = CameraConfig.shadowName(camera);
        followed.remove(camera);
        limiting.remove(camera);
        waiting.remove(camera);
        inForce.remove(camera);
        limits.remove(camera);
        for (String gone : List.of(shadow, CameraLimits.shadowName(camera))) {
            answered.remove(gone);
            reports.forget(gone);
            rebuiltNanos.remove(gone);
            lastGood.forget(gone);
        }
        cameras.remove(camera);
    }

    private void follow(String camera) {
        String shadow = CameraConfig.shadowName(camera);
        Followed<CameraPlan> document = new Followed<>(shadow, desired -> sources.read(camera, desired), lastGood);
        followed.put(camera, document);
        Followed<CameraLimits> limited = new Followed<>(CameraLimits.shadowName(camera), CameraLimits::read, lastGood);
        limiting.put(camera, limited);
        cameras.await(camera);
        guarded(camera, () -> {
            if (limited.restore().orElse(null) instanceof Reading.Accepted<CameraLimits>(CameraLimits kept)) {
                limits.put(camera, kept);
            }
            restore(camera, document);
        });
        if (connection.isConnected()) {
            askAbout(camera);
        }
    }

    private void restore(String camera, Followed<CameraPlan> document) {
        switch (document.restore().orElse(null)) {
            case null -> {}
            case Reading.Accepted<CameraPlan>(CameraPlan plan) -> apply(camera, plan);
            case Reading.Refused<CameraPlan>(List<Problem> problems) ->
                cameras.misconfigured(camera, summary(problems));
        }
    }

    /** What goes wrong with one camera stops no other. */
    private static void guarded(String camera, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            log.error("Camera {} could not be dealt with", camera, e);
        }
    }

    private @Nullable Followed<?> document(String shadow) {
        String camera = camera(shadow);
        if (camera == null) {
            return shadow.equals(GatewayConfig.SHADOW_NAME) ? gateway : null;
        }
        return shadow.equals(CameraLimits.shadowName(camera)) ? limiting.get(camera) : followed.get(camera);
    }

    private @Nullable String camera(String shadow) {
        return followed.keySet().stream()
                .filter(camera -> CameraConfig.shadowName(camera).equals(shadow)
                        || CameraLimits.shadowName(camera).equals(shadow))
                .findFirst()
                .orElse(null);
    }

    /** Changes no camera any more once it returns. Safe to call again. */
    @Override
    public void close() {
        thread.close();
    }
}
