package dev.affray.agent;

import dev.affray.agent.camera.CameraPlan;
import dev.affray.agent.camera.Cameras;
import dev.affray.agent.camera.Sources;
import dev.affray.agent.command.Commands;
import dev.affray.agent.config.AgentConfig;
import dev.affray.agent.disk.DataFolder;
import dev.affray.agent.gate.FightScore;
import dev.affray.agent.gate.ScoreModel;
import dev.affray.agent.health.GatewayFigures;
import dev.affray.agent.health.HealthLoop;
import dev.affray.agent.health.HealthReports;
import dev.affray.agent.health.Ledgers;
import dev.affray.agent.identity.IdentityStore;
import dev.affray.agent.iot.CertificateRenewal;
import dev.affray.agent.iot.CommandTopic;
import dev.affray.agent.iot.CredentialsEndpoint;
import dev.affray.agent.iot.IotEndpoint;
import dev.affray.agent.iot.LastGood;
import dev.affray.agent.iot.MqttConnection;
import dev.affray.agent.iot.ShadowSync;
import dev.affray.agent.spool.BootClock;
import dev.affray.agent.spool.DiskSpool;
import dev.affray.agent.spool.Flusher;
import dev.affray.agent.status.GatewayStatus;
import dev.affray.agent.status.StatusServer;
import dev.affray.agent.upload.S3Clips;
import dev.affray.agent.upload.S3Frames;
import dev.affray.agent.upload.Uploader;
import dev.affray.health.CameraHealth;
import dev.affray.health.HealthReport;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole gateway program, wired by hand in this one place.
 *
 * <pre>{@code
 * shadows -> Cameras -> Camera -> DiskSpool -> Uploader -> S3
 *            |  |                     |
 *            |  +----- Ledgers -------+----> HealthReports -> HealthLoop -> MQTT
 *            |                                             -> StatusServer
 *            +-- Commands <-> MQTT, clips and snapshots -> S3
 * }</pre>
 *
 * <p>The constructor opens and validates, {@link #start} begins, {@link #close} ends everything in reverse order and is safe after a failed start.
 */
final class Agent implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Agent.class);
    private static final Duration UPLOAD_PATIENCE = Duration.ofSeconds(30);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(1);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final long startedNanos = System.nanoTime();
    private volatile boolean closed;
    private final DiskSpool spool;
    private final Flusher flusher;
    private final Sources sources;
    private final Cameras cameras;
    private final Uploader uploader;
    private final MqttConnection connection;
    private final ShadowSync shadows;
    private final HealthLoop health;
    private final CommandTopic commandTopic;
    private final Commands commands;
    private final CertificateRenewal renewal;
    private final HealthReports reports;
    private final StatusServer statusServer;

    /**
     * One that has not begun.
     *
     * @param model what frames are scored by
     * @throws IOException when the data folder, a certificate or a key cannot be used
     */
    Agent(AgentConfig config, ScoreModel model, Sources sources, Clock clock) throws IOException {
        this.sources = sources;
        try {
            DataFolder data = opened(DataFolder.open(config.data()));
            Ledgers ledgers = new Ledgers();
            spool = DiskSpool.open(
                    data.path(), config.thing(), config.spool(), config.fsync(), ledgers, BootClock.system(clock));
            flusher = opened(new Flusher(spool));
            IdentityStore identities = IdentityStore.open(
                    data.path(),
                    new IdentityStore.Pair(
                            config.iot().certificate(), config.iot().privateKey()));
            IotEndpoint iot = config.iot()
                    .with(
                            identities.current().certificate(),
                            identities.current().key());
            CredentialsEndpoint credentials =
                    opened(new CredentialsEndpoint(config.credentials(), config.thing(), iot, clock));
            S3Frames s3 = opened(new S3Frames(
                    config.s3(),
                    credentials,
                    credentials::refused,
                    config.upload().concurrency(),
                    UPLOAD_PATIENCE,
                    clock));
            connection = opened(new MqttConnection(iot, config.thing(), clock));
            cameras = new Cameras(spool, ledgers, clock, config.clips(), model);
            renewal = new CertificateRenewal(
                    config.thing(), iot, config.renewal(), identities, connection, credentials, clock);
            GatewayFigures figures = new GatewayFigures(
                    Version.text(),
                    clock.instant(),
                    data.path(),
                    config.spool().maxBytes(),
                    spool::bytes,
                    spool::health,
                    cameras::clipBytes,
                    () -> clockSkewMillis(s3, credentials),
                    renewal::health);
            reports = new HealthReports(config.thing(), cameras::health, figures, clock);
            health = opened(new HealthLoop(config.healthInterval(), reports, connection::publish));
            uploader = opened(new Uploader(spool, s3, config.upload(), cameras::maxLag, FIRST_PAUSE, LONGEST_PAUSE));
            opened(cameras);
            LastGood lastGood = new LastGood(data.path().resolve("shadows"));
            shadows = opened(new ShadowSync(config.thing(), connection, cameras, sources, lastGood));
            commandTopic = new CommandTopic(config.thing(), connection);
            S3Clips clips = opened(new S3Clips(config.s3(), credentials, credentials::refused, uploader, clock));
            commands = opened(new Commands(
                    config.thing(),
                    cameras,
                    clips::put,
                    data.path(),
                    config.spool().minFreeBytes(),
                    clock,
                    () -> {
                        Long skew = clockSkewMillis(s3, credentials);
                        return clock.instant().minusMillis(skew == null ? 0 : skew);
                    },
                    commandTopic::answer));
            opened(renewal);
            statusServer = opened(new StatusServer(config.status(), this::status, this::sickness));
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** This machine's clock minus that of AWS, as far as it is known. */
    private static @Nullable Long clockSkewMillis(S3Frames s3, CredentialsEndpoint credentials) {
        return s3.clockSkewMillis() == null ? credentials.clockSkewMillis() : s3.clockSkewMillis();
    }

    private <T extends AutoCloseable> T opened(T part) {
        parts.push(part);
        return part;
    }

    /** Begins, and returns at once, or after some seconds when the disk is slow. The uploader must know each camera's {@code maxLag}, so it comes later. */
    void start() {
        Thread.ofPlatform().daemon().name("opencv").start(Agent::prepareScore);
        flusher.start();
        shadows.restore();
        uploader.start();
        commandTopic.hand(commands);
        connection.start(shadows, commandTopic);
        health.start();
        renewal.start();
        statusServer.start();
    }

    private GatewayStatus status() {
        HealthReport report = reports.now();
        Map<String, GatewayStatus.KnownCamera> known = new HashMap<>();
        for (CameraHealth camera : report.cameras()) {
            String id = camera.camera();
            Optional<CameraPlan> plan = cameras.plan(id);
            known.put(
                    id,
                    new GatewayStatus.KnownCamera(
                            cameras.serves(id),
                            plan.map(it -> it.config().name()),
                            plan.map(it -> it.source().host()),
                            reports.inState(id)));
        }
        Duration up = Duration.ofNanos(System.nanoTime() - startedNanos);
        return new GatewayStatus(report, up, connection.connectedFor(), GatewayFigures.processorTime(), known);
    }

    /** What only a new process mends. */
    private Optional<String> sickness() {
        if (isOverwhelmed()) {
            return Optional.of("too many calls into FFmpeg hang");
        }
        Duration silent = health.sinceLook();
        return silent.compareTo(LONGEST_SILENCE) < 0
                ? Optional.empty()
                : Optional.of("nothing has looked after the cameras for " + silent.toSeconds() + " s");
    }

    /** So that no camera waits for it. Where it fails, each camera says so. */
    private static void prepareScore() {
        try {
            FightScore.prepare();
        } catch (LinkageError e) {
            log.debug("OpenCV cannot be loaded", e);
        }
    }

    /** Whether everything there is to do is done: the documents are known, the files played, the spool empty. */
    boolean isIdle() {
        return shadows.isSettled() && cameras.ended() && spool.isEmpty();
    }

    /** A camera that never ends, because it plays no file, once the documents are known: the last good ones may name cameras that are gone. */
    Optional<String> endlessCamera() {
        return shadows.isSettled() ? cameras.endless() : Optional.empty();
    }

    /** A camera that was given a file but is not served, once the documents are known: nobody plays that file. */
    Optional<String> unservedFile() {
        return shadows.isSettled()
                ? sources.files().keySet().stream()
                        .filter(camera -> !cameras.serves(camera))
                        .findFirst()
                : Optional.empty();
    }

    /** Whether so many native calls hang that only a new process helps. */
    boolean isOverwhelmed() {
        return cameras.isOverwhelmed();
    }

    /** The port of the status page, where there is one. */
    OptionalInt statusPort() {
        return statusServer.port();
    }

    /** Whether {@link #close} has begun. */
    boolean isClosed() {
        return closed;
    }

    /** Ends within seconds: the cameras, then what is being uploaded, then the last health report and the connection. Safe to call again. */
    @Override
    public synchronized void close() {
        closed = true;
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                log.warn("Could not close {} properly", part.getClass().getSimpleName(), e);
            }
        }
    }
}
