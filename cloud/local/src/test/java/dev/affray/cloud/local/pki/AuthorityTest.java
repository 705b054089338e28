package dev.affray.cloud.local.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorityTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    Path parent;

    private Path folder;

    @BeforeEach
    void place() {
        folder = parent.resolve("pki");
    }

    private Authority open(Instant now) throws IOException {
        return Authority.open(folder, Clock.fixed(now, ZoneOffset.UTC));
    }

    @Test
    void keepsItsCertificates_overASecondStart() throws IOException {
        Authority first = open(START);
        byte[] authority = Files.readAllBytes(first.certificatePem());
        Instant serverEnd = first.server().expires();
        byte[] gateway = Files.readAllBytes(first.gateway("lobby").certificatePem());

        Authority second = open(START.plus(Duration.ofDays(100)));

        assertThat(Files.readAllBytes(second.certificatePem())).isEqualTo(authority);
        assertThat(second.server().expires()).isEqualTo(serverEnd);
        assertThat(Files.readAllBytes(second.gateway("lobby").certificatePem())).isEqualTo(gateway);
    }

    @Test
    void marksEachCertificate_forItsPurposeAlone() throws Exception {
        Authority opened = open(START);
        var _ = opened.server();
        X509Certificate authority = Pem.certificate(opened.certificatePem());
        X509Certificate server = Pem.certificate(folder.resolve("server.pem"));
        X509Certificate gateway = Pem.certificate(opened.gateway("lobby").certificatePem());

        assertThat(authority.getBasicConstraints()).isZero();
        assertThat(authority.getKeyUsage()[5]).as("keyCertSign").isTrue();
        assertThat(server.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(server.getSubjectAlternativeNames().stream()
                        .map(name -> name.get(1).toString()))
                .containsExactlyInAnyOrder("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
        assertThat(gateway.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
        assertThat(gateway.getSubjectX500Principal().getName()).isEqualTo("CN=lobby");
        for (X509Certificate leaf : List.of(server, gateway)) {
            assertThat(leaf.getBasicConstraints()).isEqualTo(-1);
            leaf.verify(authority.getPublicKey());
        }
    }

    @Test
    void writesEverything_forTheOwnerAlone() throws IOException {
        assumeThat(FileSystems.getDefault().supportedFileAttributeViews()).contains("posix");
        GatewayIdentity gateway = open(START).gateway("lobby");

        for (Path file : List.of(folder.resolve("ca.key"), folder.resolve("ca.pem"), gateway.privateKeyPem())) {
            assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
        assertThat(Files.getPosixFilePermissions(folder)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void renewsAGatewaysCertificate_withItsKey_inItsSecondYear() throws IOException {
        GatewayIdentity issued = open(START).gateway("lobby");
        byte[] key = Files.readAllBytes(issued.privateKeyPem());

        assertThat(open(issued.expires().minus(Duration.ofDays(367))).gateway("lobby"))
                .isEqualTo(issued);
        GatewayIdentity renewed =
                open(issued.expires().minus(Duration.ofDays(365))).gateway("lobby");

        assertThat(renewed.expires()).isAfter(issued.expires().plus(Duration.ofDays(300)));
        assertThat(Files.readAllBytes(renewed.privateKeyPem())).isEqualTo(key);
    }

    @Test
    void renewsTheServersCertificate_inItsLastYear() throws IOException {
        Instant end = open(START).server().expires();

        assertThat(open(end.minus(Duration.ofDays(365))).server().expires()).isAfter(end);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ca.pem", "ca.key", "server.pem", "server.key", "gateways/lobby.pem", "gateways/lobby.key"})
    void namesADamagedFile_andLeavesItAlone(String name) throws IOException {
        issueAll(open(START));
        Path damaged = folder.resolve(name);
        Files.writeString(damaged, Files.readString(damaged).substring(0, 90));

        assertThatThrownBy(() -> issueAll(open(START)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(name);
        assertThat(damaged).content().hasSize(90);
    }

    @ParameterizedTest
    @CsvSource({"ca.pem,ca.key", "ca.key,ca.key", "ca.pem,server.key", "gateways/lobby.pem,gateways/lobby.key"})
    void namesAMissingFile_insteadOfStartingANewAuthority(String first, String second) throws IOException {
        issueAll(open(START));
        byte[] authority = Files.readAllBytes(folder.resolve("ca.pem"));
        boolean touchesAuthority = first.startsWith("ca.");
        Files.deleteIfExists(folder.resolve(touchesAuthority ? first : second));
        Files.deleteIfExists(folder.resolve(second));

        assertThatThrownBy(() -> issueAll(open(START)))
                .hasMessageContaining(touchesAuthority ? first : second)
                .hasMessageContaining("missing");
        if (!touchesAuthority) {
            assertThat(Files.readAllBytes(folder.resolve("ca.pem"))).isEqualTo(authority);
        }
    }

    @Test
    void refusesACertificateOfAnotherAuthority() throws IOException {
        issueAll(open(START));
        Path other = parent.resolve("other");
        GatewayIdentity foreign =
                Authority.open(other, Clock.fixed(START, ZoneOffset.UTC)).gateway("lobby");
        Files.write(folder.resolve("gateways/lobby.pem"), Files.readAllBytes(foreign.certificatePem()));
        Files.write(folder.resolve("gateways/lobby.key"), Files.readAllBytes(foreign.privateKeyPem()));

        assertThatThrownBy(() -> open(START).gateway("lobby"))
                .hasMessageContaining("lobby.pem")
                .hasMessageContaining("not issued by");
    }

    @Test
    void refusesAnExpiredAuthority() throws IOException {
        issueAll(open(START));

        assertThatThrownBy(() -> open(START.plus(Duration.ofDays(3700)))).hasMessageContaining("ca.pem expired");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../ca", "a b", "x.y"})
    void refusesANameThatIsNoThing(String thing) throws IOException {
        Authority authority = open(START);

        assertThatThrownBy(() -> authority.gateway(thing)).isInstanceOf(IllegalArgumentException.class);
        assertThat(Set.of(folder.toFile().list())).containsExactlyInAnyOrder("ca.pem", "ca.key");
    }

    private static void issueAll(Authority authority) throws IOException {
        var _ = authority.server();
        var _ = authority.gateway("lobby");
    }
}
