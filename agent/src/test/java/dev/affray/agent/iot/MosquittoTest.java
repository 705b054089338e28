package dev.affray.agent.iot;

import static dev.affray.agent.iot.TestGateway.document;
import static dev.affray.agent.iot.TestGateway.list;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.affray.document.Json;
import dev.affray.health.CameraState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What may befall the shadows in the years of an installation, against Debian's Mosquitto and a responder that follows AWS's documents. */
@Execution(ExecutionMode.CONCURRENT)
class MosquittoTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Duration PACE = Duration.ofMillis(500);
    private static final String SHADOW = "camera-yard";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @TempDir
    static Path shared;

    private static Mosquitto broker;
    private static ShadowResponder cloud;
    private static CountedCamera camera;

    @TempDir
    Path folder;

    private String thing;
    private String path;
    private TestGateway gateway;

    @BeforeAll
    static void startTheCloud() throws Exception {
        broker = new Mosquitto(shared);
        cloud = new ShadowResponder(broker);
        camera = new CountedCamera();
    }

    @AfterAll
    static void stopTheCloud() throws Exception {
        if (camera != null) {
            camera.close();
        }
        if (cloud != null) {
            cloud.close();
        }
        if (broker != null) {
            broker.close();
        }
    }

    @BeforeEach
    void open() throws IOException {
        thing = "gateway-" + NUMBER.incrementAndGet();
        path = thing;
        gateway = new TestGateway(folder, thing, broker, PACE);
    }

    @AfterEach
    void close() throws IOException {
        gateway.close();
    }

    private ObjectNode good(String name) {
        return document(name, camera.url(path));
    }

    private JsonNode reported(String shadow) {
        return cloud.state(thing, shadow).path("reported");
    }

    private void awaitInForce(String shadow, long version) {
        await().atMost(PATIENCE).until(() -> reported(shadow).path("version").asLong() == version);
    }

    private void awaitRefused(String shadow, long version) {
        await().atMost(PATIENCE)
                .until(() -> reported(shadow).path("refused").path("version").asLong() == version);
    }

    private void awaitFrames(int more) {
        long before = gateway.frames("yard");
        await().atMost(PATIENCE).until(() -> gateway.frames("yard") >= before + more);
    }

    /** A gateway with one camera that runs, and the version in force. */
    private long serveYard() {
        cloud.put(thing, "gateway", list("yard"));
        long version = cloud.put(thing, SHADOW, good("Yard"));
        gateway.start();
        awaitInForce(SHADOW, version);
        awaitFrames(2);
        return version;
    }

    private long got() {
        return cloud.events("got")
                .filter(event -> event.path("thing").asText().equals(thing))
                .count();
    }

    private String nameInForce() {
        return gateway.lastGood.document(SHADOW).orElseThrow().path("name").asText();
    }

    @Test
    void reportsTheVersionAndHashOfWhatIsInForce_andEveryProblemOfWhatIsNot() {
        long version = serveYard();
        assertThat(reported(SHADOW))
                .isEqualTo(Json.tree("{\"version\":" + version + ",\"hash\":\"" + Json.hash(good("Yard")) + "\"}"));
        int opened = camera.opened(path);

        ObjectNode bad = good("Yard");
        bad.putObject("sampling").put("fps", "2").put("mode", "all");
        bad.put("colour", "red");
        long refused = cloud.put(thing, SHADOW, bad);
        awaitRefused(SHADOW, refused);

        JsonNode report = reported(SHADOW);
        assertThat(report.path("version").asLong()).isEqualTo(version);
        assertThat(report.path("refused").path("problems").findValuesAsText("path"))
                .containsExactlyInAnyOrder("$.sampling.fps", "$.sampling.mode", "$.colour");
        awaitFrames(2);
        assertThat(camera.opened(path)).isEqualTo(opened);

        long taken = cloud.put(thing, SHADOW, good("Yard, north"));
        awaitInForce(SHADOW, taken);
        assertThat(reported(SHADOW).has("refused")).isFalse();
    }

    @Test
    void followsTheNewestDocument_afterAMonthOffline() {
        serveYard();
        int opened = camera.opened(path);
        gateway.cable.cut();
        await().atMost(PATIENCE).until(() -> !gateway.isConnected());
        gateway.clock.move(Duration.ofDays(30));
        for (int i = 0; i < 60; i++) {
            ObjectNode next = good("Yard " + i);
            cloud.put(thing, SHADOW, i % 3 == 0 ? next.put("image", "large") : next);
        }
        cloud.delete(thing, SHADOW);
        long last = cloud.put(thing, SHADOW, good("Yard, a month later"));
        awaitFrames(2);
        assertThat(camera.opened(path)).isEqualTo(opened);
        gateway.cable.mend();

        awaitInForce(SHADOW, last);
        awaitFrames(2);
        assertThat(nameInForce()).isEqualTo("Yard, a month later");
        assertThat(camera.opened(path)).isEqualTo(opened + 1);
    }

    @Test
    void leavesTheCameraAlone_whenAMonthOfflineEndsAsItBegan() {
        long version = serveYard();
        int opened = camera.opened(path);
        gateway.cable.cut();
        await().atMost(PATIENCE).until(() -> !gateway.isConnected());
        cloud.put(thing, SHADOW, good("Something else"));
        cloud.put(thing, SHADOW, good("Yard"));
        long got = got();
        gateway.cable.mend();

        await().atMost(PATIENCE).until(() -> got() >= got + 2);
        awaitFrames(2);
        assertThat(camera.opened(path)).isEqualTo(opened);
        assertThat(reported(SHADOW).path("version").asLong()).isEqualTo(version);
    }

    @Test
    void runsTheLastGoodDocument_afterARestartWithoutANetwork() throws Exception {
        long version = serveYard();
        long refused = cloud.put(thing, SHADOW, good("Yard").put("name", 7));
        awaitRefused(SHADOW, refused);
        gateway.close();
        int opened = camera.opened(path);

        gateway = new TestGateway(folder.resolve("."), thing, broker, PACE);
        gateway.cable.cut();
        gateway.start();
        awaitFrames(2);
        assertThat(camera.opened(path)).isEqualTo(opened + 1);
        assertThat(nameInForce()).isEqualTo("Yard");
        gateway.cable.mend();

        await().atMost(PATIENCE).until(gateway.sync::isSettled);
        assertThat(reported(SHADOW).path("version").asLong()).isEqualTo(version);
        assertThat(reported(SHADOW).path("refused").path("problems").findValuesAsText("path"))
                .containsExactly("$.name");
        assertThat(camera.opened(path)).isEqualTo(opened + 1);
    }

    @Test
    void aDeletedShadowStopsItsCameraAlone_andItComesBackWithANewOne() {
        cloud.put(thing, "gateway", list("gate", "yard"));
        cloud.put(thing, "camera-gate", document("Gate", camera.url(path + "-gate")));
        long version = cloud.put(thing, SHADOW, good("Yard"));
        gateway.start();
        awaitInForce(SHADOW, version);
        awaitFrames(1);

        cloud.delete(thing, "camera-gate");
        await().atMost(PATIENCE).until(() -> gateway.health("gate").state() == CameraState.MISCONFIGURED);
        assertThat(gateway.lastGood.read("camera-gate")).isEmpty();
        awaitFrames(2);
        assertThat(cloud.state(thing, "camera-gate").isNull()).isTrue();

        long anew = cloud.put(thing, "camera-gate", document("Gate", camera.url(path + "-gate")));
        awaitInForce("camera-gate", anew);
        assertThat(gateway.health("gate").state()).isNotEqualTo(CameraState.MISCONFIGURED);
    }

    @Test
    void aCameraThatIsListedNoMoreEnds_andItsShadowStaysAsItWas() {
        long version = serveYard();
        cloud.put(thing, "gateway", list());

        await().atMost(PATIENCE).until(() -> !gateway.cameras.serves("yard"));
        assertThat(gateway.lastGood.read(SHADOW)).isEmpty();
        assertThat(reported(SHADOW).path("version").asLong()).isEqualTo(version);

        cloud.delete(thing, SHADOW);
        cloud.put(thing, "gateway", list("yard"));
        await().atMost(PATIENCE)
                .until(() -> "no document".equals(gateway.health("yard").detail()));
        assertThat(cloud.state(thing, SHADOW).isNull()).isTrue();
    }

    @Test
    void aDeletedListStopsTheCameras_untilThereIsOneAgain() {
        serveYard();
        cloud.delete(thing, "gateway");
        await().atMost(PATIENCE).until(() -> !gateway.cameras.serves("yard"));

        long again = cloud.put(thing, "gateway", list("yard"));
        awaitInForce("gateway", again);
        awaitFrames(2);
        assertThat(nameInForce()).isEqualTo("Yard");
    }

    @Test
    void reportsAgain_afterAVersionConflict() {
        serveYard();
        cloud.refuse(thing, SHADOW, "update", 409, 2);
        long next = cloud.put(thing, SHADOW, good("Yard, west"));

        awaitInForce(SHADOW, next);
        assertThat(cloud.rejections(thing, SHADOW)).containsExactly(409, 409);
    }

    @Test
    void aReportNamesTheVersionItIsAbout_soThatItMakesNoShadowThatWasDeletedMeanwhile() {
        long version = serveYard();

        assertThat(cloud.reports(thing, SHADOW).getFirst().path("asked").asLong())
                .isEqualTo(version);
    }

    @Test
    void reportsAgain_whenSomebodyWipesTheReport() {
        long version = serveYard();
        cloud.wipe(thing, SHADOW);

        await().atMost(PATIENCE).until(() -> reported(SHADOW).path("version").asLong() == version);
        assertThat(cloud.reports(thing, SHADOW)).hasSize(3);
    }

    @Test
    void saysAsMuchAsThereIsRoomFor_besideADocumentNearTheLimit() {
        serveYard();
        ObjectNode bad = good("Yard");
        for (int i = 0; Json.write(bad).length() < 8192 - 900; i++) {
            bad.put("x" + i, i);
        }
        long refused = cloud.put(thing, SHADOW, bad);
        awaitRefused(SHADOW, refused);

        JsonNode report = reported(SHADOW).path("refused");
        assertThat(report.path("problems")).isNotEmpty();
        assertThat(report.path("problemCount").asInt())
                .isGreaterThan(report.path("problems").size())
                .isGreaterThan(400);
        assertThat(cloud.rejections(thing, SHADOW)).isNotEmpty().containsOnly(413);
        awaitFrames(2);
        assertThat(nameInForce()).isEqualTo("Yard");
    }

    @Test
    void putsADocumentIntoForce_thatLeavesNoRoomForAReport_andGivesUpReporting() {
        cloud.put(thing, "gateway", list("yard"));
        ObjectNode large = good("Yard");
        while (Json.write(large).length() < 7300) {
            large.withArray("zones").add(Json.tree("[[0.1,0.1]" + ",[0.123456789,0.25]".repeat(25) + ",[0.2,0.2]]"));
        }
        int room = 8150 - Json.write(large).length() - "?".length();
        ((ObjectNode) large.path("source")).put("url", camera.url(path) + "?" + "x".repeat(room));
        cloud.put(thing, SHADOW, large);
        gateway.start();

        awaitFrames(2);
        await().atMost(PATIENCE).until(() -> cloud.rejections(thing, SHADOW).contains(413));
        long shorter = cloud.put(thing, SHADOW, good("Yard, shorter"));
        awaitInForce(SHADOW, shorter);
        assertThat(cloud.rejections(thing, SHADOW)).containsOnly(413).hasSizeLessThan(3);
    }

    @Test
    void generatedBadDocumentsAreAnsweredWithAPath_andChangeNothing() {
        sendBadDocuments(100);
    }

    @Test
    @Tag("soak")
    void fiveHundredGeneratedBadDocumentsAreAnsweredWithAPath_andChangeNothing() {
        sendBadDocuments(500);
    }

    private void sendBadDocuments(int count) {
        long version = serveYard();
        int opened = camera.opened(path);
        int sent = 0;
        for (BadDocuments.Bad bad : BadDocuments.generate(count, BadDocumentsTest.SEED)) {
            long refused;
            try {
                refused = cloud.put(thing, SHADOW, bad.document());
            } catch (IllegalArgumentException e) {
                // Too large or too deep for AWS IoT itself: it never comes to the gateway.
                continue;
            }
            sent++;
            JsonNode report = await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(10))
                    .until(
                            () -> reported(SHADOW),
                            state -> state.path("refused").path("version").asLong() == refused);
            assertThat(report.path("version").asLong()).as("%s", bad).isEqualTo(version);
            assertThat(report.path("refused")
                            .path("problems")
                            .path(0)
                            .path("path")
                            .asText())
                    .as("%s", bad)
                    .startsWith("$");
        }
        assertThat(sent).isGreaterThan(count * 8 / 10);
        awaitFrames(2);
        assertThat(camera.opened(path)).isEqualTo(opened);
        assertThat(nameInForce()).isEqualTo("Yard");
        System.out.printf("%d of %d bad documents sent over the wire, none took effect%n", sent, count);
    }

    @Test
    void thirtyChangesEndWithTheLastInForce_andRebuildTheCameraSeldom() {
        serveYard();
        int opened = camera.opened(path);
        long began = System.nanoTime();
        long last = 0;
        for (int i = 1; i <= 30; i++) {
            last = cloud.put(thing, SHADOW, good("Yard " + i));
        }
        awaitInForce(SHADOW, last);
        long paces = (System.nanoTime() - began) / PACE.toNanos();
        awaitFrames(2);

        assertThat(nameInForce()).isEqualTo("Yard 30");
        assertThat(camera.opened(path) - opened).isBetween(1, (int) paces + 1);
    }

    @Test
    @Tag("soak")
    void thirtyChangesInAMinuteEndWithTheLastInForce_andTheCameraRunsInBetween() throws Exception {
        gateway.close();
        gateway = new TestGateway(folder.resolve("."), thing, broker, Duration.ofSeconds(5));
        serveYard();
        int opened = camera.opened(path);
        long frames = gateway.frames("yard");
        long last = 0;
        for (int i = 1; i <= 30; i++) {
            last = cloud.put(thing, SHADOW, good("Yard " + i));
            Thread.sleep(2_000);
        }
        awaitInForce(SHADOW, last);
        awaitFrames(2);

        System.out.printf(
                "30 changes in a minute: %d rebuilds, %d frames of 240%n",
                camera.opened(path) - opened, gateway.frames("yard") - frames);
        assertThat(nameInForce()).isEqualTo("Yard 30");
        assertThat(camera.opened(path) - opened).isBetween(1, 14);
        assertThat(gateway.frames("yard") - frames).isGreaterThan(120);
    }

    @Test
    void subscribesAnewAndFetchesWhatItMissed_afterEachLossOfTheConnection() {
        serveYard();
        for (int i = 0; i < 2; i++) {
            gateway.cable.cut();
            await().atMost(PATIENCE).until(() -> !gateway.isConnected());
            long missed = cloud.put(thing, SHADOW, good("Missed " + i));
            gateway.cable.mend();
            awaitInForce(SHADOW, missed);

            long heard = cloud.put(thing, SHADOW, good("Heard " + i));
            awaitInForce(SHADOW, heard);
        }
        assertThat(nameInForce()).isEqualTo("Heard 1");
    }

    @Test
    void garbageOnItsTopicsChangesNothing() {
        String topics = "$aws/things/" + thing + "/shadow/name/" + SHADOW + "/";
        List<String> garbage = List.of(
                "",
                "null",
                "[]",
                "\"x\"",
                "{",
                "<script>",
                "[".repeat(2000),
                "9".repeat(5000),
                "\uFFFD\u0000",
                "{\"clientToken\":7}",
                "{\"state\":{\"desired\":{\"name\":1}},\"version\":\"x\",\"clientToken\":\"a\"}");
        List<String> ends = List.of(
                "get/accepted",
                "get/rejected",
                "update/accepted",
                "update/rejected",
                "update/delta",
                "delete/accepted",
                "get/x");
        ends.forEach(end -> cloud.publish(topics + end, "{\"state\":{\"desired\":{}},\"version\":9}", true));
        serveYard();
        int opened = camera.opened(path);

        for (String payload : garbage) {
            ends.forEach(end -> cloud.publish(topics + end, payload, false));
        }
        cloud.publish("affray/" + thing + "/health", "garbage", false);
        long next = cloud.put(thing, SHADOW, good("Yard, after the garbage"));
        awaitInForce(SHADOW, next);
        awaitFrames(2);
        assertThat(camera.opened(path)).isEqualTo(opened + 1);
        ends.forEach(end -> cloud.publish(topics + end, "", true));
    }

    @Test
    void asksForTheShadowsOfSixtyFourCameras_withoutBeingRefusedForTooManyAtATime() {
        List<String> cameras = IntStream.range(0, 64).mapToObj(i -> "c" + i).toList();
        cloud.put(thing, "gateway", list(cameras.toArray(String[]::new)));
        cameras.forEach(id -> cloud.put(thing, "camera-" + id, Json.tree("{\"name\":\"Not enough\"}")));
        gateway.start();

        await().atMost(PATIENCE).until(gateway.sync::isSettled);
        await().atMost(PATIENCE)
                .until(() -> cloud.events("reported")
                                .filter(event -> event.path("thing").asText().equals(thing))
                                .count()
                        == 65);
        assertThat(cloud.events("rejected")
                        .filter(event -> event.path("thing").asText().equals(thing))
                        .filter(event -> !event.path("shadow").asText().startsWith("limits-")
                                || event.path("code").asInt() != 404))
                .isEmpty();
    }

    @Test
    void whatTheCloudLimitsHolds_alsoAfterARestart_untilItsShadowIsGone_andLeavesTheDocumentAlone() throws Exception {
        String limits = "limits-yard";
        long document = serveYard();
        double written = activeFps();
        cloud.put(thing, limits, Json.tree("{\"maxFps\": 0.5, \"reason\": \"the budget is used up\"}"));
        await().atMost(PATIENCE).until(() -> activeFps() == 0.5);

        long refused = cloud.put(thing, limits, Json.tree("{\"maxFps\": 0}"));
        awaitRefused(limits, refused);
        assertThat(reported(limits).path("refused").path("problems").findValuesAsText("path"))
                .containsExactly("$.maxFps");
        assertThat(activeFps()).isEqualTo(0.5);

        gateway.close();
        gateway = new TestGateway(folder.resolve("."), thing, broker, PACE);
        gateway.cable.cut();
        gateway.start();
        await().atMost(PATIENCE).until(() -> activeFps() == 0.5);
        gateway.cable.mend();
        await().atMost(PATIENCE).until(gateway.sync::isSettled);

        cloud.delete(thing, limits);
        await().atMost(PATIENCE).until(() -> activeFps() == written);
        assertThat(reported(SHADOW).path("version").asLong()).isEqualTo(document);
        assertThat(nameInForce()).isEqualTo("Yard");
    }

    private double activeFps() {
        return gateway.cameras
                .plan("yard")
                .map(plan -> plan.config().sampling().activeFps())
                .orElse(0.0);
    }
}
