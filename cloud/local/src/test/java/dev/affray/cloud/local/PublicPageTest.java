package dev.affray.cloud.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affray.cloud.console.link.LinkPage;
import dev.affray.cloud.local.pki.TlsFiles;
import dev.affray.cloud.state.link.KeyRing;
import dev.affray.cloud.state.sqlite.Database;
import dev.affray.cloud.state.sqlite.SqliteCameraStore;
import dev.affray.cloud.state.sqlite.SqliteDetectionStore;
import dev.affray.cloud.state.sqlite.SqliteIncidentStore;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class PublicPageTest {
    private static final Instant NEXT_MONTH = Instant.now().plus(Duration.ofDays(30));

    @TempDir
    Path folder;

    private Path chain;
    private Path key;
    private Database database;
    private int port;
    private Optional<PublicPage> page = Optional.empty();

    @BeforeEach
    void open() throws IOException {
        chain = folder.resolve("fullchain.pem");
        key = folder.resolve("privkey.pem");
        database = Database.open(folder.resolve("state.db"));
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
    }

    @AfterEach
    void close() {
        page.ifPresent(PublicPage::close);
        database.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC"})
    void servesThePagesOfLinksOverTls_andNothingElse(String algorithm) throws Exception {
        SelfSigned identity = SelfSigned.of("localhost", NEXT_MONTH, algorithm);
        identity.write(chain, key);

        assertThat(withTls("localhost").look()).isEmpty();
        try (HttpClient phone = client(identity)) {
            assertThat(get(phone, "/i/style.css").statusCode()).isEqualTo(200);
            assertThat(get(phone, "/i/" + "x".repeat(39)).body()).contains("This link does not work");
            for (String path :
                    List.of("/", "/page.css", "/api/status", "/api/inbox", "/frames/live/a", "/index.html")) {
                assertThat(get(phone, path).statusCode()).as(path).isEqualTo(404);
            }
            HttpRequest put = HttpRequest.newBuilder(at("/i/" + "x".repeat(39)))
                    .PUT(HttpRequest.BodyPublishers.ofString("x"))
                    .build();
            assertThat(phone.send(put, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(405);
            HttpRequest wide = HttpRequest.newBuilder(at("/i/x"))
                    .header("X-Wide", "x".repeat(20_000))
                    .build();
            assertThat(phone.send(wide, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(431);
        }
    }

    @Test
    void takesUpACertificateThatWasRenewed_withoutAStart() throws Exception {
        SelfSigned before = SelfSigned.of("localhost", NEXT_MONTH, "EC");
        before.write(chain, key);
        PublicPage shown = withTls("localhost");
        shown.look();
        SelfSigned after = SelfSigned.of("localhost", NEXT_MONTH.plusSeconds(86_400), "EC");
        after.write(chain, key);
        later();

        assertThat(shown.look()).isEmpty();
        try (HttpClient phone = client(after);
                HttpClient old = client(before)) {
            assertThat(get(phone, "/i/style.css").statusCode()).isEqualTo(200);
            assertThatThrownBy(() -> get(old, "/i/style.css")).isInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    void keepsTheCertificateThatItHas_whileTheNewOneIsHalfWritten_andSaysSoOnce() throws Exception {
        SelfSigned identity = SelfSigned.of("localhost", NEXT_MONTH, "EC");
        identity.write(chain, key);
        PublicPage shown = withTls("localhost");
        shown.look();
        SelfSigned.of("localhost", NEXT_MONTH, "EC").write(chain, folder.resolve("another.pem"));
        later();

        assertThat(shown.look()).hasValueSatisfying(wrong -> assertThat(wrong).contains("does not belong to"));
        assertThat(shown.look()).isEmpty();
        try (HttpClient phone = client(identity)) {
            assertThat(get(phone, "/i/style.css").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void whatKeepsItFromOpening_isSaidInOneLine_andItOpensWhenThatIsGone() throws Exception {
        PublicPage shown = withTls("localhost");
        assertThat(shown.look()).hasValueSatisfying(wrong -> assertThat(wrong).contains("fullchain.pem"));
        assertThat(shown.isOpen()).isFalse();

        SelfSigned.of("localhost", NEXT_MONTH, "EC").write(chain, key);
        Files.writeString(key, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        assertThat(shown.look())
                .hasValueSatisfying(wrong ->
                        assertThat(wrong).contains("privkey.pem is damaged").doesNotContain("AAAA"));

        SelfSigned.of("localhost", NEXT_MONTH, "EC").write(chain, key);
        try (ServerSocket busy = new ServerSocket(port)) {
            assertThat(busy.isBound()).isTrue();
            assertThat(shown.look())
                    .hasValueSatisfying(wrong -> assertThat(wrong).startsWith("port " + port));
        }
        assertThat(shown.look()).isEmpty();
        assertThat(shown.isOpen()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, -1, expired at",
        "affray.example.org, 30, 'made out to affray.example.org, not to localhost'"
    })
    void aCertificateThatBrowsersWarnOf_isServed_andSaid(String host, int days, String words) throws Exception {
        SelfSigned.of(host, Instant.now().plus(Duration.ofDays(days)), "EC").write(chain, key);
        PublicPage shown = withTls("localhost");

        assertThat(shown.look()).hasValueSatisfying(wrong -> assertThat(wrong).contains(words, "browsers will warn"));
        assertThat(shown.isOpen()).isTrue();
    }

    @Test
    void aWildcardCoversOneLabel() throws Exception {
        SelfSigned.of("*.example.org", NEXT_MONTH, "EC").write(chain, key);
        TlsFiles files = new TlsFiles(chain, key);

        assertThat(files.read("affray.example.org", Instant.now()).doubt()).isEmpty();
        assertThat(files.read("a.b.example.org", Instant.now()).doubt()).isPresent();
        assertThat(files.read("example.org", Instant.now()).doubt()).isPresent();
    }

    @Test
    void withoutACertificate_itListensForAProxyOnThisMachineOnly() throws Exception {
        page = Optional.of(new PublicPage(
                new PublicAddress(URI.create("https://affray.example.org"), port, Optional.empty()), links(), clock()));

        assertThat(page.get().look()).isEmpty();
        assertThat(raw("GET /i/style.css HTTP/1.1", "Host: affray.example.org")).startsWith("HTTP/1.1 200");
        assertThat(raw("GET /api/status HTTP/1.1", "Host: affray.example.org")).startsWith("HTTP/1.1 404");
        assertThatThrownBy(() -> new Socket("127.0.0.2", port).close()).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--public-url affray.example.org",
                "--public-url https://affray.example.org/i",
                "--public-url http://affray.example.org",
                "--public-url http://192.0.2.7:8080",
                "--public-url https://user:secret@affray.example.org",
                "--public-url https://affray.example.org --tls-key a.pem",
                "--public-url http://localhost:8081 --tls-key a.pem --tls-certificate b.pem",
                "--public-url https://affray.example.org --public-port 70000",
                "--public-port 8081",
                "--tls-key a.pem --tls-certificate b.pem"
            })
    void whatCannotBeMeant_isRefused(String arguments) {
        PublicOptions options = options(arguments);

        assertThatThrownBy(options::choice)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--");
    }

    @ParameterizedTest
    @CsvSource({
        "--public-url https://affray.example.org --tls-key a.pem --tls-certificate b.pem, 443",
        "--public-url https://affray.example.org:8443 --tls-key a.pem --tls-certificate b.pem, 8443",
        "--public-url https://affray.example.org --tls-key a.pem --tls-certificate b.pem --public-port 8443, 8443",
        "--public-url https://affray.example.org, 8081",
        "--public-url http://localhost:8081, 8081"
    })
    void thePortIsThatOfTheAddress_orOneForAProxy(String arguments, int expected) {
        OptionalInt found = options(arguments).choice().stream()
                .mapToInt(PublicAddress::port)
                .findFirst();

        assertThat(found).hasValue(expected);
    }

    @Test
    void theKeysOfLinksAreMadeOnce_forTheirOwnerAlone_andWhatIsNoKeyIsRefused() throws Exception {
        Path file = folder.resolve("link-keys");
        String made = LinkKeyFile.read(file).toString();

        assertThat(LinkKeyFile.read(file).toString()).isEqualTo(made);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Files.writeString(file, "secret but short");
        assertThatThrownBy(() -> LinkKeyFile.read(file))
                .hasMessageContaining("link-keys")
                .hasMessageContaining("delete it")
                .message()
                .doesNotContain("secret but");
    }

    private PublicPage withTls(String host) {
        PublicAddress address = new PublicAddress(
                URI.create("https://" + host + ":" + port), port, Optional.of(new TlsFiles(chain, key)));
        page = Optional.of(new PublicPage(address, links(), clock()));
        return page.get();
    }

    /** File systems tell times apart less finely than tests write. */
    private void later() throws IOException {
        Files.setLastModifiedTime(chain, FileTime.from(Instant.now().plusSeconds(5)));
    }

    private static Clock clock() {
        return Clock.systemUTC();
    }

    private LinkPage links() {
        KeyRing ring = KeyRing.parse("k".repeat(40));
        return new LinkPage(
                () -> ring,
                new SqliteIncidentStore(database),
                new SqliteDetectionStore(database),
                new SqliteCameraStore(database),
                _ -> Optional.empty(),
                clock());
    }

    private static PublicOptions options(String arguments) {
        PublicOptions options = new PublicOptions();
        new CommandLine(options).parseArgs(arguments.split(" "));
        return options;
    }

    private static HttpClient client(SelfSigned trusted) {
        return HttpClient.newBuilder().sslContext(trusted.trust()).build();
    }

    private URI at(String path) {
        return URI.create("https://localhost:" + port + path);
    }

    private HttpResponse<String> get(HttpClient client, String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(at(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private String raw(String... lines) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            String request = String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
