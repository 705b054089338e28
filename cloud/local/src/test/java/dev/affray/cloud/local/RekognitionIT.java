package dev.affray.cloud.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.affray.document.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Frames are judged by what answers as Rekognition, with the user's own credentials. */
class RekognitionIT {
    private static final String MODEL =
            "arn:aws:rekognition:eu-west-1:111122223333:project/fights/version/fights.1/1700000000000";

    @TempDir
    Path folder;

    private final List<JsonNode> asked = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer rekognition;
    private volatile int status = 200;
    private volatile String answer = "{}";

    @BeforeEach
    void start() throws IOException {
        rekognition = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        rekognition.setExecutor(threads);
        rekognition.createContext("/", this::answer);
        rekognition.start();
    }

    @AfterEach
    void stop() {
        rekognition.stop(0);
        threads.shutdownNow();
    }

    /** Two cameras: one with too few pictures a second for a score, and one where somebody just walks by. */
    @Test
    void tellsTheCostFirst_asksAboutFramesThatTheEdgeScoreDoesNotDismiss_andRaisesTheAlarm() throws Exception {
        answer = """
                {"ModerationModelVersion": "7.0",
                 "ModerationLabels": [{"Name": "Physical Violence", "Confidence": 97.5, "TaxonomyLevel": 3}]}""";
        Path unscored = video("unscored.mp4", "testsrc=size=320x240:rate=5", 4);
        Path calm = video(
                "calm.mp4",
                "color=gray:size=320x240:rate=10[a];color=red:size=40x80:rate=10[b];[a][b]overlay=x='20+40*t':y=80:shortest=1",
                6);
        Path report = folder.resolve("report.json");

        try (LocalProcess local = LocalProcess.startWith(
                aws(),
                folder.resolve("data"),
                "--detector",
                "rekognition-moderation",
                "--aws-region",
                "eu-central-1",
                "--from-edge-score",
                "60",
                "--camera",
                "door=" + unscored,
                "--camera",
                "yard=" + calm,
                "--until-idle",
                "--report",
                report.toString())) {
            assertThat(local.exitWithin(Duration.ofSeconds(180)))
                    .as(local.said())
                    .isZero();
            assertThat(local.out())
                    .anyMatch(line -> line.contains("detector rekognition-moderation from edge score 60"))
                    .anyMatch(line -> line.contains("cost     at most $28.80 an hour"))
                    .anyMatch(line -> line.contains("door: POSSIBLE FIGHT, confidence 98"));
            assertThat(local.said()).doesNotContain("not-a-real-secret");
        }

        JsonNode told = Json.tree(Files.readAllBytes(report));
        long byRekognition = told.at("/judgedBy/rekognition-moderation").asLong();
        // One more was asked before the cameras began: whether it may be asked.
        assertThat(asked).hasSize((int) byRekognition + 1);
        assertThat(byRekognition)
                .isGreaterThanOrEqualTo(told.at("/cameras/0/detections").asLong())
                .isGreaterThan(3);
        // All of the yard but what came before there could be a score.
        assertThat(told.at("/judgedBy/edge-score").asLong())
                .isGreaterThan(5)
                .isLessThan(told.at("/cameras/1/detections").asLong());
        assertThat(asked).allSatisfy(request -> {
            byte[] jpeg = request.at("/Image/Bytes").binaryValue();
            assertThat(jpeg).startsWith(0xFF, 0xD8, 0xFF);
            assertThat(request.at("/Image/S3Object").isMissingNode()).isTrue();
        });
        assertThat(authorizations)
                .allMatch(header -> header.contains("Credential=AKIDEXAMPLE/")
                        && header.contains("/eu-central-1/rekognition/aws4_request"));
    }

    @Test
    void whoMayNotAskIsToldBeforeAnyCameraRuns() throws Exception {
        status = 400;
        answer = """
                {"__type": "AccessDeniedException", "Message": "User: arn:aws:iam::111122223333:user/x is not authorized"}""";

        try (LocalProcess local = LocalProcess.startWith(
                aws(),
                folder.resolve("data"),
                "--detector",
                "rekognition-custom-labels",
                "--model",
                MODEL,
                "--label",
                "fight",
                "--camera",
                "door=rtsp://127.0.0.1:1/stream")) {
            assertThat(local.exitWithin(Duration.ofSeconds(180)))
                    .as(local.said())
                    .isEqualTo(1);
            await().untilAsserted(() -> assertThat(local.err()).isNotEmpty());
            assertThat(local.err())
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .contains("AccessDeniedException", "grant the detector's action")
                            .doesNotContain("111122223333"));
            assertThat(local.out())
                    .anyMatch(line -> line.contains("cost     $4.00 an hour for each inference unit"))
                    .noneMatch(line -> line.matches("\\d\\d:\\d\\d:\\d\\d +door: .*"));
        }
        assertThat(asked.getFirst().path("ProjectVersionArn").asText()).isEqualTo(MODEL);
    }

    private Path video(String name, String source, int seconds) throws Exception {
        Path video = folder.resolve(name);
        Tools.ffmpeg(
                "-f", "lavfi", "-i", source, "-t", String.valueOf(seconds), "-pix_fmt", "yuv420p", video.toString());
        return video;
    }

    private Map<String, String> aws() {
        return Map.of(
                "AWS_ENDPOINT_URL_REKOGNITION",
                "http://127.0.0.1:" + rekognition.getAddress().getPort(),
                "AWS_ACCESS_KEY_ID",
                "AKIDEXAMPLE",
                "AWS_SECRET_ACCESS_KEY",
                "not-a-real-secret",
                "AWS_CONFIG_FILE",
                folder.resolve("none").toString(),
                "AWS_SHARED_CREDENTIALS_FILE",
                folder.resolve("none").toString());
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(Json.tree(exchange.getRequestBody().readAllBytes()));
        authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
        byte[] body = answer.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
