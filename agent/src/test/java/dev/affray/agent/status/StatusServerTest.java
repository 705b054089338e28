package dev.affray.agent.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.File;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusServerTest {
    private volatile Optional<String> sickness = Optional.empty();
    private volatile boolean fails;
    private StatusServer server;
    private int port;

    private static Optional<InetSocketAddress> at(int port) {
        return Optional.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    private GatewayStatus status() {
        if (fails) {
            throw new IllegalStateException("hush-hush");
        }
        return Statuses.trouble();
    }

    @BeforeEach
    void open() {
        server = new StatusServer(at(0), this::status, () -> sickness);
        server.start();
        port = server.port().orElseThrow();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void showsThePage_toThisMachine() throws Exception {
        Asked page = Asked.get(port, "/");

        assertThat(page.code()).isEqualTo(200);
        assertThat(page.head())
                .contains(
                        "Content-type: text/html; charset=utf-8",
                        "Cache-control: no-store",
                        "Content-security-policy: default-src 'none'; style-src 'sha256-",
                        "X-content-type-options: nosniff");
        assertThat(page.body()).startsWith("<!doctype html>").contains("<h1>northgate-gw1</h1>");
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, 200",
        "LOCALHOST:9464, 200",
        "127.0.0.1, 200",
        "192.168.0.7:9464, 200",
        "[::1]:9464, 200",
        "evil.example.org, 421",
        "127.0.0.1.evil.example.org, 421",
        "localhost.evil.example.org:9464, 421"
    })
    void answersToAddressesAlone_soThatNoOtherSiteReadsIt(String host, int code) throws Exception {
        Asked answer = Asked.send(port, "GET /metrics HTTP/1.1\r\nHost: " + host);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.body().contains("affray_")).isEqualTo(code == 200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.0", "GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost"})
    void wantsOneHost(String head) throws Exception {
        assertThat(Asked.send(port, head).code()).isEqualTo(421);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"})
    void changesNothing(String method) throws Exception {
        Asked answer = Asked.send(port, method + " / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0");
        assertThat(answer.code()).isEqualTo(405);
        assertThat(answer.head()).contains("Allow: GET, HEAD");
    }

    @Test
    void headHasNoBody() throws Exception {
        Asked head = Asked.send(port, "HEAD /healthz HTTP/1.1\r\nHost: localhost");
        assertThat(head.code()).isEqualTo(200);
        assertThat(head.head()).contains("Content-length: 3");
        assertThat(head.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/metrics/", "/..", "/%2e%2e/agent.yaml", "http://evil.example.org/x"})
    void thereIsNothingElse(String path) throws Exception {
        assertThat(Asked.get(port, path).code()).isEqualTo(404);
    }

    @Test
    void tellsASupervisorInOneLine() throws Exception {
        assertThat(Asked.get(port, "/healthz"))
                .extracting(Asked::code, Asked::body)
                .containsExactly(200, "ok\n");
        sickness = Optional.of("too many calls into FFmpeg hang");
        assertThat(Asked.get(port, "/healthz"))
                .extracting(Asked::code, Asked::body)
                .containsExactly(503, "too many calls into FFmpeg hang\n");
    }

    @Test
    void aFailureIsNotTold_andEndsNothing() throws Exception {
        fails = true;
        Asked answer = Asked.get(port, "/");
        assertThat(answer.code()).isEqualTo(500);
        assertThat(answer.body()).doesNotContain("hush-hush");
        fails = false;
        assertThat(Asked.get(port, "/").code()).isEqualTo(200);
    }

    @Test
    void aPortThatIsTakenStopsNobody() throws Exception {
        try (StatusServer second = new StatusServer(at(port), this::status, () -> sickness)) {
            second.start();
            assertThat(second.port()).isEmpty();
        }
        assertThat(Asked.get(port, "/healthz").code()).isEqualTo(200);
    }

    @Test
    void isOffWhereItIsSaidSo_andClosesTwice() {
        try (StatusServer off = new StatusServer(Optional.empty(), this::status, () -> sickness)) {
            off.start();
            assertThat(off.port()).isEmpty();
        }
        server.close();
        server.close();
        assertThat(server.port()).isEmpty();
    }

    /** The JDK's server reads its limits once in a process, so this one has a process of its own. */
    @Test
    void slowClientsAreSentAway_andOthersAnswered() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dsun.net.httpserver.maxReqTime=1",
                        "-cp",
                        System.getProperty("java.class.path").replace(';', File.pathSeparatorChar),
                        Listening.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<Socket> slow = new ArrayList<>();
        try (BufferedReader out = process.inputReader()) {
            int theirs = Integer.parseInt(out.readLine());
            for (int i = 0; i < 8; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), theirs);
                socket.getOutputStream().write("GET / HTTP/1.1\r\nHost:".getBytes(StandardCharsets.UTF_8));
                slow.add(socket);
            }
            await().ignoreExceptions().until(() -> Asked.get(theirs, "/healthz").code() == 200);
        } finally {
            process.destroyForcibly();
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    /** Listens until it is killed. */
    static final class Listening {
        private Listening() {}

        public static void main(String[] arguments) throws InterruptedException {
            StatusServer server = new StatusServer(at(0), Statuses::trouble, Optional::empty);
            server.start();
            System.out.println(server.port().orElseThrow());
            Thread.sleep(60_000);
        }
    }
}
