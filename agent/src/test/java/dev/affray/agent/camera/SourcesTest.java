package dev.affray.agent.camera;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.agent.capture.CaptureSource;
import dev.affray.camera.Source;
import dev.affray.camera.VideoDevice;
import dev.affray.document.Json;
import dev.affray.document.Problem;
import dev.affray.document.Reading;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesTest {
    @TempDir
    Path folder;

    private Sources sources;

    @BeforeEach
    void start() throws IOException {
        Path file = Files.writeString(
                folder.resolve("secrets.yaml"), "cams: {user: u, password: hush, hosts: [cam.local]}\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Secrets secrets = ((Reading.Accepted<Secrets>) Secrets.load(new SecretsFile(file, false))).value();
        sources = new Sources(Map.of("yard", Path.of("yard.mp4")), true, secrets);
    }

    private Reading<CameraPlan> read(String camera, String source) {
        return sources.read(
                camera, Json.tree("{\"name\":\"Hall\",\"site\":{\"name\":\"School\",\"zone\":\"UTC\"}" + source + "}"));
    }

    private static CaptureSource accepted(Reading<CameraPlan> reading) {
        return ((Reading.Accepted<CameraPlan>) reading).value().source();
    }

    private static Problem refused(Reading<CameraPlan> reading) {
        return ((Reading.Refused<CameraPlan>) reading).problems().getFirst();
    }

    @Test
    void aFileOfTheCommandLineComesBeforeTheDocument() {
        CaptureSource file = new CaptureSource.LocalFile(Path.of("yard.mp4"), true);
        assertThat(accepted(read("yard", ""))).isEqualTo(file);
        assertThat(accepted(read("yard", ",\"source\":{\"url\":\"rtsp://cam.local/1\"}")))
                .isEqualTo(file);
    }

    @Test
    void aStreamComesFromTheDocument() {
        assertThat(accepted(read("hall", ",\"source\":{\"url\":\"rtsp://other/1\",\"transport\":\"udp\"}")))
                .isEqualTo(
                        new CaptureSource.Stream(URI.create("rtsp://other/1"), Source.Transport.UDP, Optional.empty()));
    }

    @Test
    void aSecretGoesToItsOwnHostsOnly() {
        CaptureSource source =
                accepted(read("hall", ",\"source\":{\"url\":\"rtsp://cam.local/1\",\"secret\":\"secret:cams\"}"));
        assertThat(((CaptureSource.Stream) source).login().orElseThrow().password())
                .isEqualTo("hush");

        Problem problem = refused(read("hall", ",\"source\":{\"url\":\"rtsp://evil/1\",\"secret\":\"secret:cams\"}"));
        assertThat(problem.path()).isEqualTo("$.source.secret");
        assertThat(problem.message()).contains("evil").doesNotContain("hush");
    }

    @Test
    void aPinnedCertificate_andTheRateOfStillPictures_comeFromTheDocument() {
        String pinned = ",\"source\":{\"url\":\"https://other/1\",\"fingerprint\":\"" + "0a:".repeat(31) + "0A\"}";
        CaptureSource.Stream fast =
                (CaptureSource.Stream) accepted(read("hall", pinned + ",\"sampling\":{\"fps\":1,\"activeFps\":4}"));
        assertThat(fast.fingerprint()).contains("0a".repeat(32));
        assertThat(fast.still()).hasMillis(250);

        String slow = ",\"alert\":{\"positives\":1},\"sampling\":{\"fps\":0.05,\"activeFps\":0.05}";
        assertThat(((CaptureSource.Stream) accepted(read("hall", pinned + slow))).still())
                .hasSeconds(5);
    }

    @Test
    void aDevice_andWhatDecodes_comeFromTheDocument() {
        String device = ",\"source\":{\"url\":\"v4l2:///dev/video0?framerate=15\",\"decoder\":\"cuda\"}";
        assertThat(accepted(read("hall", device)))
                .isEqualTo(new CaptureSource.Device(
                        new VideoDevice("/dev/video0", Map.of("framerate", "15")), Source.Decoder.CUDA));
        assertThat(accepted(read("hall", ",\"source\":{\"url\":\"rtsp://other/1\",\"decoder\":\"auto\"}"))
                        .decoder())
                .isEqualTo(Source.Decoder.AUTO);
    }

    @Test
    void saysWhatIsWrongWithAHost() {
        assertThat(refused(read("hall", ",\"source\":{\"url\":\"rtsp://cam_1.local:554/1\"}"))
                        .message())
                .contains("'cam_1.local:554'", "underscore");
        assertThat(refused(read("hall", ",\"source\":{\"url\":\"rtsp:///1\"}")).message())
                .isEqualTo("names no host");
    }

    @Test
    void aDocumentThatCannotWorkHereIsRefused() {
        assertThat(refused(read("hall", "")).path()).isEqualTo("$.source");
        assertThat(refused(read("hall", ",\"source\":{\"url\":\"rtsp://cam.local/1\",\"secret\":\"secret:none\"}"))
                        .path())
                .isEqualTo("$.source.secret");
        assertThat(refused(read("hall", ",\"source\":{\"url\":\"file:///etc/passwd\"}"))
                        .path())
                .isEqualTo("$.source.url");
    }
}
