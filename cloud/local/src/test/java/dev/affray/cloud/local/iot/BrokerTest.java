package dev.affray.cloud.local.iot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.cloud.local.pki.Authority;
import dev.affray.cloud.local.pki.GatewayIdentity;
import dev.affray.document.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.crt.mqtt5.QOS;
import software.amazon.awssdk.crt.mqtt5.packets.DisconnectPacket;
import software.amazon.awssdk.crt.mqtt5.packets.DisconnectPacket.DisconnectReasonCode;
import software.amazon.awssdk.crt.mqtt5.packets.PubAckPacket.PubAckReasonCode;
import software.amazon.awssdk.crt.mqtt5.packets.PublishPacket;
import software.amazon.awssdk.crt.mqtt5.packets.SubAckPacket.SubAckReasonCode;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iotdataplane.IotDataPlaneClient;
import software.amazon.awssdk.services.iotdataplane.model.ResourceNotFoundException;

/** On the wire, with the AWS IoT device SDK. */
class BrokerTest {
    private static final String CREATE = "$aws/certificates/create-from-csr/json";
    private static final String GATEWAY = "$aws/provisioning-templates/affray-gateway/provision/json";
    private static final String RENEWAL = "$aws/provisioning-templates/affray-gateway-renewal/provision/json";
    private static final String OFFLINE = "{\"online\":false}";

    @TempDir
    static Path folder;

    private static Authority authority;
    private static Broker broker;
    private static final RecordedRules rules = new RecordedRules();

    @BeforeAll
    static void start() throws IOException {
        authority = Authority.open(folder.resolve("pki"));
        broker = Broker.start(
                folder.resolve("mqtt"), 0, authority, rules, ShadowService.open(folder.resolve("shadows")));
    }

    @AfterAll
    static void stop() {
        broker.close();
        broker.close();
    }

    @BeforeEach
    void forget() {
        rules.forget();
    }

    private static TestGateway connect(String thing) throws IOException {
        return TestGateway.open(authority.gateway(thing), broker.port());
    }

    private static TestGateway connect(String thing, int port, PublishPacket will) throws IOException {
        return TestGateway.open(authority.gateway(thing), port, thing, will);
    }

    private static PublishPacket will(String thing) {
        return TestGateway.message("affray/" + thing + "/presence", OFFLINE);
    }

    @Test
    void admitsAGateway_withItsCertificate() throws Exception {
        try (TestGateway gateway = connect("gw")) {
            assertThat(gateway.outcome()).isEqualTo("SUCCESS");
        }
    }

    @Test
    void anAdministratorSendsCommands_andReadsTheAnswerThatIsKept() throws Exception {
        ShadowService shadows = ShadowService.open(folder.resolve("other-shadows"));
        try (DataPlane plane = DataPlane.start(0, "eu-west-1", shadows, () -> broker);
                IotDataPlaneClient client = client(plane);
                TestGateway gateway = connect("gw")) {
            assertThat(gateway.subscribe("affray/gw/commands")).containsExactly(SubAckReasonCode.GRANTED_QOS_1);
            var _ = client.publish(request ->
                    request.topic("affray/gw/commands").qos(1).payload(SdkBytes.fromUtf8String("{\"id\":\"ü\"}")));
            assertThat(gateway.next()).isEqualTo("affray/gw/commands {\"id\":\"ü\"}");

            assertThatThrownBy(() -> kept(client, "affray/gw/answers/door"))
                    .isInstanceOf(ResourceNotFoundException.class);
            PublishPacket answer = new PublishPacket.PublishPacketBuilder(
                            "affray/gw/answers/door", QOS.AT_LEAST_ONCE, "done".getBytes(StandardCharsets.UTF_8))
                    .withRetain(true)
                    .build();
            gateway.client().publish(answer).get(20, TimeUnit.SECONDS);
            assertThat(rules.nextMessage()).isEqualTo("affray/gw/answers/door done");
            assertThat(kept(client, "affray/gw/answers/door")).isEqualTo("done");

            assertThatThrownBy(() -> client.publish(request -> request.topic("$aws/things/gw/shadow/name/a/update")))
                    .isInstanceOf(ResourceNotFoundException.class);
        }
    }

    private static String kept(IotDataPlaneClient client, String topic) {
        return client.getRetainedMessage(request -> request.topic(topic))
                .payload()
                .asUtf8String();
    }

    private static IotDataPlaneClient client(DataPlane plane) throws IOException {
        Path file = folder.resolve("administrator.json");
        plane.tellAdministrators(file, "gw");
        JsonNode told = Json.tree(Files.readAllBytes(file));
        return IotDataPlaneClient.builder()
                .region(Region.of(told.path("region").asText()))
                .endpointOverride(URI.create(told.path("endpoint").asText()))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        told.path("accessKeyId").asText(),
                        told.path("secretAccessKey").asText())))
                .build();
    }

    @Test
    void aGatewayHearsItsOwnCommands_andSendsNone() throws Exception {
        try (TestGateway gateway = connect("gw")) {
            assertThat(gateway.subscribe("affray/other/commands")).containsExactly(SubAckReasonCode.NOT_AUTHORIZED);
            assertThat(gateway.send("affray/gw/commands", "{}")).isEqualTo(PubAckReasonCode.NOT_AUTHORIZED);
            assertThat(gateway.send("affray/other/commands", "{}")).isEqualTo(PubAckReasonCode.NOT_AUTHORIZED);
            assertThat(gateway.send("affray/other/answers/door", "{}")).isEqualTo(PubAckReasonCode.NOT_AUTHORIZED);
        }
    }

    @Test
    void refusesAClient_withoutACertificate() throws Exception {
        try (TestGateway gateway = TestGateway.withoutCertificate(authority.gateway("gw"), broker.port())) {
            assertThat(gateway.outcome()).isNotEqualTo("SUCCESS");
        }
    }

    @Test
    void refusesACertificate_ofAnotherAuthority(@TempDir Path elsewhere) throws Exception {
        GatewayIdentity forged = Authority.open(elsewhere.resolve("pki")).gateway("gw");
        GatewayIdentity mixed = new GatewayIdentity(
                "gw", forged.certificatePem(), forged.privateKeyPem(), authority.certificatePem(), forged.expires());
        try (TestGateway gateway = TestGateway.open(mixed, broker.port())) {
            assertThat(gateway.outcome()).isNotEqualTo("SUCCESS");
        }
    }

    @Test
    void refusesACertificate_thatHasExpired() throws Exception {
        KeyPair key = SigningRequests.key("EC", 256);
        String request = SigningRequests.of(key, key, "SHA256withECDSA");
        Path privateKey = Files.writeString(
                folder.resolve("late.key"),
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(key.getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
        for (Duration lifetime : List.of(Duration.ofHours(1), Duration.ofSeconds(-1))) {
            Path certificate =
                    Files.writeString(folder.resolve("late.pem"), authority.issue(request, "late", lifetime));
            GatewayIdentity late =
                    new GatewayIdentity("late", certificate, privateKey, authority.certificatePem(), Instant.now());
            try (TestGateway gateway = TestGateway.open(late, broker.port())) {
                assertThat(gateway.outcome().equals("SUCCESS")).isEqualTo(lifetime.isPositive());
            }
        }
    }

    @Test
    void refusesTheServersOwnCertificate_asAClients() throws Exception {
        GatewayIdentity own = authority.gateway("localhost");
        Path pki = folder.resolve("pki");
        GatewayIdentity server = new GatewayIdentity(
                "localhost", pki.resolve("server.pem"), pki.resolve("server.key"), own.authorityPem(), own.expires());
        try (TestGateway gateway = TestGateway.open(server, broker.port())) {
            assertThat(gateway.outcome()).isNotEqualTo("SUCCESS");
        }
    }

    @Test
    void refusesAClientId_thatIsNotTheCommonName() throws Exception {
        try (TestGateway gateway = TestGateway.open(authority.gateway("gw"), broker.port(), "other", null)) {
            assertThat(gateway.outcome()).isEqualTo("NOT_AUTHORIZED");
        }
    }

    @Test
    void keepsAGateway_toItsOwnTopics() throws Exception {
        try (TestGateway gateway = connect("gw");
                TestGateway other = connect("other")) {
            assertThat(other.subscribe("affray/other/#", "$aws/things/other/shadow/#"))
                    .containsOnly(SubAckReasonCode.GRANTED_QOS_1);
            assertThat(gateway.subscribe(
                            "#",
                            "+/gw/health",
                            "affray/+/health",
                            "affray/other/command",
                            "affray/gwx/#",
                            "$aws/things/other/shadow/name/s/update/accepted",
                            "$aws/things/+/shadow/#",
                            "$SYS/#",
                            "$share/group/affray/other/#"))
                    .containsOnly(SubAckReasonCode.NOT_AUTHORIZED);
            for (String topic : new String[] {
                "affray/other/health",
                "affray/gwx/health",
                "elsewhere",
                "$aws/things/other/shadow/name/s/update",
                "$aws/things/gw/shadow/name/s/update/accepted",
                "$aws/things/gw/shadow/get",
            }) {
                assertThat(gateway.send(topic, "{\"state\":{\"desired\":{\"a\":1}}}"))
                        .as(topic)
                        .isEqualTo(PubAckReasonCode.NOT_AUTHORIZED);
            }
            assertThat(other.send("affray/other/health", "mine")).isEqualTo(PubAckReasonCode.SUCCESS);
            assertThat(other.next()).isEqualTo("affray/other/health mine");
            assertThat(rules.nextMessage()).isEqualTo("affray/other/health mine");
        }
    }

    @Test
    void keepsAClaim_toAskingForACertificate() throws Exception {
        try (TestGateway claim = TestGateway.open(authority.claim(), broker.port(), "claim-4711", null)) {
            assertThat(claim.subscribe(CREATE + "/accepted", CREATE + "/rejected", GATEWAY + "/rejected"))
                    .containsOnly(SubAckReasonCode.GRANTED_QOS_1);
            assertThat(claim.subscribe("affray/claim-4711/#", "$aws/things/claim-4711/shadow/#", RENEWAL + "/accepted"))
                    .containsOnly(SubAckReasonCode.NOT_AUTHORIZED);
            for (String topic : new String[] {"affray/claim-4711/health", RENEWAL, CREATE + "/accepted"}) {
                assertThat(claim.send(topic, "{}")).as(topic).isEqualTo(PubAckReasonCode.NOT_AUTHORIZED);
            }
            assertThat(claim.send(CREATE, "{\"certificateSigningRequest\":\"mine\"}"))
                    .isEqualTo(PubAckReasonCode.SUCCESS);
            assertThat(claim.next()).startsWith(CREATE + "/rejected").contains("\"statusCode\":403");
        }
    }

    @Test
    void letsAGatewayAskForItself_andSendsTheAnswerToNobodyElse() throws Exception {
        try (TestGateway gateway = connect("gw");
                TestGateway other = connect("other")) {
            gateway.subscribe(CREATE + "/accepted", CREATE + "/rejected");
            other.subscribe(CREATE + "/accepted", CREATE + "/rejected");
            assertThat(gateway.send(GATEWAY, "{}")).isEqualTo(PubAckReasonCode.NOT_AUTHORIZED);

            assertThat(gateway.send(CREATE, "{\"certificateSigningRequest\":\"none\"}"))
                    .isEqualTo(PubAckReasonCode.SUCCESS);
            assertThat(gateway.next()).startsWith(CREATE + "/rejected").contains("\"statusCode\":400");
            assertThat(other.received).isEmpty();
        }
    }

    @Test
    void refusesAClaim_asAGateway_andAGateway_asAClaim() throws Exception {
        try (TestGateway claim = TestGateway.open(authority.claim(), broker.port(), "gw", null)) {
            assertThat(claim.outcome()).isEqualTo("NOT_AUTHORIZED");
        }
        try (TestGateway gateway = TestGateway.open(authority.gateway("claim-1"), broker.port(), "claim-1", null)) {
            assertThat(gateway.outcome()).isEqualTo("NOT_AUTHORIZED");
        }
    }

    @Test
    void refusesAConnection_whoseWillIsForAnotherGateway() throws Exception {
        try (TestGateway gateway = connect("gw", broker.port(), will("other"))) {
            assertThat(gateway.outcome()).isEqualTo("NOT_AUTHORIZED");
        }
    }

    @Test
    void handsHealthAndPresence_toTheRules_inOrder_andNothingElse() throws Exception {
        try (TestGateway gateway = connect("gw")) {
            for (int i = 0; i < 50; i++) {
                gateway.send("affray/gw/health", "h" + i);
                gateway.send("affray/gw/other", "x" + i);
            }
            gateway.send("affray/gw/presence", "p");
            for (int i = 0; i < 50; i++) {
                assertThat(rules.nextMessage()).isEqualTo("affray/gw/health h" + i);
            }
            assertThat(rules.nextMessage()).isEqualTo("affray/gw/presence p");
            assertThat(broker.droppedMessages()).isZero();
        }
    }

    @Test
    void sendsTheLastWill_toTheRules_whenTheConnectionIsCut() throws Exception {
        try (Wire wire = new Wire(broker.port());
                TestGateway gateway = connect("gw", wire.port(), will("gw"))) {
            gateway.send("affray/gw/health", "h");
            assertThat(rules.nextMessage()).isEqualTo("affray/gw/health h");

            wire.close();

            assertThat(rules.nextMessage()).isEqualTo("affray/gw/presence " + OFFLINE);
        }
    }

    @Test
    void sendsTheLastWill_whenTheClientAsksForIt_andWhenAnotherConnectionTakesOver() throws Exception {
        try (TestGateway asking = connect("gw1", broker.port(), will("gw1"));
                TestGateway first = connect("gw2", broker.port(), will("gw2"))) {
            asking.client()
                    .stop(new DisconnectPacket.DisconnectPacketBuilder()
                            .withReasonCode(DisconnectReasonCode.DISCONNECT_WITH_WILL_MESSAGE)
                            .build());
            assertThat(rules.nextMessage()).isEqualTo("affray/gw1/presence " + OFFLINE);

            assertThat(first.outcome()).isEqualTo("SUCCESS");
            try (TestGateway second = connect("gw2")) {
                assertThat(second.outcome()).isEqualTo("SUCCESS");
                assertThat(rules.nextMessage()).isEqualTo("affray/gw2/presence " + OFFLINE);
            }
        }
    }

    @Test
    void keepsTheLastWill_whenAGatewayLeavesProperly() throws Exception {
        try (TestGateway gateway = connect("gw", broker.port(), will("gw"))) {
            assertThat(gateway.outcome()).isEqualTo("SUCCESS");
        }
        try (TestGateway gateway = connect("gw")) {
            gateway.send("affray/gw/health", "back");
            assertThat(rules.nextMessage()).isEqualTo("affray/gw/health back");
        }
    }

    @Test
    void namesAPort_thatIsTaken() {
        assertThatThrownBy(() -> Broker.start(
                        folder.resolve("second"),
                        broker.port(),
                        authority,
                        rules,
                        ShadowService.open(folder.resolve("second-shadows"))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("port " + broker.port());
    }
}
