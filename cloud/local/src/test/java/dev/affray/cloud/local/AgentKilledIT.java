package dev.affray.cloud.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent dies in the middle of a fight. */
class AgentKilledIT {
    @TempDir
    Path data;

    @Test
    void noSpooledFrameIsLost_andTheIncidentIsNotAnnouncedAgain() throws Exception {
        try (LocalProcess local = LocalProcess.start(data)) {
            await().atMost(Duration.ofSeconds(90))
                    .ignoreExceptions()
                    .untilAsserted(() ->
                            assertThat(local.json("api/inbox")).as(local.said()).hasSize(1));
            // The cloud stands still, so that frames gather in the spool; then the agent is killed.
            ProcessHandle agent = local.agent();
            local.signal("STOP");
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(spooled()).hasSizeGreaterThanOrEqualTo(4));
            LocalProcess.signal(agent.pid(), "KILL");
            await().atMost(Duration.ofSeconds(10)).until(() -> !agent.isAlive() || isZombie(agent));
            Set<String> spooled = spooled();
            local.signal("CONT");

            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(stored()).as(local.said()).containsAll(spooled));
            await().atMost(Duration.ofSeconds(30))
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(
                                    local.status().at("/cameras/0/state").asText())
                            .isEqualTo("STREAMING"));
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                JsonNode counts = local.status().at("/cameras/0/counts");
                assertThat(counts.get("recovered").asLong()).isGreaterThanOrEqualTo(spooled.size());
            });
            assertThat(local.json("api/inbox")).as(local.said()).hasSize(1);
            JsonNode incidents = local.status().get("incidents");
            assertThat(incidents).hasSize(1);
            assertThat(incidents.at("/0/notifications")).hasSize(1);
            assertThat(incidents.at("/0/notifications/0/attempts").asInt()).isEqualTo(1);
        }
    }

    private Set<String> spooled() {
        return names(data.resolve("agent/data/spool"));
    }

    private Set<String> stored() {
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
