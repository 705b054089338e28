package dev.affray.cloud.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.document.Json;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** {@code affray-agent cameras} and {@code check}, as they are installed, against a local edition that runs, its agent and a camera. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OperateIT {
    @TempDir
    static Path folder;

    private static LocalProcess local;
    private static Process camera;
    private static String url;
    private static int gatewayPort;

    /** @param all what it said, on both outputs */
    private record Said(int code, String out, String all) {}

    @BeforeAll
    static void start() throws Exception {
        Path video = folder.resolve("bar.mp4");
        Tools.ffmpeg(
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=320x240:rate=10:duration=60",
                "-c:v",
                "libx264",
                "-g",
                "10",
                "-pix_fmt",
                "yuv420p",
                video.toString());
        camera = Tools.rtspServer(video);
        BufferedReader said = camera.inputReader();
        url = "rtsp://127.0.0.1:" + said.readLine() + "/stream";
        gatewayPort = threeFreePorts();
        local = LocalProcess.start(
                folder.resolve("data"),
                "--camera",
                "door=" + url,
                "--serial",
                "4711",
                "--gateway-port",
                Integer.toString(gatewayPort));
        await().atMost(Duration.ofSeconds(180))
                .untilAsserted(
                        () -> assertThat(local.frames("door")).as(local.said()).isNotEmpty());
    }

    @AfterAll
    static void close() throws Exception {
        // Not there where the camera's server is not installed, and the tests are skipped.
        if (local != null) {
            local.close();
        }
        if (camera != null) {
            camera.destroyForcibly();
        }
    }

    /** As in AWS, but for the endpoint. */
    private static Said listWithTheUsualEnvironment() throws IOException, InterruptedException {
        JsonNode told = Json.tree(Files.readAllBytes(folder.resolve("data/administrator.json")));
        return agent(
                Map.of(
                        "AWS_ENDPOINT_URL_IOT_DATA_PLANE", told.path("endpoint").asText(),
                        "AWS_REGION", told.path("region").asText(),
                        "AWS_ACCESS_KEY_ID", told.path("accessKeyId").asText(),
                        "AWS_SECRET_ACCESS_KEY", told.path("secretAccessKey").asText()),
                "cameras",
                "list",
                "--thing",
                Edition.THING);
    }

    private static Said agent(String... arguments) throws IOException, InterruptedException {
        return agent(Map.of(), arguments);
    }

    private static Said agent(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(Path.of(System.getProperty("affray.local"), "agent/bin/affray-agent")
                        .toString()));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(folder, "out", "");
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out.toFile());
        builder.environment().put("AFFRAY_JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        String said = Files.readString(out);
        return new Said(code, said, said + err);
    }

    private static Said cameras(String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("cameras"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--local", folder.resolve("data").toString()));
        return agent(all.toArray(String[]::new));
    }

    @Test
    @Order(1)
    void aChangeIsInForceOnTheRunningAgent_whenTheCommandReturns() throws Exception {
        Said list = cameras("list");
        assertThat(list.code()).as(list.all()).isZero();
        assertThat(list.out()).containsPattern("door +door +127\\.0\\.0\\.1 +in force");

        Said set = cameras("set", "door", "sampling.fps=4", "name=Front door");
        assertThat(set.code()).as(set.all()).isZero();
        assertThat(set.out())
                .contains("sampling.fps: (not set) -> 4", "name: \"door\" -> \"Front door\"", "reported after");
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(local.status().at("/cameras/0/name").asText())
                                .isEqualTo("Front door"));
    }

    @Test
    @Order(2)
    void aChangeThatOnlyTheGatewayCanJudge_isRefusedWithItsPath_andTheCameraGoesOn() throws Exception {
        Said set = cameras("set", "door", "source.secret=secret:nobody");

        assertThat(set.code()).as(set.all()).isEqualTo(1);
        assertThat(set.all()).contains("REFUSED by the gateway", "$.source.secret: names 'nobody'");
        Said back = cameras("set", "door", "source.secret=null");
        assertThat(back.code()).as(back.all()).isZero();
    }

    @Test
    @Order(3)
    void aCameraComesAndGoes_whileTheAgentRuns() throws Exception {
        Said add =
                cameras("add", "roof", "--name", "Roof", "--url", url, "--site", "School", "--zone", "Europe/Berlin");
        assertThat(add.code()).as(add.all()).isZero();
        await().atMost(Duration.ofSeconds(120))
                .untilAsserted(
                        () -> assertThat(local.frames("roof")).as(local.said()).isNotEmpty());

        Said remove = cameras("remove", "roof");
        assertThat(remove.code()).as(remove.all()).isZero();
        assertThat(listWithTheUsualEnvironment().out()).contains("door").doesNotContain("roof");
    }

    @Test
    @Order(4)
    void aSnapshotAndAClipOfNow_lieInTheBucket_whenTheCommandReturns() throws Exception {
        Said snapshot = cameras("snapshot", "door", "--by", "k.meyer");
        assertThat(snapshot.code()).as(snapshot.all()).isZero();
        BufferedImage picture = ImageIO.read(object(snapshot).toFile());
        assertThat(picture.getWidth()).isEqualTo(320);

        Said clip = cameras("clip", "door", "--before", "3", "--after", "1");
        assertThat(clip.code()).as(clip.all()).isZero();
        assertThat(clip.all()).contains("camera door: done after");
        assertThat(Tools.ffprobe(object(clip))).contains("codec_name=h264", "width=320");

        Said restart = cameras("restart", "door");
        assertThat(restart.code()).as(restart.all()).isZero();
        assertThat(restart.all()).contains("connected to anew; it is STREAMING");
        Said refused = cameras("snapshot", "cellar");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.all()).contains("refused after", "this gateway serves no camera cellar");
        assertThat(Files.readAllLines(folder.resolve("data/agent/data/audit.jsonl")))
                .hasSize(7)
                .first()
                .asString()
                .contains("\"by\":\"k.meyer\"", "ACCEPTED");
    }

    private static Path object(Said said) {
        Path object =
                folder.resolve("data/frames/affray-frames").resolve(said.out().strip());
        assertThat(object).exists();
        return object;
    }

    @Test
    @Order(5)
    void theDoctorFindsNothingWrong_andLeavesTheRunningAgentItsConnection() throws Exception {
        String config = folder.resolve("data/agent/agent.yaml").toString();
        Said check = agent("check", "--config", config);

        assertThat(check.code()).as(check.all()).isZero();
        assertThat(check.out())
                .contains("ok    certificate", "ok    credentials", "ok    s3 put", "ok    s3 get")
                .contains("skip  mqtt connect: the agent runs")
                .containsPattern(
                        "ok    camera door: rtsp://127\\.0\\.0\\.1:\\d+/.*h264 320x240.*a key picture every 1\\.0 s");
        assertThat(folder.resolve("data/frames/affray-frames/clips/this-machine/check"))
                .exists();
    }

    @Test
    @Order(6)
    void theDoctorMayTakeTheConnection_andTheAgentIsBackAfterwards() throws Exception {
        String config = folder.resolve("data/agent/agent.yaml").toString();
        Said check = agent("check", "--config", config, "--disconnect", "--json");

        JsonNode report = Json.tree(check.out());
        assertThat(report.path("thing").asText()).isEqualTo(Edition.THING);
        assertThat(report.path("checks").findValuesAsText("subject")).contains("mqtt connect", "mqtt publish");
        assertThat(report.path("checks")
                        .valueStream()
                        .filter(c -> c.path("subject").asText().equals("mqtt connect"))
                        .findFirst()
                        .orElseThrow()
                        .path("outcome")
                        .asText())
                .as(check.all())
                .isEqualTo("OK");
        Said set = cameras("set", "door", "sampling.fps=3");
        assertThat(set.code()).as("the agent is connected again: " + set.all()).isZero();
    }

    @Test
    @Order(6)
    void aCameraThatIsDisarmedForAWhileTakesNoFrames_andIsArmedAgainByItself() throws Exception {
        Instant until = Instant.now().plusSeconds(20).truncatedTo(ChronoUnit.SECONDS);
        Said set = cameras("set", "door", "arming.override={\"armed\": \"never\", \"until\": \"" + until + "\"}");
        assertThat(set.code()).as(set.all()).isZero();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(local.status().at("/cameras/0/state").asText())
                                .isEqualTo("DISARMED"));
        Instant disarmed = Instant.now();

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(captured("door")).as(local.said()).anyMatch(at -> !at.isBefore(until)));

        assertThat(disarmed).as("this machine is too slow for this test").isBefore(until);
        assertThat(captured("door")).noneMatch(at -> at.isAfter(disarmed) && at.isBefore(until));
    }

    private static List<Instant> captured(String camera) throws IOException {
        return local.frames(camera).stream()
                .map(file -> file.getFileName().toString())
                .map(name -> Instant.ofEpochMilli(Long.parseLong(name.substring(0, name.indexOf('-')))))
                .toList();
    }

    @Test
    @Order(7)
    void anotherGatewayIsProvisioned_byTheCommandThatIsPrinted() throws Exception {
        String printed = local.said()
                .lines()
                .filter(line -> line.strip().startsWith("affray-agent provision "))
                .findFirst()
                .orElseThrow();
        String config = folder.resolve("other/agent.yaml").toString();
        Files.createDirectory(folder.resolve("other"));
        List<String> command = new ArrayList<>(List.of(printed.strip().split(" ")));
        command.removeFirst();
        command.addAll(List.of("--config", config));
        Said provisioned = agent(command.toArray(String[]::new));
        assertThat(provisioned.code()).as(provisioned.all()).isZero();
        assertThat(Files.readString(Path.of(config)))
                .contains("thing: \"4711\"")
                .doesNotContain("CHANGE-ME");

        Said check = agent("check", "--config", config);
        assertThat(check.code()).as(check.all()).isZero();
        assertThat(check.out()).contains("ok    mqtt connect", "ok    credentials", "ok    s3 put");
        assertThat(folder.resolve("data/frames/affray-frames/clips/4711/check")).exists();
    }

    private static int threeFreePorts() throws IOException {
        for (int port = 21_000 + (int) (ProcessHandle.current().pid() % 9_000); port < 32_000; port += 3) {
            try (var _ = new ServerSocket(port);
                    var _ = new ServerSocket(port + 1);
                    var _ = new ServerSocket(port + 2)) {
                return port;
            } catch (BindException e) {
                // Somebody else has one of them.
            }
        }
        throw new IllegalStateException("no three ports in a row are free");
    }
}
