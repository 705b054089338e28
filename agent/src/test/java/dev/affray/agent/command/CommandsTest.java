package dev.affray.agent.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.affray.agent.camera.CameraPlan;
import dev.affray.agent.camera.Cameras;
import dev.affray.agent.capture.CaptureSource.LocalFile;
import dev.affray.agent.capture.Captures;
import dev.affray.agent.capture.ClipBounds;
import dev.affray.agent.health.Ledgers;
import dev.affray.agent.spool.BootClock;
import dev.affray.agent.spool.DiskSpool;
import dev.affray.agent.spool.Fsync;
import dev.affray.agent.spool.SpoolBounds;
import dev.affray.agent.upload.UploadOutcome;
import dev.affray.camera.CameraConfig;
import dev.affray.camera.CameraDocument;
import dev.affray.command.CommandAnswer;
import dev.affray.command.CommandAnswer.State;
import dev.affray.document.Json;
import dev.affray.document.Reading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands to cameras that play films, into a folder for a bucket. */
class CommandsTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Patience PATIENCE = new Patience(Duration.ofSeconds(20), Duration.ofMillis(100), LONG);

    @TempDir
    static Path films;

    private static Cameras cameras;
    private static Cameras withoutClips;

    @TempDir
    Path folder;

    private final List<CommandAnswer> answers = new CopyOnWriteArrayList<>();
    private volatile boolean connected = true;
    private volatile Duration skew = Duration.ZERO;
    private volatile ClipStore store = (key, file, _) -> {
        Path object = folder.resolve("bucket").resolve(key.format());
        Files.createDirectories(object.getParent());
        Files.copy(file, object);
        return new UploadOutcome.Stored();
    };
    private Commands commands;

    @BeforeAll
    static void play() throws IOException {
        cameras = cameras("with", ClipBounds.DEFAULT);
        withoutClips = cameras("without", ClipBounds.OFF);
        run(cameras, "yard", "");
        run(cameras, "masked", ",\"masks\":[[[0,0],[1,0],[1,1]]]");
        run(cameras, "school", ",\"arming\":{\"weekly\":\"never\"}");
        run(withoutClips, "yard", "");
        cameras.misconfigured("broken", "the document names no source");
        await().atMost(LONG).until(() -> cameras.clipBytes() > 0);
    }

    private static Cameras cameras(String data, ClipBounds clips) throws IOException {
        Ledgers ledgers = new Ledgers();
        DiskSpool spool = DiskSpool.open(
                films.resolve(data),
                "gateway-1",
                SpoolBounds.DEFAULT,
                Fsync.NEVER,
                ledgers,
                BootClock.system(Clock.systemUTC()));
        return new Cameras(spool, ledgers, Clock.systemUTC(), clips);
    }

    private static void run(Cameras where, String camera, String more) {
        Reading<CameraConfig> read = CameraDocument.read(Json.tree(
                "{\"name\":\"Yard\",\"site\":{\"name\":\"School\",\"zone\":\"UTC\"},\"gate\":{\"packets\":\"off\",\"motion\":\"off\"},\"score\":\"off\""
                        + more + "}"));
        CameraConfig config = ((Reading.Accepted<CameraConfig>) read).value();
        where.apply(camera, new CameraPlan(config, new LocalFile(Captures.sample(5), true)));
    }

    @AfterAll
    static void end() {
        cameras.close();
        withoutClips.close();
    }

    @BeforeEach
    void open() throws IOException {
        commands = commands(cameras, PATIENCE);
    }

    private Commands commands(Cameras whose, Patience patience) throws IOException {
        return new Commands(
                new CommandWork(
                        "gateway-1",
                        whose,
                        (key, file, within) -> store.put(key, file, within),
                        folder.resolve("clips"),
                        0,
                        Clock.systemUTC(),
                        patience),
                new AuditFile(folder, AuditFile.MOST_BYTES),
                Clock.systemUTC(),
                () -> Instant.now().plus(skew),
                this::publish);
    }

    private CompletableFuture<Void> publish(CommandAnswer answer) {
        if (!connected) {
            return CompletableFuture.failedFuture(new IOException("not connected"));
        }
        answers.add(answer);
        return CompletableFuture.completedFuture(null);
    }

    @AfterEach
    void close() {
        commands.close();
    }

    private static ObjectNode command(String id, String command, String camera) {
        return Json.MAPPER
                .createObjectNode()
                .put("id", id)
                .put("command", command)
                .put("camera", camera)
                .put("by", "k.meyer")
                .put("sentAt", Instant.now().toString());
    }

    private static ObjectNode clip(String id, String camera, Instant at, int before, int after) {
        ObjectNode command = command(id, "clip", camera);
        command.putObject("clip").put("at", at.toString()).put("before", before).put("after", after);
        return command;
    }

    private void send(ObjectNode command) {
        commands.take(Json.write(command).getBytes(StandardCharsets.UTF_8));
    }

    /** The last answer to a command. */
    private CommandAnswer ended(String id) {
        await().atMost(LONG).until(() -> of(id).stream().anyMatch(answer -> !answer.goesOn()));
        return of(id).getLast();
    }

    private List<CommandAnswer> of(String id) {
        return answers.stream().filter(answer -> answer.id().equals(id)).toList();
    }

    private String refused(ObjectNode command) {
        send(command);
        CommandAnswer answer = ended(command.path("id").asText());
        assertThat(answer.state()).as("%s", answer).isEqualTo(State.REFUSED);
        assertThat(of(answer.id())).hasSize(1);
        return String.valueOf(answer.detail());
    }

    private List<CommandAnswer> audit() throws IOException {
        return Files.readAllLines(folder.resolve("audit.jsonl")).stream()
                .map(line -> Json.read(line, CommandAnswer.class))
                .toList();
    }

    @Test
    void aSnapshotIsAccepted_stored_answeredAndWrittenDown() throws Exception {
        send(command("s1", "snapshot", "yard"));
        CommandAnswer done = ended("s1");

        assertThat(of("s1")).extracting(CommandAnswer::state).containsExactly(State.ACCEPTED, State.DONE);
        assertThat(done.objectKey()).matches("clips/gateway-1/yard/\\d{4}/\\d{2}/\\d{2}/s1\\.jpg");
        assertThat(done.by()).isEqualTo("k.meyer");
        assertThat(done.from()).isNotNull().isEqualTo(done.to());
        assertThat(ImageIO.read(
                        folder.resolve("bucket").resolve(done.objectKey()).toFile()))
                .isNotNull();
        assertThat(audit()).isEqualTo(answers);
        assertThat(folder.resolve("clips")).isEmptyDirectory();
    }

    @Test
    void aClipWaitsForItsEnd() throws Exception {
        Instant at = Instant.now();
        send(clip("c1", "yard", at, 1, 1));
        CommandAnswer done = ended("c1");

        assertThat(done.state()).as("%s", done).isEqualTo(State.DONE);
        assertThat(done.objectKey()).endsWith("/c1.mp4");
        assertThat(done.from()).isBefore(at);
        assertThat(done.to()).isAfter(at).isBefore(done.at());
        assertThat(done.detail()).contains("pictures", "bytes");
        assertThat(Files.size(folder.resolve("bucket").resolve(done.objectKey())))
                .isGreaterThan(1000);
        assertThat(folder.resolve("clips")).isEmptyDirectory();
    }

    @Test
    void aRestartIsDone_onceTheCameraStreamsAgain() {
        send(command("r1", "restart", "yard"));

        assertThat(ended("r1").detail()).isEqualTo("connected to anew; it is STREAMING");
        await().atMost(LONG).until(() -> cameras.clipBytes() > 0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            snapshot | roof   | this gateway serves no camera roof
            clip     | roof   | this gateway serves no camera roof
            restart  | roof   | this gateway serves no camera roof
            restart  | broken | camera broken cannot run: the document names no source
            snapshot | school | the camera is disarmed until its schedule is changed
            clip     | school | no video of the camera is kept now
            clip     | masked | the camera has privacy masks
            reboot   | yard   | $.command: is "reboot"; must be one of snapshot, clip, restart
            """)
    void whatIsNoUse_isRefusedWithItsReason(String command, String camera, String reason) {
        ObjectNode asked = command.equals("clip")
                ? clip("x", camera, Instant.now().minusSeconds(2), 1, 0)
                : command("x", command, camera);

        assertThat(refused(asked)).contains(reason);
        assertThat(answers.getFirst().camera()).isEqualTo(camera);
    }

    @Test
    void aClipOfNoTimeThatIsKept_isRefused() throws Exception {
        Instant now = Instant.now();
        assertThat(refused(clip("old", "yard", now.minusSeconds(3600), 5, 5))).contains("none of that time is kept");
        assertThat(refused(clip("ahead", "yard", now.plusSeconds(60), 5, 5))).contains("$.clip.at", "lies ahead");
        assertThat(refused(clip("long", "yard", now, 40, 30))).contains("$.clip.after", "70 s together");
        commands.close();
        commands = commands(withoutClips, PATIENCE);
        assertThat(refused(clip("off", "yard", now, 1, 0))).contains("clips.seconds");
    }

    @Test
    void aCommandIsGood_forAsLongAsItSays_byTheRightTime() {
        Instant now = Instant.now();
        assertThat(refused(command("late", "restart", "roof")
                        .put("sentAt", now.minusSeconds(95).toString())))
                .contains("$.expiresAt", "expired at");
        assertThat(refused(command("early", "restart", "roof")
                        .put("sentAt", now.plusSeconds(35).toString())))
                .contains("$.sentAt", "lies ahead");
        assertThat(refused(command("apart", "restart", "roof")
                        .put("sentAt", now.minusSeconds(85).toString())))
                .as("clocks may be half a minute apart")
                .contains("serves no camera");
        skew = Duration.ofHours(-1);
        assertThat(refused(command("corrected", "restart", "roof")
                        .put("sentAt", now.minusSeconds(3600).toString())))
                .contains("serves no camera");
    }

    @Test
    void whatComesTwice_isDoneOnce_andAnsweredAsBefore() throws Exception {
        ObjectNode command = command("s2", "snapshot", "yard");
        send(command);
        CommandAnswer done = ended("s2");
        send(command.put("by", "somebody else"));

        await().atMost(LONG).until(() -> of("s2").size() == 3);
        assertThat(answers.getLast()).isEqualTo(done);
        assertThat(audit()).hasSize(2);
    }

    @Test
    void tooManyOfACamera_areRefused() {
        IntStream.range(0, Rates.OF_A_CAMERA).forEach(i -> send(command("m" + i, "restart", "masked")));

        assertThat(refused(command("one-more", "restart", "masked")))
                .contains("too many commands: 6 a minute is the most for a camera; try again in");
    }

    @Test
    void tooManyAtOnce_areRefused() {
        CompletableFuture<Void> open = new CompletableFuture<>();
        store = (_, _, _) -> {
            open.join();
            return new UploadOutcome.Stored();
        };
        for (int i = 0; i < Commands.MOST_AT_ONCE; i++) {
            send(command("b" + i, "snapshot", "yard"));
        }

        assertThat(refused(command("busy", "snapshot", "masked"))).contains("4 commands are under way already");
        open.complete(null);
        assertThat(ended("b0").state()).isEqualTo(State.DONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "[]",
                "7",
                "{\"id\":\"a\"}",
                "{\"camera\":\"yard\"}",
                "{\"id\":\"a/b\",\"camera\":\"yard\"}"
            })
    void nonsenseIsDropped_andNothingElseIsHarmed(String message) {
        commands.take(message.getBytes(StandardCharsets.UTF_8));

        assertThat(refused(command("after", "restart", "roof"))).contains("serves no camera");
        assertThat(answers).hasSize(1);
    }

    @Test
    void aFlood_isDroppedUnread() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < Commands.MESSAGES_A_MINUTE + 50; i++) {
            ids.add("f" + i);
            send(command(ids.getLast(), "restart", "roof"));
        }

        await().during(Duration.ofMillis(100)).atMost(LONG).until(() -> answers.size() >= 60);
        assertThat(answers).hasSizeLessThanOrEqualTo(Commands.MESSAGES_A_MINUTE + 1);
    }

    @Test
    void aProblemsList_isCutShort() {
        ObjectNode command = command("p", "restart", "yard");
        IntStream.range(0, 3000).forEach(i -> command.put("x" + i, i));

        assertThat(refused(command)).contains("$.x0", "and 2995 more").hasSizeLessThan(1001);
    }

    @Test
    void whatCannotBeStored_failsWithTheReason() {
        store = (_, _, _) -> new UploadOutcome.Retry("S3 answered 403 AccessDenied");
        send(command("s3", "snapshot", "yard"));

        assertThat(ended("s3"))
                .satisfies(answer -> assertThat(answer.state()).isEqualTo(State.FAILED))
                .satisfies(answer -> assertThat(answer.detail()).contains("could not be stored", "403 AccessDenied"));
        assertThat(folder.resolve("clips")).isEmptyDirectory();
    }

    @Test
    void whatCouldNotBeSaid_isSaidOnceThereIsAConnection() throws Exception {
        connected = false;
        send(command("s4", "snapshot", "yard"));
        await().atMost(LONG).until(() -> Files.exists(folder.resolve("audit.jsonl")) && audit().size() == 2);
        assertThat(answers).isEmpty();
        connected = true;
        commands.connected();

        assertThat(answers).hasSize(1);
        assertThat(answers.getFirst().state()).isEqualTo(State.DONE);
    }

    @Test
    void whatIsUnderWay_failsWhenTheAgentStops() {
        send(clip("c2", "yard", Instant.now(), 0, 50));
        await().atMost(LONG).until(() -> of("c2").size() == 1);
        commands.close();

        assertThat(ended("c2").detail()).isEqualTo("the agent stopped before it was done");
    }

    @Test
    void whatAnEarlierRunLeft_isRemoved_andTheAuditGoesOn_withinItsBounds() throws Exception {
        Path left = folder.resolve("clips/old.mp4.tmp");
        Files.write(left, new byte[10]);
        commands.close();
        commands = commands(cameras, PATIENCE);
        assertThat(left).doesNotExist();

        AuditFile audit = new AuditFile(folder, 1000);
        CommandAnswer answer =
                new CommandAnswer("a", null, "yard", null, State.REFUSED, "no", null, null, null, Instant.EPOCH);
        IntStream.range(0, 30).forEach(_ -> audit.add(answer));
        assertThat(Files.size(folder.resolve("audit.jsonl"))).isBetween(1L, 1000L);
        assertThat(Files.size(folder.resolve("audit.1.jsonl"))).isBetween(900L, 1000L);
    }

    @Test
    void aBucketOfTokensFillsWithTime() {
        long[] now = {0};
        TokenBucket bucket = new TokenBucket(2, Duration.ofSeconds(2), () -> now[0]);

        assertThat(bucket.take()).isTrue();
        assertThat(bucket.take()).isTrue();
        assertThat(bucket.take()).isFalse();
        now[0] += 600_000_000;
        assertThat(bucket.take()).isFalse();
        assertThat(bucket.untilNext()).isEqualTo(Duration.ofMillis(400));
        now[0] += 400_000_000;
        assertThat(bucket.take()).isTrue();
        now[0] += 10_000_000_000L;
        assertThat(bucket.take() && bucket.take() && !bucket.take())
                .as("no more are saved up")
                .isTrue();
    }
}
