package dev.affray.agent.iot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.affray.agent.identity.IdentityFolder;
import dev.affray.agent.identity.IdentityStore;
import dev.affray.agent.identity.RenewalRules;
import dev.affray.agent.identity.TestAuthority;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With short-lived certificates, over mutual TLS. */
class CertificateRenewalTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final TestAuthority authority = new TestAuthority();
    private final ProvisioningResponder responder =
            new ProvisioningResponder(authority, RenewalRules.DEFAULT.template());
    private final Clock clock = Clock.systemUTC();
    private ShadowBroker broker;
    private IdentityFolder configured;
    private String first;
    private IdentityStore store;
    private MqttConnection connection;
    private CredentialsEndpoint credentials;
    private CertificateRenewal renewal;

    @BeforeEach
    void open() throws Exception {
        broker = new ShadowBroker(authority.server());
        broker.respond(responder);
        // An hour of its life is over: the last third has begun.
        configured = authority.identity(folder.resolve("identity"), "gateway-1", Duration.ofMinutes(10));
        first = id();
    }

    private void start(Duration patience) throws Exception {
        store = IdentityStore.open(folder, new IdentityStore.Pair(configured.certificateFile(), configured.keyFile()));
        IotEndpoint endpoint = new IotEndpoint(
                "localhost",
                broker.port(),
                store.current().certificate(),
                store.current().key(),
                Optional.of(authority.write(folder.resolve("authority.pem"))));
        connection = new MqttConnection(endpoint, "gateway-1", clock);
        credentials = new CredentialsEndpoint(
                new CredentialsSource(URI.create("https://localhost:1"), "gateway"), "gateway-1", endpoint, clock);
        renewal = new CertificateRenewal(
                "gateway-1", endpoint, RenewalRules.DEFAULT, store, connection, credentials, clock, patience);
        connection.start(new Deaf());
        await().atMost(PATIENCE).until(connection::isConnected);
        renewal.start();
    }

    @AfterEach
    void close() {
        renewal.close();
        connection.close();
        credentials.close();
        broker.close();
    }

    private String id() throws IOException {
        return IdentityFolder.idOf(configured.certificate().orElseThrow());
    }

    private List<String> kept() throws IOException {
        try (Stream<Path> files = Files.list(configured.path())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void takesANewCertificateInTime_connectsWithIt_andDropsTheOld() throws Exception {
        String oldKey = Files.readString(configured.keyFile());
        start(PATIENCE);

        await().atMost(PATIENCE).until(() -> broker.connections.get() == 2 && !id().equals(first));
        await().atMost(PATIENCE).until(connection::isConnected);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(kept()).containsExactly("certificate.pem", "private.key"));
        assertThat(Files.readString(configured.keyFile())).isNotEqualTo(oldKey);
        assertThat(store.current().certificate()).isEqualTo(configured.certificateFile());
        assertThat(responder.registered).hasSize(1);
        await().atMost(PATIENCE).until(() -> renewal.health().renewalTriedAt() != null);
        assertThat(renewal.health().renewalProblem()).isNull();
        assertThat(renewal.health().endsAt())
                .isEqualTo(store.certificate().getNotAfter().toInstant());
    }

    @Test
    void goesBackToTheOldOne_whenTheNewOneCannotConnect() throws Exception {
        responder.lifetime = Duration.ofSeconds(-10);
        start(Duration.ofSeconds(3));

        await().atMost(PATIENCE).until(() -> broker.connections.get() == 2);
        await().atMost(PATIENCE).until(connection::isConnected);
        assertThat(responder.registered).hasSize(1);
        assertThat(id()).isEqualTo(first);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(kept()).containsExactly("certificate.pem", "private.key"));
    }

    @Test
    void keepsTheConnection_whereNoneIsGiven() throws Exception {
        responder.registers = false;
        start(PATIENCE);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Files.list(configured.path())).hasSizeGreaterThan(2));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(kept()).containsExactly("certificate.pem", "private.key"));
        assertThat(connection.isConnected()).isTrue();
        assertThat(broker.connections).hasValue(1);
        assertThat(id()).isEqualTo(first);
        await().atMost(PATIENCE).until(() -> renewal.health().renewalTriedAt() != null);
        assertThat(renewal.health().renewalProblem()).contains("was refused: 403 AccessDenied");
    }

    private record Deaf() implements MqttConnection.Listener {
        @Override
        public void connected() {}

        @Override
        public void disconnected() {}

        @Override
        public void message(String topic, byte[] payload) {}
    }
}
