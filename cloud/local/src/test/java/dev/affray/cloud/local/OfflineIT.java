package dev.affray.cloud.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.affray.cloud.fleet.Patience;
import dev.affray.cloud.local.agent.AgentProcess;
import dev.affray.cloud.local.mail.MailSummary;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cloud as it is wired here, a real agent, and a camera that nobody can reach: what people are told when they go and come. */
class OfflineIT {
    private static final Patience SHORT =
            new Patience(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1));

    @TempDir
    Path folder;

    @Test
    void aCameraThatCannotBeReached_anAgentThatIsKilled_andIsBack_areOneMailEach() throws Exception {
        Settings settings = settings();
        try (DataFolder data = DataFolder.open(settings.data());
                Edition edition = Edition.start(settings, data, SHORT)) {
            edition.writeCameraDocuments();
            edition.beginJudging();
            edition.beginAlerting();
            List<String> arguments =
                    List.of("run", "--config", edition.writeAgentFiles().toString());

            try (AgentProcess agent = AgentProcess.start(settings.agentHome(), arguments, data.agentLog(), _ -> {})) {
                untilMails(edition, 1);
                ProcessHandle.of(agent.pid()).orElseThrow().destroyForcibly();
            }
            untilMails(edition, 2);
            try (AgentProcess _ = AgentProcess.start(settings.agentHome(), arguments, data.agentLog(), _ -> {})) {
                untilMails(edition, 3);
                edition.watch.run(Instant.now());
                edition.tick.run(Instant.now().plus(Duration.ofDays(1000)));
            }

            List<MailSummary> mails = edition.inbox.list().reversed();
            assertThat(mails.get(0).subject()).startsWith("Camera offline: door, Lincoln School, ");
            assertThat(mails.get(1).subject()).startsWith("Gateway offline: this-machine, Lincoln School, ");
            assertThat(mails.get(2).subject()).startsWith("Gateway is back: this-machine, Lincoln School, ");
            assertThat(mails).as("the camera is still gone").hasSize(3);
            assertThat(text(edition, mails.get(0)))
                    .contains("Found       not connected", "No fight is seen there until it is back.");
            assertThat(text(edition, mails.get(1)))
                    .contains("Found       its connection was lost; its camera cannot be seen");
            assertThat(text(edition, mails.get(2)))
                    .containsPattern("Lasted +\\d+ s, from ")
                    .contains("It is watched again.");
            assertThat(edition.incidents.openHeads())
                    .extracting(head -> head.camera().camera())
                    .containsExactly("door");
        }
    }

    private static void untilMails(Edition edition, int mails) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> {
                    edition.watch.run(Instant.now());
                    edition.tick.run(Instant.now());
                    assertThat(edition.inbox.list()).hasSizeGreaterThanOrEqualTo(mails);
                });
    }

    private static String text(Edition edition, MailSummary mail) throws Exception {
        return edition.inbox.read(mail.id()).orElseThrow().text();
    }

    private Settings settings() {
        return new Settings(
                List.of(new CameraArgument.Stream("door", URI.create("rtsp://127.0.0.1:9/none"), Optional.empty())),
                Map.of(),
                false,
                false,
                folder.resolve("data"),
                0,
                Optional.empty(),
                Optional.empty(),
                "affray@localhost",
                new RecipientOptions().choice(false, Map.of()),
                Optional.of("Lincoln School"),
                Optional.of(ZoneId.of("Europe/Berlin")),
                Optional.empty(),
                false,
                Optional.empty(),
                new NewGateways(List.of(), 0),
                new DetectorChoice.EdgeScore(),
                Path.of(System.getProperty("affray.local"), "agent"),
                1,
                1 << 20,
                List.of());
    }
}
