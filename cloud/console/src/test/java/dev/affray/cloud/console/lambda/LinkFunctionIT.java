package dev.affray.cloud.console.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import dev.affray.cloud.function.runtime.FunctionJar;
import dev.affray.cloud.function.runtime.FunctionProcess;
import dev.affray.cloud.function.runtime.Start;
import dev.affray.cloud.state.Detection;
import dev.affray.cloud.state.Head;
import dev.affray.cloud.state.Trigger;
import dev.affray.cloud.state.dynamodb.Dynalite;
import dev.affray.cloud.state.dynamodb.DynamoDetectionStore;
import dev.affray.cloud.state.dynamodb.DynamoIncidentStore;
import dev.affray.cloud.state.dynamodb.Tables;
import dev.affray.cloud.state.link.AlertLinks;
import dev.affray.cloud.state.link.KeyRing;
import dev.affray.document.Json;
import dev.affray.frame.CameraId;
import dev.affray.frame.Frame;
import dev.affray.frame.FrameKey;
import dev.affray.frame.Line;
import dev.affray.incident.BestFrame;
import dev.affray.incident.IncidentKind;
import dev.affray.incident.Severity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The packed function on AWS's own runtime client, with DynamoDB's stand-in and one of S3 and Secrets Manager. */
class LinkFunctionIT {
    private static final CameraId DOOR = new CameraId("gateway-1", "door");
    private static final String KEY = "k".repeat(64);

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private DynamoDbClient dynamo;
    private Tables tables;
    private HttpServer aws;

    @BeforeEach
    void open() throws IOException {
        dynamo = Dynalite.shared().client();
        tables = Tables.in(dynamo);
        aws = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        aws.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            boolean secrets = exchange.getRequestHeaders().containsKey("X-Amz-Target");
            boolean there = secrets || exchange.getRequestURI().getPath().contains("/frames/live/gateway-1/door/");
            byte[] answer = (secrets ? "{\"SecretString\":\"" + KEY + "\"}" : there ? "jpeg" : "")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(there ? 200 : 403, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        aws.start();
    }

    @AfterEach
    void close() {
        aws.stop(0);
        dynamo.close();
    }

    @Test
    void isWhatEveryFunctionsJarMustBe() throws IOException {
        System.out.println("the function's jar has " + Files.size(FunctionProcess.jar()) + " bytes");

        // A quarter of it is the client of S3, which no other function has with that of DynamoDB and a third one.
        FunctionJar.check(FunctionProcess.jar(), 17_000_000);
    }

    @Test
    void tellsAllThatIsMissing_whenItCannotStart() throws IOException {
        try (FunctionProcess process = start(Map.of("HEADS_TABLE", "heads"))) {
            assertThat(process.started())
                    .isInstanceOfSatisfying(
                            Start.Failed.class,
                            failed -> assertThat(failed.error())
                                    .contains(
                                            "INCIDENTS_TABLE is missing",
                                            "DETECTIONS_TABLE is missing",
                                            "FLEET_TABLE is missing",
                                            "BUCKET is missing",
                                            "LINK_SECRET_ARN is missing"));
        }
    }

    @Test
    void showsAnIncident_itsPicture_andTakesACharge_withoutTheLinkInItsLog() throws IOException {
        Detection frame = fight();
        Head head = incidents().head(DOOR, IncidentKind.FIGHT, Line.LIVE);
        String path = new AlertLinks(URI.create("https://x.example"), () -> KeyRing.parse(KEY), AlertLinks.LAST)
                .of(head.incidents().getFirst(), now)
                .getPath();
        try (FunctionProcess process = start(environment())) {
            System.out.println("start: " + process.started());
            JsonNode page = answer(process, "GET", path, "");
            assertThat(page.path("statusCode").asInt()).isEqualTo(200);
            assertThat(page.at("/headers/Referrer-Policy").asText()).isEqualTo("no-referrer");
            assertThat(body(page)).contains("Possible fight", "Acknowledge");

            String picture = path + "/frame/" + frame.frame().position();
            assertThat(body(answer(process, "GET", picture, ""))).isEqualTo("jpeg");
            assertThat(answer(process, "POST", path + "/acknowledge", "")
                            .path("statusCode")
                            .asInt())
                    .isEqualTo(303);
            assertThat(body(answer(process, "GET", path, "acknowledge"))).contains("role=\"status\"");
            assertThat(answer(process, "GET", "/i/forged", "")
                            .path("statusCode")
                            .asInt())
                    .isEqualTo(404);
            assertThat(answer(process, "GET", "/api/status", "")
                            .path("statusCode")
                            .asInt())
                    .isEqualTo(404);
            assertThat(process.log())
                    .anyMatch(line -> line.contains("\"LinkActions\":1"))
                    .anyMatch(line -> line.contains("\"LinksRefused\":1"))
                    .noneMatch(line -> line.contains(path.substring(3)));
        }
        assertThat(incidents()
                        .head(DOOR, IncidentKind.FIGHT, Line.LIVE)
                        .incidents()
                        .getFirst()
                        .acknowledgedBy())
                .isEqualTo("link");
    }

    @Test
    void primesBeforeASnapshot_andReadsNoSecretThen() throws IOException {
        aws.stop(0);
        try (FunctionProcess process = FunctionProcess.startWithSnapStart(
                FunctionProcess.jar(), LinkFunction.class.getName(), environment())) {
            process.snapshotTaken();
            assertThat(process.log()).anyMatch(line -> line.contains("primed for the snapshot"));
        }
    }

    private Detection fight() {
        Frame frame = new Frame(DOOR, now, 1, OptionalInt.of(90));
        Detection detection = new Detection(new FrameKey(Line.LIVE, frame), Line.LIVE, "fight", 90, "test");
        new DynamoDetectionStore(dynamo, tables.detections(), Duration.ofDays(1), Clock.systemUTC()).put(detection);
        BestFrame best = new BestFrame(detection.key().format(), 90);
        Head head = Head.empty(DOOR, IncidentKind.FIGHT, Line.LIVE)
                .with(List.of(new Trigger(now, Severity.NORMAL, List.of(best))), Duration.ofMinutes(1), now);
        assertThat(incidents().replace(head)).isTrue();
        head.changed().forEach(incidents()::project);
        return detection;
    }

    private DynamoIncidentStore incidents() {
        return new DynamoIncidentStore(
                dynamo, tables.heads(), tables.incidents(), Duration.ofDays(1), Clock.systemUTC());
    }

    private Map<String, String> environment() {
        String stand = "http://127.0.0.1:" + aws.getAddress().getPort();
        return Map.ofEntries(
                Map.entry("HEADS_TABLE", tables.heads()),
                Map.entry("INCIDENTS_TABLE", tables.incidents()),
                Map.entry("DETECTIONS_TABLE", tables.detections()),
                Map.entry("FLEET_TABLE", tables.fleet()),
                Map.entry("BUCKET", "frames"),
                Map.entry("LINK_SECRET_ARN", "arn:aws:secretsmanager:eu-west-1:111111111111:secret:links-abc"),
                Map.entry(
                        "AWS_ENDPOINT_URL_DYNAMODB",
                        Dynalite.shared().endpoint().toString()),
                Map.entry("AWS_ENDPOINT_URL_SECRETS_MANAGER", stand),
                Map.entry("AWS_ENDPOINT_URL_S3", stand));
    }

    private static FunctionProcess start(Map<String, String> environment) throws IOException {
        return FunctionProcess.start(FunctionProcess.jar(), LinkFunction.class.getName(), environment);
    }

    private static JsonNode answer(FunctionProcess process, String method, String path, String done)
            throws IOException {
        ObjectNode event = Json.MAPPER.createObjectNode();
        event.put("version", "2.0").put("rawPath", path).put("rawQueryString", done.isEmpty() ? "" : "done=" + done);
        event.putObject("headers").put("accept-language", "en");
        if (!done.isEmpty()) {
            event.putObject("queryStringParameters").put("done", done);
        }
        event.putObject("requestContext")
                .putObject("http")
                .put("method", method)
                .put("path", path);
        return Json.tree(process.invoke(event.toString()).body());
    }

    private static String body(JsonNode answer) {
        return new String(Base64.getDecoder().decode(answer.path("body").asText()), StandardCharsets.UTF_8);
    }
}
