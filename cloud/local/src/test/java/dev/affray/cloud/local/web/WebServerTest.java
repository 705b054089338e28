package dev.affray.cloud.local.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affray.cloud.console.ConsoleApi;
import dev.affray.cloud.console.link.LinkPage;
import dev.affray.cloud.state.link.KeyRing;
import dev.affray.cloud.state.sqlite.Database;
import dev.affray.cloud.state.sqlite.SqliteCameraStore;
import dev.affray.cloud.state.sqlite.SqliteDetectionStore;
import dev.affray.cloud.state.sqlite.SqliteIncidentStore;
import dev.affray.cloud.state.sqlite.SqliteNotificationStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebServerTest {
    private static final String KEY = "live/gw/door/2026/11/20/07/1795159874500-0000003680-087.jpg";
    private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, 1, 2, 3};

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> asked = new ArrayList<>();
    private Database database;
    private Path tokenFile;
    private WebServer server;

    @BeforeEach
    void start() {
        database = Database.open(folder.resolve("state/state.db"));
        tokenFile = folder.resolve("state/console-token");
        server = WebServer.start(0, api(), this::frame, new OneMail(), links(), tokenFile);
    }

    @AfterEach
    void stop() {
        server.close();
        database.close();
        client.close();
    }

    @Test
    void theLinkSignsABrowserInAndLeavesNoTokenInItsAddress() throws Exception {
        HttpResponse<String> first =
                get(server.link().getPath() + "?" + server.link().getQuery());
        assertThat(first.statusCode()).isEqualTo(302);
        assertThat(first.headers().firstValue("Location").orElseThrow())
                .endsWith("/")
                .doesNotContain("token");
        String cookie = first.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie)
                .startsWith("affray-" + server.port() + "=")
                .contains("HttpOnly", "SameSite=Strict", "Path=/");

        HttpResponse<String> page = get("/", "Cookie", cookie.substring(0, cookie.indexOf(';')));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<title>Affray</title>");
    }

    @Test
    void withoutTheTokenNothingIsShown_andThePageSaysWhereTheLinkIs() throws Exception {
        assertThat(get("/").body()).contains("Affray prints a link");
        for (String path : List.of("/", "/page.js", "/api/status", "/api/inbox", "/inbox/1/html", "/frames/" + KEY)) {
            assertThat(get(path).statusCode()).as(path).isEqualTo(401);
            assertThat(get(path, "Cookie", "affray-" + server.port() + "=x").statusCode())
                    .isEqualTo(401);
            assertThat(get(path, "Authorization", "Bearer " + "x".repeat(32)).statusCode())
                    .isEqualTo(401);
        }
        assertThat(get("/?token=wrong").statusCode()).isEqualTo(401);
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:PORT",
                "127.0.0.1",
                "127.0.0.1:1",
                "localhost.evil.example:PORT",
                ""
            })
    void aForeignHostIsRefused_evenWithTheToken(String host) throws Exception {
        String answer = raw("GET / HTTP/1.1", "Host: " + host.replace("PORT", "" + server.port()), bearer());
        assertThat(answer).startsWith("HTTP/1.1 40").doesNotContain("<title>Affray");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "LOCALHOST", "[::1]"})
    void eachOfOurOwnNamesIsServed(String host) throws Exception {
        assertThat(raw("GET / HTTP/1.1", "Host: " + host + ":" + server.port(), bearer()))
                .startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "https://127.0.0.1:PORT", "http://127.0.0.1:1", "null"})
    void aForeignOriginIsRefused_evenWithTheToken(String origin) throws Exception {
        assertThat(signedIn("/api/status", "Origin", origin.replace("PORT", "" + server.port()))
                        .statusCode())
                .isEqualTo(403);
        assertThat(signedIn("/api/status", "Origin", "http://127.0.0.1:" + server.port())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aFrameIsServedByItsKey() throws Exception {
        HttpRequest request = request("/frames/" + KEY, "Authorization", bearer().substring(15))
                .build();
        HttpResponse<byte[]> frame = client.send(request, HttpResponse.BodyHandlers.ofByteArray());

        assertThat(frame.statusCode()).isEqualTo(200);
        assertThat(frame.body()).isEqualTo(JPEG);
        assertThat(frame.headers().firstValue("Content-Type")).contains("image/jpeg");
        assertThat(frame.headers().firstValue("Cache-Control")).contains("private, max-age=86400, immutable");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/frames/../console-token",
                "/frames/%2e%2e/%2e%2e/etc/passwd",
                "/frames/..%2f..%2fetc%2fpasswd",
                "/frames//etc/passwd",
                "/frames/live/gw/../../secrets.jpg",
                "/frames/live/gw/door/2026/11/20/08/1795159874500-0000003680-087.jpg",
                "/page/../index.html",
                "/index.html",
                "/frames/"
            })
    void onlyFrameKeysAreEverAskedFor(String path) throws Exception {
        String answer = raw("GET " + path + " HTTP/1.1", "Host: 127.0.0.1:" + server.port(), bearer());
        assertThat(answer).matches("(?s)HTTP/1.1 40[04] .*");
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
    void nothingCanBeChanged(String method) throws Exception {
        for (String path : List.of("/", "/api/status", "/api/inbox", "/frames/" + KEY)) {
            HttpRequest request = request(path, "Authorization", bearer().substring(15))
                    .method(method, HttpRequest.BodyPublishers.noBody())
                    .build();
            assertThat(client.send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(405);
        }
    }

    @Test
    void everyAnswerCarriesTheSecurityHeaders() throws Exception {
        for (HttpResponse<String> answer :
                List.of(signedIn("/"), signedIn("/api/status"), get("/"), signedIn("/none"))) {
            assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .contains("default-src 'self'", "frame-ancestors 'none'");
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
        }
        assertThat(signedIn("/api/status").headers().firstValue("Cache-Control"))
                .contains("no-store");
    }

    @Test
    void aMailIsShownWithoutScriptsAndWithItsOwnPictures() throws Exception {
        assertThat(signedIn("/api/inbox").body()).contains("\"subject\":\"Fight alarm\"");
        assertThat(signedIn("/api/inbox/1").body()).contains("\"hasHtml\":true", "\"text\":\"plain\"");

        HttpResponse<String> html = signedIn("/inbox/1/html");
        assertThat(html.body()).contains("<img src=\"images/best%40affray\">", "<head><base target=\"_blank\">");
        assertThat(html.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "frame-ancestors 'self'", "sandbox ")
                .doesNotContain("allow-scripts", "allow-forms");

        HttpResponse<String> image = signedIn("/inbox/1/images/best%40affray");
        assertThat(image.statusCode()).isEqualTo(200);
        assertThat(image.headers().firstValue("Content-Type")).contains("image/png");
        assertThat(signedIn("/inbox/1/images/active").statusCode()).isEqualTo(404);
        assertThat(signedIn("/inbox/2/html").statusCode()).isEqualTo(404);
    }

    @Test
    void theLinkOfAnAlertNeedsNoToken_andItsButtonsMayComeFromAPageThatNamesNoOrigin() throws Exception {
        assertThat(get("/i/style.css").statusCode()).isEqualTo(200);
        HttpResponse<String> unknown = get("/i/" + "x".repeat(39));
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).contains("This link does not work");
        assertThat(unknown.headers().allValues("Content-Security-Policy"))
                .singleElement()
                .asString()
                .contains("default-src 'none'", "form-action 'self'");
        HttpRequest button = request("/i/" + "x".repeat(39) + "/acknowledge", "Origin", "null")
                .POST(HttpRequest.BodyPublishers.ofString("x".repeat(9000)))
                .build();
        assertThat(client.send(button, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(404);
        HttpRequest head = request("/i/style.css").HEAD().build();
        assertThat(client.send(head, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/i/../api/status", "/i/%2e%2e/api/status", "/i//../api/status", "/i/..;/api/status", "/%69/x"})
    void nothingElseIsReachedByTheWayOfALink(String path) throws Exception {
        String answer = raw("GET " + path + " HTTP/1.1", "Host: 127.0.0.1:" + server.port());

        assertThat(answer).matches("(?s)HTTP/1.1 40[014] .*").doesNotContain("headline");
    }

    @Test
    void aLinkIsNotShownUnderAForeignName() throws Exception {
        assertThat(raw("GET /i/style.css HTTP/1.1", "Host: evil.example")).startsWith("HTTP/1.1 403");
    }

    @Test
    void theTokenIsKept_readableOnlyByItsOwner() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(tokenFile)))
                .isEqualTo("rw-------");
        try (WebServer again = WebServer.start(0, api(), this::frame, new OneMail(), links(), tokenFile)) {
            assertThat(again.link().getQuery()).isEqualTo(server.link().getQuery());
        }
        Files.writeString(tokenFile, "short");
        assertThatThrownBy(() -> WebServer.start(0, api(), this::frame, new OneMail(), links(), tokenFile))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("holds no console token; delete it");
    }

    @Test
    void aBusyPortIsNamed() throws Exception {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() ->
                            WebServer.start(busy.getLocalPort(), api(), this::frame, new OneMail(), links(), tokenFile))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("port " + busy.getLocalPort() + " is in use");
        }
    }

    @Test
    void theConsoleListensOnLoopbackOnly() {
        assertThat(server.link().getHost()).isEqualTo("127.0.0.1");
        assertThatThrownBy(() -> new Socket(InetAddress.getByName("127.0.0.2"), server.port()).close())
                .isInstanceOf(IOException.class);
    }

    private Optional<byte[]> frame(String key) {
        asked.add(key);
        return key.equals(KEY) ? Optional.of(JPEG) : Optional.empty();
    }

    private ConsoleApi api() {
        return new ConsoleApi(
                new SqliteDetectionStore(database),
                new SqliteIncidentStore(database),
                new SqliteNotificationStore(database),
                new SqliteCameraStore(database),
                Clock.systemUTC());
    }

    private LinkPage links() {
        KeyRing ring = KeyRing.parse("k".repeat(40));
        return new LinkPage(
                () -> ring,
                new SqliteIncidentStore(database),
                new SqliteDetectionStore(database),
                new SqliteCameraStore(database),
                this::frame,
                Clock.systemUTC());
    }

    private String bearer() {
        return "Authorization: Bearer " + server.link().getQuery().substring("token=".length());
    }

    private HttpResponse<String> signedIn(String path, String... headers) throws Exception {
        List<String> all = new ArrayList<>(List.of("Authorization", bearer().substring(15)));
        all.addAll(List.of(headers));
        return get(path, all.toArray(String[]::new));
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        return client.send(request(path, headers).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
        return headers.length == 0 ? request : request.headers(headers);
    }

    /** A request as it is, since an HTTP client would tidy up its path and would not send another Host. */
    private String raw(String... lines) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            String request = String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream answer = socket.getInputStream();
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static final class OneMail implements InboxPages {
        private static final Heading HEADING =
                new Heading("1", "affray@localhost", "duty@example", "Fight alarm", Instant.EPOCH);
        private static final String HTML =
                "<html><head></head><body><img src=\"cid:best@affray\"><script>alert(1)</script></body></html>";

        @Override
        public List<Heading> list() {
            return List.of(HEADING);
        }

        @Override
        public Optional<Mail> read(String id) {
            Image picture = new Image("image/png", new byte[] {1});
            Image active = new Image("image/svg+xml", new byte[] {2});
            Map<String, Image> images = Map.of("best@affray", picture, "active", active);
            return id.equals("1") ? Optional.of(new Mail(HEADING, "plain", HTML, images)) : Optional.empty();
        }
    }
}
