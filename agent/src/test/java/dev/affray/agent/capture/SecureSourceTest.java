package dev.affray.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.affray.agent.capture.CaptureSource.Stream;
import dev.affray.agent.iot.Certificates;
import dev.affray.camera.Source;
import dev.affray.health.CameraState;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecureSourceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String STORE = "javax.net.ssl.trustStore";

    @TempDir
    static Path folder;

    private final Captures captures = new Captures();

    @AfterEach
    void forgetTheAuthority() {
        System.clearProperty(STORE);
    }

    private static void trustTheCamera() throws Exception {
        Certificates.make(folder, "camera", "EC");
        System.setProperty(STORE, folder.resolve("camera.p12").toString());
        System.setProperty(STORE + "Password", "changeit");
    }

    private static Stream stream(String scheme, String host, TlsFront front, String path, Optional<String> pin) {
        URI url = URI.create(scheme + "://" + host + ":" + front.port() + path);
        return new Stream(
                url, Source.Transport.TCP, Optional.empty(), pin, Duration.ofSeconds(1), Source.Decoder.SOFTWARE);
    }

    private static String flipped(String fingerprint) {
        return (fingerprint.charAt(0) == '0' ? '1' : '0') + fingerprint.substring(1);
    }

    @Test
    void spoolsFramesOverRtsps_whenAnAuthorityVouchesForTheCertificate() throws Exception {
        trustTheCamera();
        try (RtspServer server = RtspServer.start(Captures.sample(40), 0);
                TlsFront front = TlsFront.before(server.port(), folder)) {
            assertStreams(stream("rtsps", "localhost", front, "/stream", Optional.empty()));
        }
    }

    @Test
    void spoolsFramesOverRtsps_whenTheCertificateIsPinned_whateverItsName() throws Exception {
        try (RtspServer server = RtspServer.start(Captures.sample(40), 0);
                TlsFront front = TlsFront.before(server.port(), folder)) {
            assertStreams(stream("rtsps", "127.0.0.1", front, "/stream", Optional.of(front.fingerprint())));
        }
    }

    @Test
    void spoolsFramesOverHttps_whenAnAuthorityVouchesForTheCertificate_orItIsPinned() throws Exception {
        try (HttpFeed feed = HttpFeed.live(Films.ts("320x240", 15), 2);
                TlsFront front = TlsFront.before(feed.port(), folder)) {
            assertStreams(stream("https", "127.0.0.1", front, "/video", Optional.of(front.fingerprint())));
            trustTheCamera();
            assertStreams(stream("https", "localhost", front, "/video", Optional.empty()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rtsps", "https"})
    void saysTheFingerprintAndHowToPinIt_whenNobodyVouchesForTheCertificate(String scheme) throws Exception {
        try (HttpFeed feed = HttpFeed.live(Films.ts("320x240", 15), 2);
                TlsFront front = TlsFront.before(feed.port(), folder)) {
            assertRefused(
                    stream(scheme, "localhost", front, "/video", Optional.empty()),
                    front,
                    "its certificate is not trusted, no known authority vouches for it: SHA-256 ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rtsps", "https"})
    void refusesATrustedCertificateOfAnotherHost(String scheme) throws Exception {
        trustTheCamera();
        try (HttpFeed feed = HttpFeed.live(Films.ts("320x240", 15), 2);
                TlsFront front = TlsFront.before(feed.port(), folder)) {
            assertRefused(
                    stream(scheme, "127.0.0.1", front, "/video", Optional.empty()),
                    front,
                    "its certificate is not trusted, it is made out to another host: SHA-256 ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rtsps", "https"})
    void refusesAnyOtherCertificateThanThePinnedOne_howeverTrusted(String scheme) throws Exception {
        trustTheCamera();
        try (HttpFeed feed = HttpFeed.live(Films.ts("320x240", 15), 2);
                TlsFront front = TlsFront.before(feed.port(), folder)) {
            assertRefused(
                    stream(scheme, "localhost", front, "/video", Optional.of(flipped(front.fingerprint()))),
                    front,
                    "its certificate is not the pinned one: SHA-256 ");
        }
    }

    @Test
    void saysSo_whenTheCameraSpeaksNoTls() throws Exception {
        try (HttpFeed feed = HttpFeed.live(Films.ts("320x240", 15), 2)) {
            Stream stream = new Stream(
                    URI.create("rtsps://127.0.0.1:" + feed.port() + "/"), Source.Transport.TCP, Optional.empty());
            try (Camera camera = captures.camera(stream, 10, Duration.ofSeconds(1))) {
                camera.start();
                await().atMost(PATIENCE)
                        .until(() ->
                                String.valueOf(camera.status().detail()).matches("no secure connection.*|timed out.*"));
            }
        }
        assertThat(captures.frames).isEmpty();
    }

    private void assertStreams(Stream stream) {
        int before = captures.frames.size();
        try (Camera camera = captures.camera(stream, 10)) {
            camera.start();
            await().atMost(PATIENCE).until(() -> captures.frames.size() > before);
            assertThat(camera.status().state()).isEqualTo(CameraState.STREAMING);
        }
    }

    private void assertRefused(Stream stream, TlsFront front, String reason) throws Exception {
        try (Camera camera = captures.camera(stream, 10)) {
            camera.start();
            await().atMost(PATIENCE)
                    .until(() -> String.valueOf(camera.status().detail()).startsWith(reason));
            assertThat(camera.status().detail())
                    .containsIgnoringCase(front.fingerprint().replaceAll("(..)(?=.)", "$1:"))
                    .contains("source.fingerprint");
            assertThat(camera.status().state()).isEqualTo(CameraState.RECONNECTING);
        }
        assertThat(captures.frames).isEmpty();
        assertThat(front.heard).hasValue(0);
    }
}
