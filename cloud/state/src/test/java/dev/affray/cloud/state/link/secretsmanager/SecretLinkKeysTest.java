package dev.affray.cloud.state.link.secretsmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.affray.cloud.state.link.LinkToken;
import dev.affray.cloud.state.link.LinkToken.Verdict;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

class SecretLinkKeysTest {
    private static final String OLD = "o".repeat(64);
    private static final String NEW = "n".repeat(64);

    private final AtomicInteger asked = new AtomicInteger();
    private volatile String value = OLD;
    private volatile boolean refuses;
    private volatile Instant now = Instant.parse("2026-11-20T21:00:00Z");
    private HttpServer server;
    private SecretsManagerClient client;
    private SecretLinkKeys keys;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(exchange.getRequestHeaders().getFirst("X-Amz-Target"))
                    .isEqualTo("secretsmanager.GetSecretValue");
            assertThat(request).contains("arn:secret");
            asked.incrementAndGet();
            byte[] answer = (refuses
                            ? "{\"__type\":\"AccessDeniedException\",\"message\":\"no\"}"
                            : "{\"SecretString\":\"" + value + "\"}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
            exchange.sendResponseHeaders(refuses ? 400 : 200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        client = SecretsManagerClient.builder()
                .endpointOverride(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                .region(Region.EU_WEST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "s")))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
        InstantSource source = () -> now;
        keys = new SecretLinkKeys(client, "arn:secret", source.withZone(ZoneOffset.UTC));
    }

    @AfterEach
    void close() {
        client.close();
        server.stop(0);
    }

    @Test
    void isReadWhenFirstAsked_andAgainAfterAnHour() {
        assertThat(asked).hasValue(0);
        keys.keys();
        keys.keys();
        now = now.plus(Duration.ofMinutes(59));
        keys.keys();
        assertThat(asked).hasValue(1);
        now = now.plus(Duration.ofMinutes(2));
        keys.keys();
        assertThat(asked).hasValue(2);
    }

    @Test
    void aLinkOfAKeyThatWasMadeMeanwhile_isVerified_andForgedOnesDoNotAskEachTime() {
        LinkToken tokens = new LinkToken(keys);
        tokens.sign("0k3v9x2m7qfa", now.plusSeconds(3600));
        value = NEW + " " + OLD;
        now = now.plus(Duration.ofMinutes(5));
        InstantSource source = () -> now;
        String token = new LinkToken(new SecretLinkKeys(client, "arn:secret", source.withZone(ZoneOffset.UTC)))
                .sign("0k3v9x2m7qfa", now.plusSeconds(3600));
        assertThat(asked).hasValue(2);

        assertThat(tokens.verify(token, now)).isInstanceOf(Verdict.Valid.class);
        assertThat(asked).hasValue(3);
        for (char id : "0123456789abcdefghjkmnpqrstvwxyz".toCharArray()) {
            assertThat(tokens.verify(token.substring(0, 12) + id + token.substring(13, 38) + "!", now))
                    .isEqualTo(new Verdict.Refused());
            tokens.verify("0".repeat(12) + id + "0".repeat(26), now);
        }
        assertThat(asked).hasValue(3);
    }

    @Test
    void whatWasReadStaysInUse_whileTheSecretIsOutOfReachOrBroken_andIsNotAskedForAllTheTime() {
        String before = keys.keys().toString();
        refuses = true;
        now = now.plus(Duration.ofHours(2));
        for (int i = 0; i < 5; i++) {
            assertThat(keys.keys()).hasToString(before);
        }
        assertThat(asked).hasValue(2);
        refuses = false;
        value = "broken";
        now = now.plus(Duration.ofMinutes(2));
        assertThat(keys.keys()).hasToString(before);
    }

    @Test
    void withoutAnyKey_itSaysWhichSecret_andNotWhatIsInIt() {
        refuses = true;
        assertThatThrownBy(keys::keys).isInstanceOf(IllegalStateException.class).hasMessageContaining("arn:secret");
        refuses = false;
        value = "short-secret";
        assertThatThrownBy(keys::keys)
                .hasMessageContaining("arn:secret")
                .message()
                .doesNotContain("short-secret");
    }
}
