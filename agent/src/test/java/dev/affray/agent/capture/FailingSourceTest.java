package dev.affray.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.affray.agent.capture.CaptureSource.LocalFile;
import dev.affray.agent.capture.CaptureSource.Stream;
import dev.affray.camera.Source;
import dev.affray.health.CameraState;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailingSourceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final Captures captures = new Captures();

    @Test
    void saysConnectionRefused_whenNobodyListens() throws Exception {
        int port;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }
        try (Camera camera = captures.camera(stream("rtsp://127.0.0.1:" + port + "/"), 2)) {
            camera.start();
            await().atMost(PATIENCE)
                    .until(() -> "connection refused".equals(camera.status().detail()));
            assertThat(camera.status().state()).isEqualTo(CameraState.RECONNECTING);
        }
        assertThat(Captures.running("test")).isFalse();
    }

    @Test
    void startsAnew_afterAnErrorThatNobodyForesaw() throws Exception {
        AtomicInteger lines = new AtomicInteger();
        PrintStream usual = System.err;
        System.setErr(new PrintStream(usual, true, StandardCharsets.UTF_8) {
            @Override
            public void println(@Nullable String line) {
                if (String.valueOf(line).contains("; trying rtsp") && lines.getAndIncrement() == 0) {
                    throw new OutOfMemoryError("for a moment");
                }
                super.println(line);
            }
        });
        try (Camera camera = captures.camera(stream("rtsp://127.0.0.1:1/"), 2)) {
            camera.start();
            await().atMost(PATIENCE).until(() -> lines.get() >= 2);
            assertThat(camera.status().state()).isEqualTo(CameraState.RECONNECTING);
        } finally {
            System.setErr(usual);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rtsp", "http"})
    void givesUpAfterTheTimeout_whenTheCameraNeverAnswers(String scheme) throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Camera camera = captures.camera(
                        stream(scheme + "://127.0.0.1:" + silent.getLocalPort() + "/"), 2, Duration.ofSeconds(1))) {
            camera.start();
            await().atMost(PATIENCE)
                    .until(() -> "timed out after 1 s".equals(camera.status().detail()));
            assertThat(camera.status().state()).isEqualTo(CameraState.RECONNECTING);
        }
    }

    @Test
    void closes_whileTheCameraNeverAnswers() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Camera camera =
                    captures.camera(stream("rtsp://127.0.0.1:" + silent.getLocalPort() + "/"), 2, Duration.ofHours(1));
            camera.start();
            silent.accept().getInputStream().read();
            camera.close();
            camera.close();
            assertThat(Captures.running("test")).isFalse();
        }
    }

    @Test
    void timesOutEachOfManyCameras_onItsOwn() throws Exception {
        List<Camera> cameras = new ArrayList<>();
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Stream stream = stream("rtsp://127.0.0.1:" + silent.getLocalPort() + "/");
            for (int i = 0; i < 15; i++) {
                Camera camera = captures.camera(stream, 2, Duration.ofSeconds(1));
                cameras.add(camera);
                camera.start();
            }
            await().atMost(PATIENCE)
                    .until(() -> cameras.stream()
                            .allMatch(
                                    c -> "timed out after 1 s".equals(c.status().detail())));
        } finally {
            cameras.forEach(Camera::close);
        }
        assertThat(Captures.running("test")).isFalse();
    }

    @Test
    void refusesAWebPage() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] page = "<html><body>Welcome to your camera</body></html>".getBytes(StandardCharsets.UTF_8);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        server.start();
        try (Camera camera =
                captures.camera(stream("http://127.0.0.1:" + server.getAddress().getPort() + "/"), 2)) {
            camera.start();
            await().atMost(PATIENCE)
                    .until(() -> String.valueOf(camera.status().detail()).startsWith("not a video"));
            assertThat(camera.status().state()).isEqualTo(CameraState.RECONNECTING);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void isMisconfigured_whenTheFileIsNoVideo() throws Exception {
        Path text = Files.writeString(folder.resolve("film.mp4"), "not a film at all\n".repeat(500));
        assertMisconfigured(text);
    }

    @Test
    void isMisconfigured_whenThereIsNoFile() {
        assertMisconfigured(folder.resolve("missing.mp4"));
        assertMisconfigured(folder);
    }

    @Test
    void opensNothingElse_thatAFileNames() throws Exception {
        Path list = folder.resolve("list.mp4");
        Files.writeString(list, "ffconcat version 1.0\nfile '" + Captures.sample(5) + "'\n");
        assertMisconfigured(list);
        Files.writeString(
                list, "#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\n" + Captures.sample(5) + "\n#EXT-X-ENDLIST\n");
        assertMisconfigured(list);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "concat:a|b", "rtsp://user:secret@host/", "rtsp:///path", "path"})
    void takesNoOtherUrls(String url) {
        assertThatIllegalArgumentException().isThrownBy(() -> stream(url)).withMessageNotContaining("secret@");
    }

    private void assertMisconfigured(Path file) {
        try (Camera camera = captures.camera(new LocalFile(file, true), 2)) {
            camera.start();
            await().atMost(PATIENCE).until(() -> camera.status().state() == CameraState.MISCONFIGURED);
            assertThat(camera.status().detail()).contains(file.toString());
        }
        assertThat(captures.ledger.counts().captured()).isZero();
    }

    private static Stream stream(String url) {
        return new Stream(URI.create(url), Source.Transport.TCP, Optional.empty());
    }
}
