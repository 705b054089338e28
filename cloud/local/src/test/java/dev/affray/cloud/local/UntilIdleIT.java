package dev.affray.cloud.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.cloud.local.queue.LocalSqs;
import dev.affray.document.Json;
import dev.affray.frame.Line;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files are played once, everything is settled, and the books are balanced. */
class UntilIdleIT {
    @TempDir
    Path folder;

    @Test
    void threeFightClipsAreCaptured_uploaded_andAccountedFor_whileWhatCannotRunIsNamedAndWhatIsNoEventRefused()
            throws Exception {
        Path data = folder.resolve("data");
        // From an earlier run.
        try (LocalSqs sqs = LocalSqs.start(data.resolve("queues"), 0)) {
            sqs.send(Line.LIVE, "no event");
        }
        List<String> arguments = new ArrayList<>();
        for (Path source : Tools.fights(3)) {
            String clip = source.getFileName().toString().replace(".mp4", "");
            Path longer = folder.resolve(clip + ".mp4");
            Tools.ffmpeg(
                    "-stream_loop",
                    "12",
                    "-i",
                    source.toString(),
                    "-t",
                    "10",
                    "-an",
                    "-c:v",
                    "libx264",
                    "-preset",
                    "ultrafast",
                    "-pix_fmt",
                    "yuv420p",
                    longer.toString());
            arguments.addAll(List.of("--camera", clip + "=" + longer));
        }
        Path noVideo = Files.writeString(folder.resolve("notes.mp4"), "this is no video");
        Path report = folder.resolve("report.json");
        arguments.addAll(List.of("--camera", "notes=" + noVideo, "--camera", "gone=" + folder.resolve("gone.mp4")));
        arguments.addAll(List.of("--until-idle", "--report", report.toString()));

        try (LocalProcess local = LocalProcess.start(data, arguments.toArray(String[]::new))) {
            assertThat(local.exitWithin(Duration.ofSeconds(180)))
                    .as(local.said())
                    .isZero();
            assertThat(local.err())
                    .satisfiesExactlyInAnyOrder(
                            line -> assertThat(line).contains("camera gone: there is no file"),
                            line -> assertThat(line).contains("a queue message is refused: not JSON"));
            assertThat(local.out()).anyMatch(line -> line.contains("notes: cannot run: "));
        }

        JsonNode json = Json.tree(Files.readAllBytes(report));
        assertThat(n(json, "refused")).isEqualTo(1);
        assertThat(json.get("cameras")).hasSize(4);
        for (JsonNode camera : json.get("cameras")) {
            assertThat(n(camera, "captured"))
                    .isEqualTo(n(camera, "skipped") + n(camera, "failed") + n(camera, "spooled"));
            assertThat(n(camera, "spooled") + n(camera, "recovered"))
                    .isEqualTo(n(camera, "uploaded")
                            + n(camera, "evicted")
                            + n(camera, "rejected")
                            + n(camera, "setAside"));
            assertThat(n(camera, "pending")).isZero();
            assertThat(n(camera, "detections")).isEqualTo(n(camera, "uploaded"));
            if (camera.get("camera").asText().startsWith("fi")) {
                assertThat(n(camera, "captured")).as(camera.toString()).isBetween(39L, 41L);
                assertThat(n(camera, "uploaded")).isPositive();
            }
        }
        for (JsonNode incident : json.get("incidents")) {
            assertThat(json.get("notifications"))
                    .as(incident.toString())
                    .filteredOn(sent -> sent.get("incident").equals(incident.get("id"))
                            && sent.get("step").asText().equals("OPENED"))
                    .singleElement()
                    .satisfies(sent -> assertThat(sent.get("outcome").asText()).isEqualTo("SENT"));
            assertThat(incident.get("closed").isNull()).isFalse();
            assertThat(n(incident, "latencyMillis")).isPositive();
        }
    }

    private static long n(JsonNode node, String field) {
        return node.get(field).asLong();
    }
}
