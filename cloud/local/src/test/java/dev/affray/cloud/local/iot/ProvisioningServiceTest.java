package dev.affray.cloud.local.iot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.cloud.local.iot.ProvisioningService.Answer;
import dev.affray.cloud.local.pki.Authority;
import dev.affray.document.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProvisioningServiceTest {
    @TempDir
    Path folder;

    private Instant now = Instant.now();
    private Authority authority;
    private ProvisioningService service;

    @BeforeEach
    void open() throws IOException {
        authority = Authority.open(folder.resolve("pki"));
        Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
        service = new ProvisioningService(
                authority, new Enrolling(Set.of("4711"), Duration.ofDays(7), Map.of("bucket", "frames")), clock);
    }

    private Answer create(String clientId, String signingRequest) {
        return ask(clientId, ProvisioningTopic.CREATE, Map.of("certificateSigningRequest", signingRequest));
    }

    private Answer ask(String clientId, ProvisioningTopic topic, Object document) {
        return service.answer(clientId, topic, Json.write(document).getBytes(StandardCharsets.UTF_8));
    }

    private Answer register(String clientId, ProvisioningTopic topic, JsonNode created, String serial) {
        return ask(
                clientId,
                topic,
                Map.of(
                        "certificateOwnershipToken",
                        created.path("certificateOwnershipToken").asText(),
                        "parameters",
                        Map.of("SerialNumber", serial)));
    }

    private static JsonNode accepted(Answer answer) {
        assertThat(answer.topic()).endsWith("/accepted");
        return Json.tree(answer.json());
    }

    private static void assertRefused(Answer answer, int status) {
        assertThat(answer.topic()).endsWith("/rejected");
        assertThat(Json.tree(answer.json()).path("statusCode").asInt()).isEqualTo(status);
    }

    private JsonNode created(String clientId) throws Exception {
        KeyPair key = SigningRequests.key("EC", 256);
        return accepted(create(clientId, SigningRequests.of(key, key, "SHA256withECDSA")));
    }

    @Test
    void aClaimGetsACertificateForItsSerialNumber_whateverTheRequestSays_once() throws Exception {
        JsonNode created = created("claim-4711");
        String pem = created.path("certificatePem").asText();
        X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=4711");
        assertThat(certificate.getNotAfter().toInstant()).isBefore(Instant.now().plus(Duration.ofDays(8)));
        assertThat(authority.knows("4711")).isFalse();

        JsonNode registered = accepted(register("claim-4711", ProvisioningTopic.GATEWAY, created, "4711"));
        assertThat(registered.path("thingName").asText()).isEqualTo("4711");
        assertThat(registered.at("/deviceConfiguration/bucket").asText()).isEqualTo("frames");
        assertThat(authority.knows("4711")).isTrue();

        KeyPair key = SigningRequests.key("EC", 256);
        assertRefused(create("claim-4711", SigningRequests.of(key, key, "SHA256withECDSA")), 403);
    }

    @Test
    void twoThatAskAtTheSameTimeGetOneBetweenThem() throws Exception {
        JsonNode one = created("claim-4711");
        JsonNode other = created("claim-4711");

        accepted(register("claim-4711", ProvisioningTopic.GATEWAY, one, "4711"));
        assertRefused(register("claim-4711", ProvisioningTopic.GATEWAY, other, "4711"), 403);
    }

    @Test
    void aTokenIsGoodForTheOneWhoGotIt_once_andForAnHour() throws Exception {
        JsonNode created = created("gateway-1");
        assertRefused(register("gateway-2", ProvisioningTopic.RENEWAL, created, "gateway-2"), 403);

        created = created("gateway-1");
        accepted(register("gateway-1", ProvisioningTopic.RENEWAL, created, "gateway-1"));
        assertRefused(register("gateway-1", ProvisioningTopic.RENEWAL, created, "gateway-1"), 403);

        created = created("gateway-1");
        now = now.plus(Duration.ofHours(1));
        assertRefused(register("gateway-1", ProvisioningTopic.RENEWAL, created, "gateway-1"), 403);
    }

    @Test
    void aGatewayGetsNoCertificateForAnother() throws Exception {
        assertRefused(register("gateway-1", ProvisioningTopic.RENEWAL, created("gateway-1"), "gateway-2"), 403);
        assertThat(authority.knows("gateway-2")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"claim-9999", "claim-", "claim-claim-4711"})
    void aClaimForNothingOnTheListIsRefused(String clientId) throws Exception {
        KeyPair key = SigningRequests.key("EC", 256);
        assertRefused(create(clientId, SigningRequests.of(key, key, "SHA256withECDSA")), 403);
    }

    @Test
    void aNameThatWasEverGivenIsRefused() throws Exception {
        authority.gateway("4711");
        KeyPair key = SigningRequests.key("EC", 256);
        assertRefused(create("claim-4711", SigningRequests.of(key, key, "SHA256withECDSA")), 403);
    }

    @Test
    void aRequestThatIsNoneIsRefused() throws Exception {
        KeyPair mine = SigningRequests.key("EC", 256);
        KeyPair rsa = SigningRequests.key("RSA", 2048);
        assertRefused(create("gateway-1", "none"), 400);
        assertRefused(
                create("gateway-1", SigningRequests.of(mine, SigningRequests.key("EC", 256), "SHA256withECDSA")), 400);
        assertRefused(create("gateway-1", SigningRequests.of(rsa, rsa, "SHA256withRSA")), 400);
        assertRefused(ask("gateway-1", ProvisioningTopic.CREATE, "text"), 400);
        assertRefused(service.answer("gateway-1", ProvisioningTopic.CREATE, new byte[] {'{'}), 400);
    }
}
