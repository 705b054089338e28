package dev.affray.cloud.local.iot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.affray.cloud.local.pki.Authority;
import dev.affray.cloud.local.pki.GatewayIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged agent gets its identity from this edition's authority, and renews it. */
class GatewayIdentityIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path AGENT = Path.of(System.getProperty("affray.local"), "agent", "bin", "affray-agent");

    @TempDir
    static Path folder;

    private static final RecordedRules rules = new RecordedRules();
    private static Authority authority;
    private static Broker broker;
    private static CredentialsEndpoint credentials;

    @BeforeAll
    static void start() throws IOException {
        authority = Authority.open(folder.resolve("pki"));
        broker = Broker.start(
                folder.resolve("mqtt"),
                0,
                authority,
                rules,
                ShadowService.open(folder.resolve("shadows")),
                new Enrolling(Set.of("4711", "4712"), Duration.ofMinutes(2), Map.of()));
        credentials = CredentialsEndpoint.start(
                0,
                authority,
                Set.of("affray-gateway"),
                thing -> new Credentials("id", "secret", "token", Instant.now().plus(Duration.ofHours(1))));
    }

    @AfterAll
    static void stop() {
        credentials.close();
        broker.close();
    }

    private record Ended(int status, String said) {}

    private static Process agent(Path log, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(AGENT.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("AFFRAY_JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("AFFRAY_JAVA_OPTS", "-XX:TieredStopAtLevel=1");
        return builder.start();
    }

    private static Ended provision(Path gateway, String serial) throws Exception {
        Files.createDirectories(gateway);
        GatewayIdentity claim = authority.claim();
        Path log = gateway.resolve("provision.log");
        Process process = agent(
                log,
                "provision",
                "--endpoint=localhost",
                "--port=" + broker.port(),
                "--authority=" + claim.authorityPem(),
                "--claim-cert=" + claim.certificatePem(),
                "--claim-key=" + claim.privateKeyPem(),
                "--serial=" + serial,
                "--credentials-endpoint=localhost:" + credentials.port(),
                "--role-alias=affray-gateway",
                "--bucket=frames",
                "--region=us-east-1",
                "--config=" + gateway.resolve("agent.yaml"));
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), Files.readString(log));
    }

    @Test
    void aGatewayIsProvisionedByItsSerialNumber_connects_andRenewsItsCertificate() throws Exception {
        Path gateway = folder.resolve("first");
        Ended provisioned = provision(gateway, "4711");
        assertThat(provisioned.status()).as(provisioned.said()).isZero();
        Path certificate = gateway.resolve("data/identity/certificate.pem");
        String first = Files.readString(certificate);
        String firstKey = Files.readString(gateway.resolve("data/identity/private.key"));

        Path log = gateway.resolve("run.log");
        Process process = agent(log, "run", "--config=" + gateway.resolve("agent.yaml"));
        try {
            assertThat(awaitOnline("4711")).as(Files.readString(log)).isTrue();
            await().atMost(PATIENCE).until(() -> !Files.readString(certificate).equals(first));
            assertThat(Files.readString(gateway.resolve("data/identity/private.key")))
                    .isNotEqualTo(firstKey);
            assertThat(awaitOnline("4711")).as(Files.readString(log)).isTrue();
            assertThat(Files.readString(folder.resolve("pki/registered/4711.pem"))
                            .strip())
                    .isEqualTo(Files.readString(certificate).strip());
            await().atMost(PATIENCE).until(() -> Files.readString(log).contains("The certificate is renewed"));
            try (Stream<Path> kept = Files.list(gateway.resolve("data/identity"))) {
                assertThat(kept.map(file -> file.getFileName().toString()))
                        .containsExactlyInAnyOrder("certificate.pem", "private.key");
            }
        } finally {
            process.destroy();
            assertThat(process.waitFor(40, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();

        Ended again = provision(folder.resolve("second"), "4711");
        assertThat(again.status()).isEqualTo(1);
        assertThat(again.said()).contains("was refused: 403 AccessDenied");
        assertThat(folder.resolve("second/data/identity/private.key")).doesNotExist();
    }

    @Test
    void aSerialNumberThatIsNotOnTheListIsRefused() throws Exception {
        Ended refused = provision(folder.resolve("stranger"), "9999");

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.said()).contains("A certificate was refused: 403 AccessDenied", "the cloud's list");
        assertThat(folder.resolve("stranger/agent.yaml")).doesNotExist();
    }

    private static boolean awaitOnline(String thing) throws InterruptedException {
        for (int i = 0; i < 20; i++) {
            String message = rules.nextMessage();
            if (message != null && message.startsWith("affray/" + thing + "/presence {\"online\":true")) {
                return true;
            }
        }
        return false;
    }
}
