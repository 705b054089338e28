package dev.affray.cloud.local;

import dev.affray.cloud.local.agent.AgentProcess;
import dev.affray.cloud.local.web.WebServer;
import dev.affray.cloud.state.CameraRecord;
import dev.affray.cloud.state.GatewayRecord;
import dev.affray.health.CameraHealth;
import dev.affray.health.FrameCounts;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of the local edition: the cloud, the agent beside it, and what the terminal is told. */
final class Run implements AutoCloseable {
    /** The sample camera's id. */
    static final String SAMPLE = "sample";

    private static final Logger log = LoggerFactory.getLogger(Run.class);
    private static final long LOOK_MILLIS = 500;
    private static final long SHORT_LOOK_MILLIS = 50;
    private static final Duration ALERTS_MAY_TAKE = Duration.ofSeconds(90);
    private static final Duration LAST_WORD_MAY_TAKE = Duration.ofSeconds(3);
    private static final int RESTARTS_BORNE = 5;
    private static final Duration PROGRESS = Duration.ofSeconds(15);
    private static final Duration CLOSING_MAY_TAKE = Duration.ofSeconds(40);

    private final Clock clock = Clock.systemUTC();
    private final Instant startedAt = clock.instant();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch closed;
    private final Settings settings;
    private final Opened opened;
    private final Edition edition;
    private final Narrator narrator;
    private final Optional<PublicPage> publicPage;
    private final AgentProcess agent;
    private final List<String> problems;

    /** Starts everything. What was started is stopped again when a part fails. */
    static Run start(Settings settings) throws IOException {
        Opened opened = new Opened();
        CountDownLatch closed = new CountDownLatch(1);
        try {
            return new Run(settings, System.out, opened, closed);
        } catch (IOException | RuntimeException e) {
            opened.close();
            // Or the end of the process would wait for a close that nobody calls.
            closed.countDown();
            throw e;
        }
    }

    private Run(Settings settings, PrintStream out, Opened opened, CountDownLatch closed) throws IOException {
        this.settings = settings;
        this.opened = opened;
        this.closed = closed;
        this.problems = new CopyOnWriteArrayList<>(settings.problems());
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(this::stopAndWait));

        DataFolder folder = opened.add(DataFolder.open(settings.data()));
        out.println("Affray " + Version.text() + ", local edition: starting ...");
        SampleCamera sample = opened.add(new SampleCamera(settings.agentHome(), folder.sampleVideo()));
        if (settings.sample()) {
            sample.beginRendering();
        }
        edition = opened.add(Edition.start(settings, folder));
        publicPage = settings.publicAddress().map(edition::openPublicPage);
        narrator = new Narrator(out, edition.cameras, edition.incidents, edition.notifications, clock);
        double framesPerSecond = edition.writeCameraDocuments();
        banner(out, folder, framesPerSecond);
        settings.detector().warning().ifPresent(this::problem);
        edition.checkDetector().ifPresent(reason -> problem("frames wait to be judged: " + reason));
        edition.beginJudging();
        edition.beginAlerting();
        List<String> arguments = agentArguments(edition.writeAgentFiles());
        if (settings.sample()) {
            arguments.addAll(List.of("--source", SAMPLE + "=" + sample.finishRendering()));
        }
        agent = opened.add(AgentProcess.start(settings.agentHome(), arguments, folder.agentLog(), _ -> {}));
        opened.add(timer());
    }

    /** Runs until the process is told to stop. Returns the exit status. */
    int untilStopped() throws InterruptedException {
        stop.await();
        narrator.say("stopping");
        return 0;
    }

    /** Runs until every file is played and everything is settled. Returns the exit status. */
    int untilIdle() throws InterruptedException, IOException {
        if (!awaitSettling(this::isAgentOver, Duration.ofDays(365)) || !isAgentsLastWordHeard()) {
            return 1;
        }
        if (!awaitSettling(edition::isJudged, Duration.ofDays(1))) {
            return 1;
        }
        boolean told = awaitSettling(edition::isSettled, ALERTS_MAY_TAKE);
        if (told) {
            // Nothing more can come, so what is open is over.
            edition.tick.run(clock.instant().plus(Duration.ofDays(1000)));
            told = awaitSettling(edition::isSettled, ALERTS_MAY_TAKE);
        }
        if (!told) {
            problem("alerts could not be sent: " + edition.complaint().orElse("they take too long"));
        }
        long unjudged = edition.deadLetters();
        if (unjudged > 0) {
            problem(unjudged + " events could not be handled and were set aside: their frames are not judged");
        }
        return told && unjudged == 0 ? 0 : 1;
    }

    @Override
    public void close() {
        if (stop.getCount() > 0) {
            stop.countDown();
        }
        try {
            // The agent first: its last report completes the books.
            agent.close();
            await(this::hasLastReport, LAST_WORD_MAY_TAKE);
            lookAgain();
            settings.report().ifPresent(this::writeReport);
        } finally {
            opened.close();
            narrator.say("stopped");
            closed.countDown();
        }
    }

    /** Whether the agent is done, or dies again and again. */
    private boolean isAgentOver() {
        return agent.exited().isDone() || agent.restarts() > RESTARTS_BORNE;
    }

    private boolean isAgentsLastWordHeard() {
        if (await(this::hasLastReport, LAST_WORD_MAY_TAKE)) {
            return true;
        }
        problem("the agent ended without a last report; see "
                + settings.data().resolve("logs").resolve("agent.log"));
        return false;
    }

    private boolean hasLastReport() {
        return edition.cameras
                .gateway(Edition.THING)
                .filter(GatewayRecord::last)
                .map(GatewayRecord::healthAt)
                .filter(at -> at.isAfter(startedAt))
                .isPresent();
    }

    /** Waits until something is so, telling the progress; false when the process is told to stop first, or it takes too long. */
    private boolean awaitSettling(BooleanSupplier done, Duration atMost) throws InterruptedException {
        Instant deadline = clock.instant().plus(atMost);
        Instant next = clock.instant().plus(PROGRESS);
        while (!done.getAsBoolean()) {
            if (stop.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)
                    || clock.instant().isAfter(deadline)) {
                return false;
            }
            if (clock.instant().isAfter(next)) {
                narrator.say(progress());
                next = clock.instant().plus(PROGRESS);
            }
        }
        return true;
    }

    private boolean await(BooleanSupplier done, Duration atMost) {
        Instant deadline = clock.instant().plus(atMost);
        try {
            while (!done.getAsBoolean() && clock.instant().isBefore(deadline)) {
                Thread.sleep(SHORT_LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return done.getAsBoolean();
    }

    private String progress() {
        long uploaded = 0;
        long pending = 0;
        for (CameraRecord camera : edition.cameras.cameras()) {
            CameraHealth health = camera.listed() ? camera.health() : null;
            Instant at = camera.healthAt();
            if (health != null && at != null && at.isAfter(startedAt)) {
                FrameCounts counts = health.counts();
                uploaded += counts.uploaded();
                pending += counts.pending();
            }
        }
        long judged = edition.inference.counts().detections().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        return "so far " + uploaded + " frames uploaded, " + pending + " waiting at the agent, " + judged + " judged";
    }

    private List<String> agentArguments(Path config) {
        List<String> arguments = new ArrayList<>(List.of("run", "--config", config.toString()));
        for (CameraArgument camera : settings.cameras()) {
            if (camera instanceof CameraArgument.File file) {
                arguments.addAll(List.of("--source", file.id() + "=" + file.path()));
            }
        }
        boolean sampleAlone = settings.sample() && settings.cameras().isEmpty();
        if (settings.untilIdle()) {
            arguments.add("--until-idle");
        } else if (settings.loop() || sampleAlone) {
            arguments.add("--loop");
        }
        return arguments;
    }

    private void banner(PrintStream out, DataFolder folder, double framesPerSecond) {
        out.println("  page     " + page());
        publicPage.ifPresent(page -> {
            page.look().ifPresent(this::publicProblem);
            out.println("  links    " + settings.publicAddress().orElseThrow().url()
                    + (page.isOpen() ? "" : ", not served yet"));
        });
        out.println("  mail     "
                + settings.smtp()
                        .map(server -> "through " + server.host() + ":" + server.port())
                        .orElse("to an inbox of its own, shown on the page")
                + ", to " + String.join(", ", settings.recipients().addresses()));
        long webhooks = settings.recipients()
                .webhooks()
                .map(Recipients.Webhook::to)
                .distinct()
                .count();
        if (webhooks > 0) {
            out.println("  webhooks " + webhooks);
        }
        for (CameraArgument camera : settings.cameras()) {
            out.println("  camera   " + camera.id() + ": "
                    + switch (camera) {
                        case CameraArgument.Stream stream -> stream.url().toString();
                        case CameraArgument.File file -> file.path().toString();
                    });
        }
        if (settings.sample()) {
            out.println("  camera   " + SAMPLE
                    + ": a drawn scene of two minutes, synthetic; a brawl comes after 20 seconds");
        }
        settings.detector().cost(framesPerSecond).ifPresent(cost -> {
            out.println("  detector " + edition.detector() + ", asked with your AWS credentials");
            out.println("  cost     " + cost);
            out.println("           (list price in us-east-1; yours: https://aws.amazon.com/rekognition/pricing)");
        });
        edition.claim().ifPresent(claim -> {
            out.println("  gateways " + String.join(", ", settings.gateways().serials())
                    + " may be provisioned on this machine, each once:");
            out.println("           affray-agent provision --endpoint localhost --port "
                    + settings.gateways().mqttPort() + " --authority " + claim.authorityPem() + " --claim-cert "
                    + claim.certificatePem() + " --claim-key " + claim.privateKeyPem() + " --serial "
                    + settings.gateways().serials().getFirst());
        });
        out.println("  data     " + folder.root());
        out.println("  agent    logs to " + folder.agentLog());
        out.println(
                settings.untilIdle()
                        ? "  It ends by itself when everything is settled."
                        : "  Ctrl-C stops everything.");
        out.flush();
    }

    private String page() {
        try {
            WebServer web = edition.openPage();
            return web.link().toString();
        } catch (IllegalStateException e) {
            problem("there is no page: " + e.getMessage() + " (--port N)");
            return "none";
        }
    }

    private void publicProblem(String text) {
        problem("the links of alerts: " + text);
    }

    private void problem(String text) {
        problems.add(text);
        System.err.println("affray-local: " + text);
    }

    private AutoCloseable timer() {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("timer").daemon().factory());
        List<ScheduledFuture<?>> tasks = List.of(
                timer.scheduleWithFixedDelay(this::lookAgain, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS),
                timer.scheduleWithFixedDelay(this::tick, 1, 60, TimeUnit.SECONDS),
                timer.scheduleWithFixedDelay(this::lookAtPublicPage, 60, 60, TimeUnit.SECONDS),
                timer.scheduleWithFixedDelay(this::expire, 1, 60, TimeUnit.MINUTES));
        return () -> {
            tasks.forEach(task -> task.cancel(false));
            timer.shutdown();
            if (!timer.awaitTermination(10, TimeUnit.SECONDS)) {
                log.warn("the timer did not stop in time");
            }
        };
    }

    private void lookAgain() {
        try {
            synchronized (narrator) {
                narrator.look();
            }
        } catch (RuntimeException | Error e) {
            log.warn("cannot look at the state: {}", e.toString());
        }
    }

    /** A run over files ends with them: nobody is missed then. */
    private void watch() {
        try {
            if (!settings.untilIdle()) {
                edition.watch.run(clock.instant());
            }
        } catch (RuntimeException | Error e) {
            log.warn("the cameras could not be looked after: {}", e.toString());
        }
    }

    private void tick() {
        try {
            edition.tick.run(clock.instant());
        } catch (RuntimeException | Error e) {
            log.warn("the minute tick failed: {}", e.toString());
        }
        // Last, so that the change feed has told what it finds before the next tick looks.
        watch();
    }

    private void lookAtPublicPage() {
        try {
            publicPage.flatMap(PublicPage::look).ifPresent(this::publicProblem);
        } catch (RuntimeException | Error e) {
            log.warn("the page of alert links: {}", e.toString());
        }
    }

    private void expire() {
        try {
            edition.expire(clock.instant());
        } catch (IOException | RuntimeException | Error e) {
            log.warn("old frames could not be removed: {}", e.toString());
        }
    }

    private void writeReport(Path file) {
        try {
            Report.of(
                            startedAt,
                            clock.instant(),
                            agent.restarts(),
                            List.copyOf(problems),
                            edition.cameras,
                            edition.incidents,
                            edition.notifications,
                            edition.inference.counts())
                    .write(file);
            narrator.say("report written to " + file);
        } catch (IOException e) {
            problem("the report could not be written to " + file + ": " + e.getMessage());
        }
    }

    /** What a signal does: tells the main thread to stop and waits until it has. */
    private void stopAndWait() {
        stop.countDown();
        try {
            if (!closed.await(CLOSING_MAY_TAKE.toSeconds(), TimeUnit.SECONDS)) {
                System.err.println("affray-local: did not stop in time; nothing is lost, the next start goes on");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
