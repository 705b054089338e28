package dev.affray.cloud.local;

import dev.affray.cloud.alerting.AlertDocument;
import dev.affray.cloud.alerting.Alerting;
import dev.affray.cloud.alerting.Channel;
import dev.affray.cloud.alerting.Pictures;
import dev.affray.cloud.alerting.Policy;
import dev.affray.cloud.alerting.Stores;
import dev.affray.cloud.alerting.Tick;
import dev.affray.cloud.alerting.mail.MailPublisher;
import dev.affray.cloud.alerting.webhook.Webhooks;
import dev.affray.cloud.console.ConsoleApi;
import dev.affray.cloud.console.link.LinkPage;
import dev.affray.cloud.fleet.Fleet;
import dev.affray.cloud.fleet.Patience;
import dev.affray.cloud.fleet.Watch;
import dev.affray.cloud.inference.Detector;
import dev.affray.cloud.inference.Fate;
import dev.affray.cloud.inference.Inference;
import dev.affray.cloud.inference.InferenceBatch;
import dev.affray.cloud.inference.Rules;
import dev.affray.cloud.local.iot.Broker;
import dev.affray.cloud.local.iot.Credentials;
import dev.affray.cloud.local.iot.CredentialsEndpoint;
import dev.affray.cloud.local.iot.DataPlane;
import dev.affray.cloud.local.iot.ShadowService;
import dev.affray.cloud.local.mail.Inbox;
import dev.affray.cloud.local.mail.SmtpPublisher;
import dev.affray.cloud.local.mail.SmtpRelay;
import dev.affray.cloud.local.pki.Authority;
import dev.affray.cloud.local.pki.GatewayIdentity;
import dev.affray.cloud.local.queue.LocalSqs;
import dev.affray.cloud.local.queue.QueueMessage;
import dev.affray.cloud.local.queue.QueuePump;
import dev.affray.cloud.local.store.Access;
import dev.affray.cloud.local.store.Expiry;
import dev.affray.cloud.local.store.GatewayKeys;
import dev.affray.cloud.local.store.LocalS3;
import dev.affray.cloud.local.web.WebServer;
import dev.affray.cloud.state.link.AlertLinks;
import dev.affray.cloud.state.link.KeyRing;
import dev.affray.cloud.state.sqlite.ChangeTable;
import dev.affray.cloud.state.sqlite.Database;
import dev.affray.cloud.state.sqlite.SqliteCameraStore;
import dev.affray.cloud.state.sqlite.SqliteCounterStore;
import dev.affray.cloud.state.sqlite.SqliteDetectionStore;
import dev.affray.cloud.state.sqlite.SqliteEpisodeStore;
import dev.affray.cloud.state.sqlite.SqliteIncidentStore;
import dev.affray.cloud.state.sqlite.SqliteNotificationStore;
import dev.affray.frame.Line;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The cloud, wired by hand: every embedded part and every core, started in order and closed in reverse. */
final class Edition implements AutoCloseable {
    /** The one gateway. */
    static final String THING = "this-machine";

    private static final String ROLE_ALIAS = "affray-gateway";
    private static final Duration KEY_LIFETIME = Duration.ofHours(1);
    private static final int LIVE_WORKERS = 2;
    private static final int BACKLOG_WORKERS = 1;
    private static final int MAILS_KEPT = 1000;
    private static final Policy UNHURRIED = new Policy(Optional.empty(), 1_000_000, 1_000_000, 1_000_000);

    private final Opened opened;
    private final Clock clock = Clock.systemUTC();
    private final Settings settings;
    private final DataFolder folder;

    final SqliteDetectionStore detections;
    final SqliteIncidentStore incidents;
    final SqliteNotificationStore notifications;
    final SqliteCameraStore cameras;
    final InferenceBatch inference;
    final Alerting alerting;
    final Tick tick;
    final Watch watch;
    final Expiry expiry;
    final FrameStore frames;
    final Inbox inbox;

    private final ShadowService shadows;
    private final AgentFiles.Cloud cloud;
    private final Optional<GatewayIdentity> claim;
    private final LocalSqs sqs;
    private final Judge judge;
    private volatile List<QueuePump> pumps = List.of();
    private final ChangeFeed feed;
    private final KeyRing linkKeys;
    private final LinkPage linkPage;
    private volatile Optional<AlertLinks> links = Optional.empty();

    /** Starts everything; what was started is closed again when a part fails. */
    static Edition start(Settings settings, DataFolder folder) throws IOException {
        return start(settings, folder, Patience.DEFAULT);
    }

    /** The same with another patience for gateways and cameras that are gone. */
    static Edition start(Settings settings, DataFolder folder, Patience patience) throws IOException {
        Opened opened = new Opened();
        try {
            return new Edition(settings, folder, patience, opened);
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private Edition(Settings settings, DataFolder folder, Patience patience, Opened opened) throws IOException {
        this.settings = settings;
        this.folder = folder;
        this.opened = opened;

        Database database = opened.add(Database.open(folder.state()));
        detections = new SqliteDetectionStore(database);
        incidents = new SqliteIncidentStore(database);
        notifications = new SqliteNotificationStore(database);
        cameras = new SqliteCameraStore(database);

        // Gateways. The broker takes seconds to start and to stop, and needs none of what follows.
        Authority authority = Authority.open(folder.authority());
        shadows = ShadowService.open(folder.shadows());
        FleetRules fleet = new FleetRules(new Fleet(cameras, clock));
        NewGateways gateways = settings.gateways();
        claim = gateways.serials().isEmpty() ? Optional.empty() : Optional.of(authority.claim());
        Starting<Broker> broker = opened.addSlow(Starting.begin(
                "broker",
                () -> Broker.start(
                        folder.broker(),
                        gateways.mqttPort(),
                        authority,
                        fleet,
                        shadows,
                        gateways.enrolling(ROLE_ALIAS)),
                Broker::close));

        DataPlane plane = opened.add(DataPlane.start(0, LocalS3.REGION, shadows, broker::get));
        plane.tellAdministrators(folder.administrator(), THING);

        // S3 raises events in SQS.
        sqs = opened.add(LocalSqs.start(folder.queues(), 0));
        GatewayKeys gatewayKeys = new GatewayKeys(random(32), clock);
        Access access = new Access(
                "LOCAL" + HexFormat.of().formatHex(random(8)), HexFormat.of().formatHex(random(24)), gatewayKeys);
        LocalS3 s3 = opened.add(LocalS3.start(folder.frames(), gateways.s3Port(), access, sqs::send));
        frames = opened.add(new FrameStore(
                s3.endpoint(), LocalS3.REGION, LocalS3.BUCKET, access.accessKeyId(), access.secretAccessKey()));
        expiry = new Expiry(folder.frames());

        // Mail goes to an inbox of our own unless a server is named.
        inbox = opened.add(Inbox.start(folder.mail(), 0, MAILS_KEPT, clock));
        SmtpRelay relay = settings.smtp()
                .map(Settings.SmtpServer::relay)
                .orElseGet(() -> SmtpRelay.plain("127.0.0.1", inbox.port()));
        SmtpPublisher smtp = new SmtpPublisher(relay, settings.mailFrom(), clock);
        Pictures pictures = opened.add(new Pictures(frames::read));
        Webhooks webhooks = opened.add(new Webhooks(AlertDocument::of, clock));
        List<Channel> channels = LocalChannels.of(
                settings.recipients(),
                address -> new MailPublisher(smtp, address, pictures),
                webhooks,
                System.getenv());

        // The cores.
        judge = opened.add(Judge.of(settings.detector()));
        Rules rules = new Rules(cameras, clock);
        Detector detector = new StoredOnly(judge.over(frames), frames);
        inference = new InferenceBatch(new Inference(detections, incidents, rules::of, rules::armed, detector, clock));
        // A film that is judged is no flood, however much happens in it.
        Policy policy = settings.untilIdle()
                ? UNHURRIED
                : Policy.DEFAULT.escalatingAfter(settings.recipients().escalateAfter());
        alerting = new Alerting(
                new Stores(
                        incidents,
                        notifications,
                        cameras,
                        new SqliteCounterStore(database),
                        new SqliteEpisodeStore(database)),
                channels,
                policy,
                (incident, now) -> links.map(l -> l.of(incident, now)),
                clock);
        tick = new Tick(incidents, alerting, rules::of);
        // What gateways said while nobody listened is not missed.
        watch = new Watch(cameras, incidents, detections, judge.model(), patience, clock.instant());

        // What people answer by.
        linkKeys = LinkKeyFile.read(folder.linkKeys());
        linkPage = new LinkPage(() -> linkKeys, incidents, detections, cameras, frames::read, clock);

        // What runs them.
        feed = opened.add(new ChangeFeed(new ChangeTable(database), alerting, clock));

        CredentialsEndpoint credentials = opened.add(CredentialsEndpoint.start(
                gateways.credentialsPort(),
                authority,
                Set.of(ROLE_ALIAS),
                thing -> credentials(gatewayKeys.mint(thing, KEY_LIFETIME))));
        cloud = new AgentFiles.Cloud(
                authority.gateway(THING),
                broker.get().port(),
                credentials.port(),
                ROLE_ALIAS,
                s3.endpoint(),
                LocalS3.BUCKET,
                LocalS3.REGION);
    }

    /**
     * Opens the page.
     *
     * @throws IllegalStateException when the port is taken; everything else runs without it
     */
    WebServer openPage() {
        ConsoleApi api = new ConsoleApi(detections, incidents, notifications, cameras, clock);
        WebServer web = opened.add(
                WebServer.start(settings.port(), api, frames::read, new InboxView(inbox), linkPage, folder.token()));
        if (links.isEmpty()) {
            links = Optional.of(links(URI.create("http://127.0.0.1:" + web.port() + "/")));
        }
        return web;
    }

    /** Makes links lead to the address that other machines know, whether or not it is served already. */
    PublicPage openPublicPage(PublicAddress address) {
        links = Optional.of(links(address.url()));
        return opened.add(new PublicPage(address, linkPage, clock));
    }

    private AlertLinks links(URI base) {
        return new AlertLinks(base, () -> linkKeys, AlertLinks.LAST);
    }

    /** What other gateways are provisioned by, where any may come. */
    Optional<GatewayIdentity> claim() {
        return claim;
    }

    /** The name of what judges the frames. */
    String detector() {
        return judge.over(frames).name();
    }

    /**
     * Sees whether the detector can be asked.
     *
     * @return why frames will have to wait for it, if they will
     * @throws IllegalStateException when it cannot, and waiting will not help
     */
    Optional<String> checkDetector() {
        return judge.check();
    }

    /** Begins to judge frames, what an earlier run left included. */
    void beginJudging() {
        pumps = List.of(
                opened.addSlow(pump(Line.LIVE, LIVE_WORKERS)), opened.addSlow(pump(Line.BACKLOG, BACKLOG_WORKERS)));
    }

    /** Begins to announce, what an earlier run left included; after the page is open, so that mails can name it. */
    void beginAlerting() {
        feed.start();
    }

    /** Writes the cameras of this run into the shadows. Returns how many frames a second they take together, at most. */
    double writeCameraDocuments() {
        return new CameraDocuments(shadows, settings).write(THING);
    }

    /** Writes the agent's configuration; returns its file. */
    Path writeAgentFiles() throws IOException {
        return AgentFiles.write(folder.agent(), cloud, settings.cameras());
    }

    /** Whether every event is settled, every change handled, and no message waits. */
    boolean isSettled() {
        return isJudged() && feed.pending() == 0 && !alerting.isWaiting();
    }

    /** Whether every event is settled. */
    boolean isJudged() {
        return pumps.stream().allMatch(QueuePump::idle);
    }

    /** Why alerts are waiting, if they are. */
    Optional<String> complaint() {
        return Optional.ofNullable(feed.complaint());
    }

    /** Messages that no delivery could settle. */
    long deadLetters() {
        return pumps.stream().mapToLong(p -> p.counts().deadLettered()).sum();
    }

    /** Keeps frames and detections within the bounds of the settings. */
    void expire(Instant now) throws IOException {
        Instant oldest = now.minus(Duration.ofDays(settings.keepDays()));
        expiry.sweep(oldest, settings.keepBytes());
        detections.expire(oldest);
    }

    @Override
    public void close() {
        opened.close();
    }

    private QueuePump pump(Line line, int workers) {
        return QueuePump.start(
                line.prefix(),
                sqs.client(),
                sqs.queueUrl(line),
                workers,
                Duration.ofSeconds(1),
                batch -> batch.stream()
                        .filter(this::mustComeAgain)
                        .map(QueueMessage::id)
                        .collect(Collectors.toSet()));
    }

    /** What can never be judged is told in the log and counted in the report; kept, it would fill the disk where nobody looks. */
    private boolean mustComeAgain(QueueMessage message) {
        return switch (inference.handle(message.body())) {
            case Fate.Settled _, Fate.SetAside _ -> false;
            case Fate.PutOff _ -> true;
        };
    }

    private static Credentials credentials(GatewayKeys.Key key) {
        return new Credentials(key.accessKeyId(), key.secretAccessKey(), key.sessionToken(), key.expiration());
    }

    private static byte[] random(int bytes) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return random;
    }
}
