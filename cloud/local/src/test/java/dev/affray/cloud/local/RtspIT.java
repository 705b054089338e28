package dev.affray.cloud.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real RTSP stream from a server that shares no code with us, through the whole path. */
class RtspIT {
    private static final int FRAMES = 48;

    @TempDir
    Path folder;

    @Test
    void theFramesInS3AreTheStreams_inTheOrderOfTheirCapture() throws Exception {
        // A picture that grows brighter, while a bar moves along its upper edge: light alone would not be sent.
        Path video = folder.resolve("brighter.mp4");
        Tools.ffmpeg(
                "-f",
                "lavfi",
                "-i",
                "color=c=black:s=320x240:r=10:d=40,geq=lum='if(lt(Y,60)*lt(mod(X+40*T,320),40),230,40+4*floor(T))'"
                        + ":cb=128:cr=128",
                "-c:v",
                "libx264",
                "-g",
                "10",
                "-pix_fmt",
                "yuv420p",
                video.toString());
        Process server = Tools.rtspServer(video);
        try (BufferedReader said = server.inputReader();
                LocalProcess local = LocalProcess.start(
                        folder.resolve("data"), "--camera", "door=rtsp://127.0.0.1:" + said.readLine() + "/stream")) {
            await().atMost(Duration.ofSeconds(180))
                    .untilAsserted(() ->
                            assertThat(local.frames("door")).as(local.said()).hasSizeGreaterThanOrEqualTo(FRAMES));

            List<Integer> brightness = new ArrayList<>();
            for (Path file : local.frames("door").subList(0, FRAMES)) {
                BufferedImage picture = ImageIO.read(file.toFile());
                assertThat(picture.getWidth()).isEqualTo(320);
                assertThat(picture.getHeight()).isEqualTo(240);
                brightness.add(picture.getRGB(160, 120) & 0xFF);
            }
            assertThat(brightness).isSorted();
            assertThat(brightness.getLast()).isGreaterThan(brightness.getFirst() + 20);
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(
                                    local.status().at("/cameras/0/source").asText())
                            .contains("320x240"));
            assertThat(local.err()).isEmpty();
        } finally {
            server.destroyForcibly();
        }
    }
}
