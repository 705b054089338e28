package dev.affray.cloud.local.iot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.document.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iotdataplane.IotDataPlaneClient;
import software.amazon.awssdk.services.iotdataplane.model.ConflictException;
import software.amazon.awssdk.services.iotdataplane.model.InvalidRequestException;
import software.amazon.awssdk.services.iotdataplane.model.IotDataPlaneException;
import software.amazon.awssdk.services.iotdataplane.model.RequestEntityTooLargeException;
import software.amazon.awssdk.services.iotdataplane.model.ResourceNotFoundException;

/** The data plane, as AWS's own client finds it. */
class DataPlaneTest {
    @TempDir
    Path folder;

    private final List<String> messages = new ArrayList<>();
    private ShadowService shadows;
    private DataPlane plane;
    private JsonNode told;
    private IotDataPlaneClient client;

    @BeforeEach
    void open() throws IOException {
        shadows = ShadowService.open(folder.resolve("shadows"));
        shadows.attach(new ShadowService.Outlet() {
            @Override
            public void publish(String topic, byte[] payload) {
                messages.add(topic.substring(topic.indexOf("/name/") + 6));
            }

            @Override
            public void documents(String thing, String name, byte[] documents) {}
        });
        start(Clock.systemUTC());
    }

    private void start(Clock clock) throws IOException {
        plane = DataPlane.start(
                0,
                "eu-west-1",
                shadows,
                () -> {
                    throw new IOException("there is no broker");
                },
                clock);
        Path file = folder.resolve("administrator.json");
        plane.tellAdministrators(file, "gw");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        told = Json.tree(Files.readAllBytes(file));
        client = client(
                told.path("accessKeyId").asText(), told.path("secretAccessKey").asText());
    }

    private IotDataPlaneClient client(String id, String secret) {
        return IotDataPlaneClient.builder()
                .region(Region.of(told.path("region").asText()))
                .endpointOverride(URI.create(told.path("endpoint").asText()))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(id, secret)))
                .build();
    }

    @AfterEach
    void close() {
        client.close();
        plane.close();
    }

    private JsonNode update(String shadow, String body) {
        return Json.tree(client.updateThingShadow(
                        request -> request.thingName("gw").shadowName(shadow).payload(SdkBytes.fromUtf8String(body)))
                .payload()
                .asByteArray());
    }

    private JsonNode get(String shadow) {
        return Json.tree(
                client.getThingShadow(request -> request.thingName("gw").shadowName(shadow))
                        .payload()
                        .asByteArray());
    }

    @Test
    void readsWritesAndDeletesShadows_andGatewaysHearOfIt() {
        assertThat(update("camera-1", "{\"state\":{\"desired\":{\"name\":\"Höf\",\"a\":1}}}")
                        .path("version")
                        .asLong())
                .isEqualTo(1);
        assertThat(messages)
                .containsExactly("camera-1/update/accepted", "camera-1/update/delta", "camera-1/update/documents");
        messages.clear();

        JsonNode held = get("camera-1");
        assertThat(held.at("/state/desired").toString()).isEqualTo("{\"name\":\"Höf\",\"a\":1}");
        assertThat(held.path("version").asLong()).isEqualTo(1);
        assertThat(held.path("timestamp").asLong()).isPositive();
        assertThat(messages).as("nobody asked by MQTT").isEmpty();

        update("camera-1", "{\"state\":{\"desired\":{\"a\":null}},\"version\":1}");
        assertThat(shadows.get("gw", "camera-1").orElseThrow().desired()).isEqualTo(Json.tree("{\"name\":\"Höf\"}"));

        var _ = client.deleteThingShadow(request -> request.thingName("gw").shadowName("camera-1"));
        assertThat(shadows.get("gw", "camera-1")).isEmpty();
        assertThat(messages).endsWith("camera-1/delete/accepted");
    }

    @Test
    void refusesInAwssOwnWords() {
        assertThatThrownBy(() -> get("none")).isInstanceOf(ResourceNotFoundException.class);
        update("s", "{\"state\":{\"desired\":{\"a\":1}}}");
        assertThatThrownBy(() -> update("s", "{\"state\":{\"desired\":{\"a\":2}},\"version\":7}"))
                .isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> update("s", "{")).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> update("s", "")).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> update("s", "{\"state\":{\"desired\":{\"a\":\"" + "x".repeat(9000) + "\"}}}"))
                .isInstanceOf(RequestEntityTooLargeException.class);
        assertThatThrownBy(() -> update("s", " ".repeat(70_000))).isInstanceOf(RequestEntityTooLargeException.class);
        assertThatThrownBy(() -> get("a b")).isInstanceOf(InvalidRequestException.class);
        assertThat(get("s").at("/state/desired/a").asInt()).isEqualTo(1);
    }

    @Test
    void answersNobody_whoseSignatureIsNotTheAdministrators() throws Exception {
        update("s", "{\"state\":{\"desired\":{\"a\":1}}}");
        String id = told.path("accessKeyId").asText();
        String secret = told.path("secretAccessKey").asText();
        for (IotDataPlaneClient stranger : List.of(client(id, secret + "x"), client("OTHER", secret))) {
            try (stranger) {
                assertThatThrownBy(() -> stranger.getThingShadow(
                                request -> request.thingName("gw").shadowName("s")))
                        .isInstanceOfSatisfying(
                                IotDataPlaneException.class,
                                refused -> assertThat(refused.statusCode()).isEqualTo(403));
            }
        }
        try (HttpClient plain = HttpClient.newHttpClient()) {
            URI uri = URI.create(told.path("endpoint").asText() + "/things/gw/shadow?name=s");
            assertThat(plain.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    void answersNoSignature_thatIsOld() throws IOException {
        client.close();
        plane.close();
        start(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(16)));

        assertThatThrownBy(() -> get("s"))
                .isInstanceOfSatisfying(
                        IotDataPlaneException.class,
                        refused -> assertThat(refused.awsErrorDetails().errorMessage())
                                .startsWith("Signature expired"));
    }

    @Test
    void countsWhatIsSigned_andNotWhatWasPutInItsPlace() {
        String body = "{\"state\":{\"desired\":{\"a\":1}}}";
        SignedRequest signed = new SignedRequest(
                "POST",
                URI.create("/things/gw/shadow?name=s"),
                name -> switch (name) {
                    case "Authorization" ->
                        "AWS4-HMAC-SHA256 Credential=ID/20261121/eu-west-1/iotdata/aws4_request, SignedHeaders=x-amz-date, Signature="
                                + "0".repeat(64);
                    case "X-Amz-Date" -> "20261121T000000Z";
                    default -> null;
                },
                body.getBytes(StandardCharsets.UTF_8));
        Clock then = Clock.fixed(Instant.parse("2026-11-21T00:00:00Z"), ZoneOffset.UTC);

        assertThat(signed.complaint("ID", "secret", "iotdata", then))
                .hasValue("The headers host and x-amz-date must be signed");
        assertThat(signed.complaint("ID", "secret", "s3", then))
                .hasValueSatisfying(text -> assertThat(text).contains("of another service"));
    }
}
