package dev.affray.cloud.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a person sees who starts it for the first time, what comes when the agent dies in the middle of that fight, and the second start. One after the other on
 * one data folder: getting to the alarm takes longest.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SampleCameraIT {
    @TempDir
    static Path data;

    private static LocalProcess local;

    @BeforeAll
    static void start() throws IOException {
        local = LocalProcess.start(data, "--site", "Lincoln School", "--zone", "Asia/Kolkata");
    }

    @AfterAll
    static void close() throws Exception {
        local.close();
    }

    @Test
    @Order(1)
    void theSampleCameraEndsInOneIncidentAndOneMail() throws Exception {
        await().atMost(Duration.ofSeconds(180))
                .ignoreExceptions()
                .untilAsserted(() ->
                        assertThat(local.json("api/inbox")).as(local.said()).hasSize(1));

        JsonNode incidents = local.status().get("incidents");
        assertThat(incidents).as(local.said()).hasSize(1);
        assertThat(incidents.get(0).get("frames")).isNotEmpty();
        assertThat(incidents.get(0).get("place").asText()).contains("Sample camera (synthetic)");
        JsonNode camera = local.status().get("cameras").get(0);
        assertThat(camera.get("state").asText()).isEqualTo("STREAMING");
        assertThat(local.get(camera.at("/newestFrame/url").asText().substring(1)))
                .startsWith(0xFF, 0xD8);

        String mailId = oldestMail(local);
        JsonNode mail = local.json("api/inbox/" + mailId);
        assertThat(mail.get("subject").asText())
                .contains("Sample camera (synthetic)")
                .contains("IST");
        assertThat(mail.get("text").asText())
                .contains("Lincoln School")
                .contains("(Asia/Kolkata)")
                .containsPattern("Confidence +\\d+ of 100");
        byte[] picture = local.get("inbox/" + mailId + "/images/frame-0");
        assertThat(ImageIO.read(new ByteArrayInputStream(picture)).getWidth()).isEqualTo(640);

        await().untilAsserted(() -> assertThat(local.out()).anyMatch(line -> line.contains("POSSIBLE FIGHT")));
        assertThat(local.err()).as("nothing to complain about").isEmpty();
    }

    @Test
    @Order(2)
    void whenTheAgentIsKilled_noSpooledFrameIsLost_andTheIncidentIsNotAnnouncedAgain() throws Exception {
        // The cloud stands still, so that frames gather in the spool; then the agent is killed.
        ProcessHandle agent = local.agent();
        local.signal("STOP");
        await().atMost(Duration.ofSeconds(180))
                .untilAsserted(() -> assertThat(spooled()).hasSizeGreaterThanOrEqualTo(4));
        LocalProcess.signal(agent.pid(), "KILL");
        await().atMost(Duration.ofSeconds(10)).until(() -> !agent.isAlive() || isZombie(agent));
        Set<String> spooled = spooled();
        local.signal("CONT");

        await().atMost(Duration.ofSeconds(180))
                .untilAsserted(() -> assertThat(stored()).as(local.said()).containsAll(spooled));
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .untilAsserted(
                        () -> assertThat(local.status().at("/cameras/0/state").asText())
                                .isEqualTo("STREAMING"));
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            JsonNode counts = local.status().at("/cameras/0/counts");
            assertThat(counts.get("recovered").asLong()).isGreaterThanOrEqualTo(spooled.size());
        });
        // A second mail says that it became severe.
        assertThat(local.json("api/inbox"))
                .as(local.said())
                .filteredOn(mail -> mail.get("subject").asText().startsWith("Possible fight"))
                .hasSize(1);
        JsonNode incidents = local.status().get("incidents");
        assertThat(incidents).hasSize(1);
        assertThat(incidents.at("/0/notifications"))
                .filteredOn(sent -> sent.get("step").asText().equals("opened"))
                .singleElement()
                .satisfies(sent -> assertThat(sent.get("attempts").asInt()).isEqualTo(1));
    }

    @Test
    @Order(3)
    void itStops_andTheNextStartGoesOn() throws Exception {
        String mailId = oldestMail(local);
        assertThat(local.stop()).as(local.said()).isIn(0, 143);
        assertThat(local.out()).anyMatch(line -> line.endsWith("stopped"));

        try (LocalProcess again = LocalProcess.start(data)) {
            await().atMost(Duration.ofSeconds(180))
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(
                                    again.status().at("/cameras/0/state").asText())
                            .as(again.said())
                            .isEqualTo("STREAMING"));

            assertThat(oldestMail(again)).isEqualTo(mailId);
            assertThat(again.status().get("incidents")).hasSize(1);
            assertThat(again.err()).isEmpty();
        }
    }

    private static String oldestMail(LocalProcess from) throws Exception {
        JsonNode newestFirst = from.json("api/inbox");
        return newestFirst.get(newestFirst.size() - 1).get("id").asText();
    }

    private static Set<String> spooled() {
        return names(data.resolve("agent/data/spool"));
    }

    private static Set<String> stored() {
        return names(data.resolve("frames"));
    }

    private static Set<String> names(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(f -> f.getFileName().toString())
                    .filter(name -> name.matches("\\d{13}-\\d{10}-.*\\.jpg"))
                    .collect(Collectors.toSet());
        } catch (IOException | UncheckedIOException e) {
            // Files come and go meanwhile: look again.
            return Set.of();
        }
    }

    /** Its parent stands still and has not taken its exit status. */
    private static boolean isZombie(ProcessHandle process) throws IOException {
        List<String> status = Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"));
        return status.stream().anyMatch(line -> line.startsWith("State:") && line.contains("Z"));
    }
}
