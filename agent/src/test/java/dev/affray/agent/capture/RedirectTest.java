package dev.affray.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.affray.agent.capture.CaptureSource.Login;
import dev.affray.agent.capture.CaptureSource.Stream;
import dev.affray.camera.Source;
import dev.affray.health.CameraState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Login LOGIN = new Login("viewer", "hunter2");

    private final Captures captures = new Captures();

    /** Counts who comes, and says nothing. */
    private static final class Elsewhere implements AutoCloseable {
        final AtomicInteger visits = new AtomicInteger();
        private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.2"));

        Elsewhere() throws IOException {
            Thread.ofVirtual().start(() -> {
                while (!server.isClosed()) {
                    try (Socket _ = server.accept()) {
                        visits.incrementAndGet();
                    } catch (IOException e) {
                        return;
                    }
                }
            });
        }

        String url(String scheme) {
            return scheme + "://127.0.0.2:" + server.getLocalPort() + "/stolen";
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }

    /** An RTSP camera that wants a login, and sends whoever has one elsewhere. */
    private static ServerSocket rtsp(String location, List<String> heard) throws IOException {
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try (Socket client = server.accept()) {
                    converse(client, location, heard);
                } catch (IOException e) {
                    // The camera under test closed its end, or the test its own.
                }
            }
        });
        return server;
    }

    private static void converse(Socket client, String location, List<String> heard) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
        String line = in.readLine();
        StringBuilder request = new StringBuilder();
        while (line != null) {
            request.append(line).append('\n');
            if (line.isEmpty()) {
                heard.add(request.toString());
                String sequence = request.toString().replaceAll("(?s).*CSeq: ([0-9]+).*", "$1");
                String status = request.indexOf("Authorization: Basic") > 0
                        ? "302 Moved\r\nLocation: " + location
                        : "401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"camera\"";
                String answer = "RTSP/1.0 " + status + "\r\nCSeq: " + sequence + "\r\n\r\n";
                client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                request.setLength(0);
            }
            line = in.readLine();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rtsp", "rtsps", "http"})
    void isNotFollowedOverRtsp(String scheme) throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        try (Elsewhere elsewhere = new Elsewhere();
                ServerSocket server = rtsp(elsewhere.url(scheme) + "?token=xyzzy", heard)) {
            URI url = URI.create("rtsp://127.0.0.1:" + server.getLocalPort() + "/stream?profile=1");
            try (Camera camera = captures.camera(new Stream(url, Source.Transport.TCP, Optional.of(LOGIN)), 10)) {
                camera.start();
                await().atMost(PATIENCE)
                        .until(() -> String.valueOf(camera.status().detail()).startsWith("the camera redirects to"));
                assertThat(camera.status().detail())
                        .contains(elsewhere.url(scheme), "source.url")
                        .doesNotContain("xyzzy", "hunter2");
                assertThat(camera.status().state()).isEqualTo(CameraState.RECONNECTING);
            }
            assertThat(elsewhere.visits).hasValue(0);
            assertThat(heard.getFirst()).startsWith("OPTIONS " + url + " RTSP/1.0\n");
            assertThat(heard).noneMatch(request -> request.contains("127.0.0.2"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "https", "rtsp"})
    void isNotFollowedOverHttpToAnotherHost(String scheme) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try (Elsewhere elsewhere = new Elsewhere()) {
            server.createContext("/video", exchange -> {
                boolean known = exchange.getRequestHeaders().containsKey("Authorization");
                exchange.getResponseHeaders()
                        .set(known ? "Location" : "WWW-Authenticate", known ? elsewhere.url(scheme) : "Basic realm=x");
                exchange.sendResponseHeaders(known ? 302 : 401, -1);
                exchange.close();
            });
            server.start();
            URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/video");
            try (Camera camera = captures.camera(new Stream(url, Source.Transport.TCP, Optional.of(LOGIN)), 10)) {
                camera.start();
                await().atMost(PATIENCE)
                        .until(() -> String.valueOf(camera.status().detail())
                                .startsWith("the camera redirects to " + elsewhere.url(scheme)));
            }
            assertThat(elsewhere.visits).hasValue(0);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void isFollowedOverHttpOnTheSameHost() throws Exception {
        byte[] film = Films.ts("320x240", 15);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/video", exchange -> {
            exchange.getResponseHeaders().set("Location", "/moved/here");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.createContext("/moved/here", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "video/mp2t");
            exchange.sendResponseHeaders(200, film.length);
            exchange.getResponseBody().write(film);
            exchange.close();
        });
        server.start();
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/video");
        try (Camera camera = captures.camera(new Stream(url, Source.Transport.TCP, Optional.of(LOGIN)), 10)) {
            camera.start();
            await().atMost(PATIENCE).until(() -> !captures.frames.isEmpty());
        } finally {
            server.stop(0);
        }
        captures.assertLaw();
    }
}
