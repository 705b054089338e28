package dev.affray.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.agent.Main;
import dev.affray.camera.CameraConfig;
import dev.affray.camera.CameraDocument;
import dev.affray.document.Json;
import dev.affray.document.Reading;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The command {@code probe}, with real cameras. */
@Execution(ExecutionMode.CONCURRENT)
class ProbeCommandTest {
    private static final String PASSWORD = "marzipan";

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** The options stand with one space between them. */
    private int run(String options) {
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return line.execute(("probe " + options).split(" "));
    }

    private JsonNode report() {
        return Json.tree(out.toString());
    }

    private String login(String password) throws IOException {
        Path secrets = folder.resolve("secrets-" + password + ".yaml");
        Files.createFile(secrets, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(secrets, "yard: {user: viewer, password: " + password + ", hosts: [127.0.0.1]}\n");
        return " --secrets " + secrets + " --secret yard";
    }

    private static String lastBlock(String text) {
        return text.substring(text.indexOf("{\n"));
    }

    @Test
    void tellsWhatACameraSends_andEndsWithADocumentForIt() throws Exception {
        try (RtspServer server = RtspServer.start(Captures.sample(40), 0, "viewer", PASSWORD)) {
            String url = "rtsp://127.0.0.1:" + server.port() + "/stream";

            assertThat(run(url + " --seconds 1" + login(PASSWORD))).isZero();

            assertThat(out.toString())
                    .contains("h264 Constrained Baseline, 640x360")
                    .contains("15.0 pictures a second, 15.0 declared")
                    .contains("Key pictures  2, at most 2.0 s apart")
                    .contains("Transport     TCP")
                    .contains("asked for, the one given was accepted", "Digest, realm \"GStreamer RTSP Server\", MD5")
                    .contains("sampling.mode interval suits it")
                    .doesNotContain(PASSWORD);
            JsonNode document = Json.tree(lastBlock(out.toString()));
            assertThat(CameraDocument.read(document)).isInstanceOf(Reading.Accepted.class);
            assertThat(document.at("/source/url").asText()).isEqualTo(url);
            assertThat(document.at("/source/secret").asText()).isEqualTo("secret:yard");
        }
    }

    @Test
    void saysWhyThereIsNoVideo_andWhatToDo() throws Exception {
        try (RtspServer server = RtspServer.start(Captures.sample(40), 0, "viewer", PASSWORD)) {
            String url = "rtsp://127.0.0.1:" + server.port() + "/stream";

            assertThat(run(url)).isEqualTo(1);
            assertThat(out.toString())
                    .contains("No video      401 unauthorized", "asked for, none was given", "Digest, realm")
                    .contains("It asks for a login.", "--secrets FILE --secret NAME");

            assertThat(run(url + login("nougat"))).isEqualTo(1);
            assertThat(out.toString())
                    .contains("asked for, the one given was not accepted", "It refused the login.")
                    .doesNotContain("nougat");

            assertThat(run("rtsp://127.0.0.1:" + server.port() + "/other" + login(PASSWORD)))
                    .isEqualTo(1);
            assertThat(out.toString()).contains("404 not found", "nothing at this path");
        }
    }

    @Test
    void tellsWhoseAddressIsWrong() throws IOException {
        int port;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }

        assertThat(run("rtsp://127.0.0.1:" + port + "/stream")).isEqualTo(1);
        assertThat(out.toString()).contains("connection refused", "not at that port");

        try (HttpFeed mute = HttpFeed.of(out -> {})) {
            assertThat(run("rtsp://127.0.0.1:" + mute.port() + "/stream")).isEqualTo(1);
            assertThat(out.toString()).contains("closed without an answer", "may not be the one for RTSP");
        }

        assertThat(run("rtsp://camera.invalid/stream")).isEqualTo(1);
        assertThat(out.toString()).contains("the host name cannot be resolved", "Check the name");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 OK | not a video | may be that of the camera's pages",
                "403 Forbidden | 403 forbidden | this user may not watch",
                "404 Not Found | 404 not found | nothing at this path",
            })
    void tellsAPageFromVideo(String status, String reason, String remedy) throws IOException {
        HttpFeed.Answer page = out ->
                HttpFeed.text(out, "HTTP/1.1 " + status + "\r\nContent-Type: text/html\r\n\r\n<html>Welcome</html>");
        try (HttpFeed feed = HttpFeed.of(page)) {
            assertThat(run(feed.url("/"))).isEqualTo(1);
            assertThat(out.toString()).contains(reason, "Content type  text/html", remedy);
        }
    }

    @Test
    void showsTheFingerprintOfACertificateThatNobodyTrusts_andWatchesWhenItIsPinned() throws Exception {
        try (RtspServer server = RtspServer.start(Captures.sample(40), 0);
                TlsFront front = TlsFront.before(server.port(), folder)) {
            String url = "rtsps://127.0.0.1:" + front.port() + "/stream";
            String fingerprint = front.fingerprint().toUpperCase(Locale.ROOT).replaceAll("(..)(?!$)", "$1:");

            assertThat(run(url)).isEqualTo(1);
            assertThat(out.toString())
                    .contains("Certificate   not trusted", "SHA-256 " + fingerprint, "--fingerprint " + fingerprint);

            out.getBuffer().setLength(0);
            assertThat(run(url + " --seconds 1 --json --fingerprint " + fingerprint))
                    .isZero();
            assertThat(report().at("/access/certificate/trust").asText()).isEqualTo("PINNED");
            assertThat(report().at("/document/source/fingerprint").asText()).isEqualTo(fingerprint);
        }
    }

    @Test
    void tellsBFrames_sound_andARateThatIsHard() throws IOException {
        byte[] film = Films.film(
                "320x240", 25, "-f lavfi -i sine -c:v libx264 -preset veryfast -bf 2 -g 12 -c:a aac -t 2", "mpegts");
        try (HttpFeed feed = HttpFeed.live(film, 2)) {
            assertThat(run(feed.url("/video") + " --seconds 1 --json")).isZero();

            JsonNode report = report();
            assertThat(report.at("/access/audio").asBoolean()).isTrue();
            assertThat(report.at("/access/contentType").asText()).isEqualTo("video/mp2t");
            assertThat(report.at("/video/pace/reordered").asBoolean()).isTrue();
            assertThat(report.at("/video/pace/keySeconds").asDouble()).isBetween(0.4, 0.6);
            assertThat(report.at("/document/sampling/mode").asText()).isEqualTo("keyframes");
        }
    }

    @Test
    void saysThatItWasEnded_whereNothingHadCome() throws Exception {
        try (HttpFeed silent = HttpFeed.of(out -> Thread.sleep(60_000))) {
            Probe probe = new Probe(silent.stream(), Duration.ofSeconds(1), Duration.ofSeconds(1));
            Thread.ofVirtual().start(() -> {
                await().until(() -> silent.requests.get() > 0);
                probe.end();
            });

            assertThat(probe.run())
                    .isInstanceOfSatisfying(
                            Probed.Nothing.class,
                            nothing -> assertThat(nothing.reason()).isEqualTo("ended before any video came"));
        }
    }

    @Test
    void tellsMotionJpeg() throws IOException {
        try (PictureServer server = new PictureServer("MD5", 320)) {
            Probe probe = new Probe(
                    server.stream("/video", PictureServer.LOGIN), Duration.ofMillis(500), Duration.ofSeconds(5));

            Probed.Video video = (Probed.Video) probe.run();

            assertThat(video.facts().codec()).isEqualTo("mjpeg");
            assertThat(video.facts().decodes()).isTrue();
            assertThat(video.facts().pace().intraOnly()).isTrue();
            assertThat(video.access().logins()).hasSize(2).first().isEqualTo("Basic, realm \"never this\"");
            assertThat(video.access().toString()).doesNotContain(PictureServer.LOGIN.password());
        }
    }

    @Test
    void putsTheModeThatSuitsItIntoACamerasOwnDocument() throws IOException {
        Path document = Files.writeString(folder.resolve("camera.json"), """
                {"name": "Yard", "site": {"name": "School", "zone": "Europe/Berlin"}, "image": {"maxWidth": 320}}
                """);

        assertThat(run(Captures.sample(2) + " --config " + document)).isZero();

        assertThat(out.toString())
                .contains("Pictures are scaled from 640 to 320")
                .doesNotContain("Login");
        Reading<CameraConfig> read = CameraDocument.read(Json.tree(lastBlock(out.toString())));
        assertThat(read).isInstanceOfSatisfying(Reading.Accepted.class, accepted -> {
            CameraConfig config = (CameraConfig) accepted.value();
            assertThat(config.name()).isEqualTo("Yard");
            assertThat(config.image().maxWidth()).isEqualTo(320);
        });
    }
}
