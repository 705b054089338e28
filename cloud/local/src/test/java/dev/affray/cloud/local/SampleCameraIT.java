package dev.affray.cloud.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees who starts it for the first time, and for the second. */
class SampleCameraIT {
    @TempDir
    Path data;

    @Test
    void theSampleCameraEndsInOneIncidentAndOneMail_andTheNextStartGoesOn() throws Exception {
        String mailId;
        try (LocalProcess local = LocalProcess.start(data, "--site", "Lincoln School", "--zone", "Asia/Kolkata")) {
            await().atMost(Duration.ofSeconds(90))
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

            mailId = local.json("api/inbox").get(0).get("id").asText();
            JsonNode mail = local.json("api/inbox/" + mailId);
            assertThat(mail.get("subject").asText())
                    .contains("Sample camera (synthetic)")
                    .contains("IST");
            assertThat(mail.get("text").asText())
                    .contains("Lincoln School")
                    .contains("(Asia/Kolkata)")
                    .containsPattern("Confidence +\\d+ of 100");
            byte[] picture = local.get("inbox/" + mailId + "/images/frame-0");
            assertThat(ImageIO.read(new ByteArrayInputStream(picture)).getWidth())
                    .isEqualTo(640);

            await().untilAsserted(() -> assertThat(local.out()).anyMatch(line -> line.contains("POSSIBLE FIGHT")));
            assertThat(local.err()).as("nothing to complain about").isEmpty();
            assertThat(local.stop()).as(local.said()).isIn(0, 143);
            assertThat(local.out()).anyMatch(line -> line.endsWith("stopped"));
        }
        try (LocalProcess again = LocalProcess.start(data)) {
            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(
                                    again.status().at("/cameras/0/state").asText())
                            .as(again.said())
                            .isEqualTo("STREAMING"));

            assertThat(again.json("api/inbox").get(0).get("id").asText()).isEqualTo(mailId);
            assertThat(again.status().get("incidents")).hasSize(1);
            assertThat(again.err()).isEmpty();
        }
    }
}
