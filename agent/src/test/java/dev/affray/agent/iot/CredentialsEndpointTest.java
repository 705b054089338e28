package dev.affray.agent.iot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.core.exception.SdkClientException;

/** The credentials client against a real server with mutual TLS. */
class CredentialsEndpointTest {
    @TempDir
    static Path folder;

    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private volatile int status = 200;
    private volatile String body = "";
    private volatile boolean stopsInItsMiddle;
    private HttpsServer server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    private CredentialsEndpoint client(String algorithm, Clock clock) throws Exception {
        KeyStore gateway = Certificates.make(folder, "gateway-" + algorithm, algorithm);
        KeyStore endpoint = Certificates.make(folder, "endpoint", "RSA");
        serve(Certificates.tls(endpoint, gateway));
        return client("gateway-" + algorithm, "endpoint", clock);
    }

    private CredentialsEndpoint client(String own, String authority, Clock clock) throws IOException {
        IotEndpoint identity = new IotEndpoint(
                "localhost",
                8883,
                folder.resolve(own + ".pem"),
                folder.resolve(own + ".key"),
                Optional.of(folder.resolve(authority + ".pem")));
        URI uri = URI.create("https://localhost:" + server.getAddress().getPort());
        CredentialsSource source = new CredentialsSource(uri, "affray-gateway");
        return new CredentialsEndpoint(source, "gateway-1", identity, clock, Duration.ofSeconds(2));
    }

    private void serve(SSLContext tls) throws IOException {
        server = HttpsServer.create(new InetSocketAddress("localhost", 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters both = tls.getDefaultSSLParameters();
                both.setNeedClientAuth(true);
                parameters.setSSLParameters(both);
            }
        });
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestURI() + " "
                + exchange.getRequestHeaders().getFirst("x-amzn-iot-thingname") + " "
                + ((HttpsExchange) exchange).getSSLSession().getPeerPrincipal());
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes, 0, stopsInItsMiddle ? bytes.length / 2 : bytes.length);
        exchange.getResponseBody().flush();
        if (!stopsInItsMiddle) {
            exchange.close();
        }
    }

    private void give(String id, Duration life) {
        body = """
                {"credentials":{"accessKeyId":"%s","secretAccessKey":"hush","sessionToken":"token","expiration":"%s"}}""".formatted(id, Instant.now().plus(life));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC"})
    void fetchesCredentialsWithTheGatewaysCertificate_andKeepsThem(String algorithm) throws Exception {
        try (CredentialsEndpoint client = client(algorithm, Clock.systemUTC())) {
            give("id-1", Duration.ofHours(1));
            AwsCredentials credentials = client.resolveCredentials();

            assertThat(credentials.accessKeyId()).isEqualTo("id-1");
            assertThat(client.resolveCredentials()).isSameAs(credentials);
            assertThat(requests)
                    .containsExactly("/role-aliases/affray-gateway/credentials gateway-1 CN=gateway-" + algorithm);
        }
    }

    @Test
    void fetchesAnew_beforeTheyExpire() throws Exception {
        try (CredentialsEndpoint client = client("EC", Clock.systemUTC())) {
            give("short", Duration.ofSeconds(3));
            client.resolveCredentials();
            give("long", Duration.ofHours(1));
            await().until(() -> client.resolveCredentials().accessKeyId().equals("long"));

            assertThat(requests).hasSize(2);
        }
    }

    @Test
    void servesTheOldOnesWhileAFetchFails_withoutTryingForEveryFrame() throws Exception {
        try (CredentialsEndpoint client = client("EC", Clock.systemUTC())) {
            give("old", Duration.ofSeconds(6));
            client.resolveCredentials();
            status = 500;
            await().pollInterval(Duration.ofMillis(20)).until(() -> {
                assertThat(client.resolveCredentials().accessKeyId()).isEqualTo("old");
                return requests.size() == 2;
            });
            for (int frame = 0; frame < 20; frame++) {
                assertThat(client.resolveCredentials().accessKeyId()).isEqualTo("old");
            }
            assertThat(requests).hasSize(2);

            status = 200;
            give("new", Duration.ofHours(1));
            await().until(() -> client.resolveCredentials().accessKeyId().equals("new"));
            assertThat(requests).hasSize(3);
        }
    }

    @Test
    void fetchesOthersAtOnce_whenTheseAreRefused_butNotForEveryRefusal() throws Exception {
        try (CredentialsEndpoint client = client("EC", Clock.systemUTC())) {
            give("revoked", Duration.ofHours(1));
            client.resolveCredentials();
            long began = System.nanoTime();
            give("fresh", Duration.ofHours(1));

            assertThat(client.refused(began)).isTrue();
            assertThat(client.resolveCredentials().accessKeyId()).isEqualTo("fresh");
            assertThat(client.refused(began)).as("that was about the others").isTrue();
            assertThat(client.resolveCredentials().accessKeyId()).isEqualTo("fresh");
            assertThat(requests).hasSize(2);

            assertThat(client.refused(System.nanoTime())).as("so soon again").isFalse();
            assertThat(client.resolveCredentials().accessKeyId()).isEqualTo("fresh");
            assertThat(requests).hasSize(2);
        }
    }

    @Test
    @Timeout(30)
    void doesNotWaitForEver_forAnAnswerThatStopsInItsMiddle() throws Exception {
        try (CredentialsEndpoint client = client("EC", Clock.systemUTC())) {
            give("id-1", Duration.ofHours(1));
            stopsInItsMiddle = true;

            assertThatThrownBy(client::resolveCredentials).hasMessageContaining("did not finish its answer");
        }
    }

    @Test
    void measuresHowWrongThisClockIs_andIsNotMisledByIt() throws Exception {
        Duration wrong = Duration.ofHours(2);
        try (CredentialsEndpoint client = client("EC", Clock.offset(Clock.systemUTC(), wrong))) {
            assertThat(client.clockSkewMillis()).isNull();
            give("id-1", Duration.ofHours(1));
            client.resolveCredentials();
            client.resolveCredentials();

            assertThat(client.clockSkewMillis()).isBetween(wrong.toMillis() - 60_000, wrong.toMillis() + 60_000);
            assertThat(requests).hasSize(1);
        }
    }

    @Test
    void saysWhyThereAreNone_withoutTheAnswersText() throws Exception {
        try (CredentialsEndpoint client = client("EC", Clock.systemUTC())) {
            status = 403;
            body = "{\"message\":\"hush\"}";
            assertThatThrownBy(client::resolveCredentials)
                    .isInstanceOf(SdkClientException.class)
                    .hasMessageContaining("answered 403")
                    .hasMessageNotContaining("hush");

            status = 200;
            body = "{\"credentials\":{\"accessKeyId\":\"hush\"}}";
            assertThatThrownBy(client::resolveCredentials)
                    .hasMessageContaining("cannot be read")
                    .hasMessageNotContaining("hush");
        }
    }

    @Test
    void doesNotTalkToAnEndpointOfAnotherAuthority() throws Exception {
        client("EC", Clock.systemUTC()).close();
        Certificates.make(folder, "stranger", "EC");
        try (CredentialsEndpoint client = client("gateway-EC", "stranger", Clock.systemUTC())) {
            assertThatThrownBy(client::resolveCredentials)
                    .hasMessageContaining("TLS with the credentials endpoint failed");
        }
        assertThat(requests).isEmpty();
    }

    @Test
    void namesTheFileThatIsNoKey_withoutQuotingIt() throws Exception {
        client("EC", Clock.systemUTC()).close();
        Files.copy(folder.resolve("gateway-EC.pem"), folder.resolve("old.pem"));
        Files.writeString(
                folder.resolve("old.key"), "-----BEGIN EC PRIVATE KEY-----\nhush\n-----END EC PRIVATE KEY-----\n");
        assertThatThrownBy(() -> client("old", "endpoint", Clock.systemUTC()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("old.key")
                .hasMessageContaining("openssl pkcs8")
                .hasMessageNotContaining("hush");
    }
}
