package dev.affray.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.affray.agent.camera.CameraPlan;
import dev.affray.agent.camera.Cameras;
import dev.affray.agent.camera.SecretsFile;
import dev.affray.agent.camera.Sources;
import dev.affray.agent.capture.CaptureSource.Login;
import dev.affray.agent.health.Ledgers;
import dev.affray.agent.spool.BootClock;
import dev.affray.agent.spool.DiskSpool;
import dev.affray.agent.spool.Fsync;
import dev.affray.agent.spool.SpoolBounds;
import dev.affray.camera.Reported;
import dev.affray.camera.Source.Transport;
import dev.affray.document.Json;
import dev.affray.document.Problem;
import dev.affray.document.Reading;
import dev.affray.health.CameraHealth;
import dev.affray.health.CameraState;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lets cameras work and fail in every way that a login takes part in, and looks for it in all that the agent leaves behind. */
class CredentialsNowhereTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Login RTSP = new Login("viewer", "Zq7#hush:s3cret&x/%41");
    private static final Login WRONG = new Login("viewer", "Wr0ng hush+9@");

    @TempDir
    Path folder;

    private final StringBuilder traces = new StringBuilder();

    @Test
    void aLoginAppearsInNoLogNoHealthReportNoShadowNoExceptionNoKeyAndNoPicture() throws Exception {
        PrintStream usualErr = System.err;
        PrintStream usualOut = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        Ffmpeg.load();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        avutil.av_log_set_level(avutil.AV_LOG_TRACE);
        try {
            runCameras();
        } finally {
            avutil.av_log_set_level(avutil.AV_LOG_WARNING);
            System.setErr(usualErr);
            System.setOut(usualOut);
        }
        String log = said.toString(StandardCharsets.UTF_8);
        assertThat(log).contains("video codec set to: h264", "401", "redirects to", "streaming");
        assertThat(traces).contains("RECONNECTING", "may not be sent to", "CaptureException");
        for (Login login : List.of(RTSP, WRONG, PictureServer.LOGIN)) {
            for (String form : forms(login)) {
                assertThat(log).doesNotContain(form);
                assertThat(traces).doesNotContain(form);
                try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
                    for (Path file : files.toList()) {
                        assertThat(file.toString()).doesNotContain(form);
                        if (Files.isRegularFile(file)) {
                            assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                                    .doesNotContain(form);
                        }
                    }
                }
            }
        }
    }

    private void runCameras() throws Exception {
        Sources sources = new Sources(Map.of(), false, secrets());
        Ledgers ledgers = new Ledgers();
        Path data = folder.resolve("data");
        HttpServer redirect = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        redirect.createContext("/", exchange -> {
            boolean known = exchange.getRequestHeaders().containsKey("Authorization");
            exchange.getResponseHeaders()
                    .set(known ? "Location" : "WWW-Authenticate", known ? "http://127.0.0.2:9/x" : "Basic realm=x");
            exchange.sendResponseHeaders(known ? 302 : 401, -1);
            exchange.close();
        });
        redirect.start();
        DiskSpool spool = DiskSpool.open(
                data, "gateway-1", SpoolBounds.DEFAULT, Fsync.NEVER, ledgers, BootClock.system(Clock.systemUTC()));
        try (RtspServer rtsp = RtspServer.start(Captures.sample(40), 0, RTSP.user(), RTSP.password());
                PictureServer pictures = new PictureServer("SHA-256", 320);
                Cameras cameras = new Cameras(spool, ledgers, Clock.systemUTC(), ClipBounds.DEFAULT)) {
            String stream = "rtsp://127.0.0.1:" + rtsp.port() + "/stream";
            String still = pictures.stream("/still", PictureServer.LOGIN).url().toString();
            cameras.apply("good-rtsp", plan(sources, stream, "rtsp"));
            cameras.apply("wrong-rtsp", plan(sources, stream, "wrong"));
            cameras.apply("good-still", plan(sources, still, "pictures"));
            cameras.apply("wrong-still", plan(sources, still, "wrong"));
            cameras.apply("nobody", plan(sources, "rtsp://127.0.0.1:1/", "rtsp"));
            cameras.apply("no-tls", plan(sources, "rtsps://127.0.0.1:" + rtsp.port() + "/stream", "rtsp"));
            cameras.apply(
                    "sent-away",
                    plan(sources, "http://127.0.0.1:" + redirect.getAddress().getPort() + "/", "rtsp"));
            for (String url :
                    List.of("rtsp://127.0.0.2/", "rtsp://viewer:" + Secrets.escaped(RTSP.password()) + "@127.0.0.1/")) {
                List<Problem> problems =
                        ((Reading.Refused<CameraPlan>) sources.read("refused", document(url, "rtsp"))).problems();
                traces.append(
                        Json.write(new Reported(1, "f".repeat(64), Reported.Refused.of(2, "e".repeat(64), problems))));
            }
            await().atMost(PATIENCE).until(() -> cameras.health().stream().allMatch(CredentialsNowhereTest::arrived));
            traces.append(Json.write(cameras.health())).append(cameras).append(sources);
            fail(new CaptureSource.Stream(URI.create(stream), Transport.TCP, Optional.of(WRONG)));
        } finally {
            redirect.stop(0);
        }
    }

    private static boolean arrived(CameraHealth health) {
        return health.camera().startsWith("good")
                ? health.state() == CameraState.STREAMING && health.counts().spooled() > 0
                : health.state() == CameraState.RECONNECTING && !"connecting".equals(health.detail());
    }

    private void fail(CaptureSource source) {
        try (VideoInput input = VideoInput.open(source, new Interrupt(), PATIENCE.toNanos())) {
            traces.append(input);
        } catch (CaptureException e) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            traces.append(trace).append(source);
        }
    }

    private static CameraPlan plan(Sources sources, String url, String secret) {
        return ((Reading.Accepted<CameraPlan>) sources.read("any", document(url, secret))).value();
    }

    private static JsonNode document(String url, String secret) {
        return Json.tree("{\"name\":\"Hall\",\"site\":{\"name\":\"School\",\"zone\":\"UTC\"},\"source\":{\"url\":\""
                + url + "\",\"secret\":\"secret:" + secret + "\"}}");
    }

    private dev.affray.agent.camera.Secrets secrets() throws Exception {
        Path file = folder.resolve("secrets.yaml");
        StringBuilder yaml = new StringBuilder();
        Map.of("rtsp", RTSP, "wrong", WRONG, "pictures", PictureServer.LOGIN)
                .forEach((name, login) -> yaml.append(name + ": {user: " + login.user() + ", password: '"
                        + login.password() + "', hosts: [127.0.0.1]}\n"));
        Files.writeString(file, yaml);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return ((Reading.Accepted<dev.affray.agent.camera.Secrets>)
                        dev.affray.agent.camera.Secrets.load(new SecretsFile(file, false)))
                .value();
    }

    /** As it travels: as it is, escaped, for Basic, and hashed for Digest, which is as good as the password for its realm. */
    private static List<String> forms(Login login) throws Exception {
        String pair = login.user() + ":" + login.password();
        String hashed = login.user() + ":GStreamer RTSP Server:" + login.password();
        byte[] half = MessageDigest.getInstance("MD5").digest(hashed.getBytes(StandardCharsets.UTF_8));
        return List.of(
                login.password(),
                Secrets.escaped(login.password()),
                Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)),
                HexFormat.of().formatHex(half));
    }
}
