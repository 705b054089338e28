package dev.affray.cloud.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.affray.camera.CameraConfig;
import dev.affray.camera.GatewayConfig;
import dev.affray.cloud.local.pki.Authority;
import dev.affray.cloud.local.pki.GatewayIdentity;
import dev.affray.document.Json;
import dev.affray.frame.CameraId;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iotdataplane.IotDataPlaneClient;

/**
 * Forty gateways of four cameras each, whole agents in one process, at a local edition as it is installed. Their cameras' documents are changed all the
 * while, over the data plane as an administrator does; in the middle the process is killed, and started again a little later.
 * {@code -Daffray.fleet.minutes=10 -Daffray.fleet.gateways=40 -Daffray.fleet.cameras=4} unless told otherwise.
 */
@Tag("fleet")
class ManyGatewaysIT {
    private static final int MINUTES = Integer.getInteger("affray.fleet.minutes", 10);
    private static final int GATEWAYS = Integer.getInteger("affray.fleet.gateways", 40);
    private static final int CAMERAS = Integer.getInteger("affray.fleet.cameras", 4);
    private static final long SEED = 1;

    /** Between two changes of some camera. */
    private static final long PAUSE_MILLIS = 500;

    private static final Duration DEAD = Duration.ofSeconds(20);

    /** Longer than two health reports are apart. */
    private static final Duration SETTLES_WITHIN = Duration.ofMinutes(3);

    @TempDir
    Path folder;

    private final Random random = new Random(SEED);

    /** What was sent last and is not yet reported in force. */
    private final Map<CameraId, Sent> waiting = new LinkedHashMap<>();

    private final List<Duration> atStart = new ArrayList<>();
    private final List<Duration> took = new ArrayList<>();
    private final List<Duration> tookWithoutGateway = new ArrayList<>();
    private Instant killed = Instant.MAX;
    private Instant back = Instant.MAX;
    private long changes;

    /** @param at when the oldest change came that is not in force yet */
    private record Sent(long version, Instant at) {}

    @Test
    void noChangeIsLost_andThePageShowsTheHealthOfAll() throws Exception {
        Path film = film();
        try (LocalProcess local = LocalProcess.start(folder.resolve("data"))) {
            await().atMost(Duration.ofMinutes(3))
                    .ignoreExceptions()
                    .until(() -> local.status().path("cameras").size() == 1);
            List<CameraId> cameras = enrol();
            try (IotDataPlaneClient plane = plane()) {
                write(plane, cameras);
                Process process = start(film);
                try {
                    awaitAll(local, cameras);
                    look(plane);
                    atStart.addAll(took);
                    took.clear();
                    Instant begin = Instant.now();
                    change(
                            plane,
                            cameras,
                            begin.plus(Duration.ofMinutes(MINUTES).dividedBy(2)));
                    killed = Instant.now();
                    process.destroyForcibly().waitFor();
                    change(plane, cameras, Instant.now().plus(DEAD));
                    process = start(film);
                    awaitAll(local, cameras);
                    look(plane);
                    back = Instant.now();
                    change(plane, cameras, begin.plus(Duration.ofMinutes(MINUTES)));
                    await().atMost(SETTLES_WITHIN)
                            .pollInterval(Duration.ofSeconds(1))
                            .untilAsserted(() -> {
                                look(plane);
                                assertThat(waiting).isEmpty();
                            });
                    awaitAll(local, cameras);
                    tell(local, process);
                    process.getOutputStream().close();
                    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
                    assertThat(process.exitValue()).isZero();
                } finally {
                    process.destroyForcibly();
                }
            }
        }
    }

    private void tell(LocalProcess local, Process process) throws IOException {
        System.out.printf(
                "%d gateways, %d cameras, %d min: %d changes, none lost; in force at the start after %s, then after %s, with a kill of the gateways and %d s without them in between after %s; agents %s%n",
                GATEWAYS,
                GATEWAYS * CAMERAS,
                MINUTES,
                changes,
                figures(atStart),
                figures(took),
                DEAD.toSeconds(),
                figures(tookWithoutGateway),
                resident(process.toHandle()));
        Files.write(Path.of("target", "fleet-status.json"), local.get("api/status"));
    }

    private static String figures(List<Duration> all) {
        all.sort(Duration::compareTo);
        return "%d ms (median of %d), %d ms (95 of 100), %d ms at most"
                .formatted(
                        all.get(all.size() / 2).toMillis(),
                        all.size(),
                        all.get(all.size() * 95 / 100).toMillis(),
                        all.getLast().toMillis());
    }

    private static String resident(ProcessHandle process) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                        .filter(line -> line.startsWith("VmRSS"))
                        .findFirst()
                        .orElse("")
                + ", CPU "
                + process.info().totalCpuDuration().orElse(Duration.ZERO).toSeconds() + " s";
    }

    /** A still scene in which something moves for two seconds of each half minute. */
    private Path film() throws Exception {
        Path film = folder.resolve("film.mp4");
        Tools.ffmpeg(
                "-f",
                "lavfi",
                "-i",
                "color=gray:size=160x120:rate=5:duration=30[a];color=red:size=20x40:rate=5:duration=30[b];[a][b]overlay=x='if(between(t,10,12),20+30*(t-10),20)':y=40",
                "-c:v",
                "libx264",
                "-g",
                "5",
                "-pix_fmt",
                "yuv420p",
                film.toString());
        return film;
    }

    /** Gives each gateway its certificate and its agent.yaml. */
    private List<CameraId> enrol() throws IOException {
        Authority authority = Authority.open(folder.resolve("data/authority"));
        String own = Files.readString(folder.resolve("data/agent/agent.yaml"));
        List<CameraId> cameras = new ArrayList<>();
        for (int i = 1; i <= GATEWAYS; i++) {
            String thing = "gateway-%02d".formatted(i);
            GatewayIdentity identity = authority.gateway(thing);
            Path home = Files.createDirectories(folder.resolve("gateways").resolve(thing));
            Files.writeString(
                    home.resolve("agent.yaml"),
                    own.replaceFirst("(?m)^thing:.*$", "thing: " + thing)
                            .replaceFirst("(?m)^data:.*$", "data: " + home.resolve("data"))
                            .replaceFirst("(?m)^  certificate:.*$", "  certificate: " + identity.certificatePem())
                            .replaceFirst("(?m)^  privateKey:.*$", "  privateKey: " + identity.privateKeyPem())
                            .replaceFirst("(?m)^secrets:.*$", ""));
            IntStream.rangeClosed(1, CAMERAS).forEach(c -> cameras.add(new CameraId(thing, "c" + c)));
        }
        return cameras;
    }

    private IotDataPlaneClient plane() throws IOException {
        JsonNode told = Json.tree(Files.readAllBytes(folder.resolve("data/administrator.json")));
        return IotDataPlaneClient.builder()
                .region(Region.of(told.path("region").asText()))
                .endpointOverride(URI.create(told.path("endpoint").asText()))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        told.path("accessKeyId").asText(),
                        told.path("secretAccessKey").asText())))
                .build();
    }

    private Process start(Path film) throws IOException {
        Path home = Path.of(System.getProperty("affray.local")).resolve("agent");
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx2g",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        home.resolve("lib") + "/*:" + System.getProperty("affray.agent.test"),
                        "dev.affray.agent.ManyGateways",
                        film.toString(),
                        Integer.toString(CAMERAS),
                        folder.resolve("gateways").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        Path.of("target", "fleet-agents.log").toFile()))
                .start();
    }

    private void write(IotDataPlaneClient plane, List<CameraId> cameras) {
        for (CameraId camera : cameras) {
            ObjectNode document = Json.MAPPER.createObjectNode();
            document.put("name", camera.toString()).put("score", "off");
            document.putObject("site").put("name", camera.thing()).put("zone", "Europe/Berlin");
            update(plane, camera, document);
        }
        for (int first = 0; first < cameras.size(); first += CAMERAS) {
            ObjectNode gateway = Json.MAPPER.createObjectNode();
            ArrayNode ids = gateway.putArray("cameras");
            cameras.subList(first, first + CAMERAS).forEach(camera -> ids.add(camera.camera()));
            update(plane, cameras.get(first).thing(), GatewayConfig.SHADOW_NAME, gateway);
        }
    }

    /** Changes cameras by lot, and looks what has come into force. */
    private void change(IotDataPlaneClient plane, List<CameraId> cameras, Instant until) throws InterruptedException {
        while (Instant.now().isBefore(until)) {
            CameraId camera = cameras.get(random.nextInt(cameras.size()));
            ObjectNode document = Json.MAPPER.createObjectNode();
            document.put("name", "change " + ++changes);
            document.putObject("sampling").put("fps", 1 + random.nextInt(20) / 10.0);
            update(plane, camera, document);
            Thread.sleep(PAUSE_MILLIS);
            look(plane);
        }
    }

    private void update(IotDataPlaneClient plane, CameraId camera, ObjectNode document) {
        long version = update(plane, camera.thing(), CameraConfig.shadowName(camera.camera()), document);
        waiting.merge(camera, new Sent(version, Instant.now()), (old, newer) -> new Sent(newer.version(), old.at()));
    }

    private static long update(IotDataPlaneClient plane, String thing, String shadow, ObjectNode desired) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.putObject("state").set("desired", desired);
        return Json.tree(plane.updateThingShadow(r -> r.thingName(thing)
                                .shadowName(shadow)
                                .payload(SdkBytes.fromUtf8String(Json.write(body))))
                        .payload()
                        .asByteArray())
                .path("version")
                .asLong();
    }

    /** A camera has waited enough when the document reported in force is the last one that was sent, or a later one. */
    private void look(IotDataPlaneClient plane) {
        Instant now = Instant.now();
        waiting.entrySet().removeIf(entry -> {
            CameraId camera = entry.getKey();
            JsonNode shadow = Json.tree(plane.getThingShadow(
                            r -> r.thingName(camera.thing()).shadowName(CameraConfig.shadowName(camera.camera())))
                    .payload()
                    .asByteArray());
            JsonNode reported = shadow.at("/state/reported");
            assertThat(reported.path("refused").isEmpty())
                    .as("%s: %s", camera, reported)
                    .isTrue();
            boolean inForce =
                    reported.path("version").asLong() >= entry.getValue().version();
            if (inForce) {
                Instant sent = entry.getValue().at();
                boolean met = now.isAfter(killed) && sent.isBefore(back);
                (met ? tookWithoutGateway : took).add(Duration.between(sent, now));
            }
            return inForce;
        });
    }

    private static void awaitAll(LocalProcess local, List<CameraId> cameras) {
        await().atMost(SETTLES_WITHIN).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
            JsonNode status = local.status();
            for (CameraId camera : cameras) {
                JsonNode shown = status.path("cameras")
                        .valueStream()
                        .filter(c -> c.path("id").asText().equals(camera.toString()))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError(camera + " is not on the page"));
                assertThat(shown.path("state").asText()).as(camera.toString()).isEqualTo("STREAMING");
                assertThat(shown.path("gatewayOnline").asBoolean()).isTrue();
            }
            assertThat(status.path("gateways")
                            .valueStream()
                            .filter(g -> g.path("online").asBoolean()))
                    .hasSize(GATEWAYS + 1);
        });
    }
}
