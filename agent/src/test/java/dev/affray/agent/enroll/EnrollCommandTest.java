package dev.affray.agent.enroll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.affray.agent.Main;
import dev.affray.agent.config.AgentConfig;
import dev.affray.agent.config.AgentYaml;
import dev.affray.agent.identity.IdentityFolder;
import dev.affray.agent.iot.IotEndpoint;
import dev.affray.agent.iot.MqttConnection;
import dev.affray.agent.iot.ShadowBroker;
import dev.affray.document.Reading;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The command as it is typed, and the SDK's own client, against AWS IoT's wire. */
class EnrollCommandTest {
    private static final Map<String, String> SETTINGS = Map.of(
            "aws.accessKeyId", "AKIDADMIN",
            "aws.secretAccessKey", "adminsecret",
            "aws.region", "eu-central-1");

    @TempDir
    Path folder;

    private IotStandIn aws;
    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    @BeforeEach
    void open() throws IOException {
        aws = new IotStandIn();
        SETTINGS.forEach(System::setProperty);
        System.setProperty("aws.endpointUrlIot", aws.endpoint());
    }

    @AfterEach
    void close() {
        SETTINGS.keySet().forEach(System::clearProperty);
        System.clearProperty("aws.endpointUrlIot");
        aws.close();
    }

    private int enroll(String... more) {
        out = new StringWriter();
        err = new StringWriter();
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return line.execute(Stream.concat(
                        Stream.of(
                                "enroll", "--thing", "gateway-1", "--bucket", "frames", "--config", yaml().toString()),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    private Path yaml() {
        return folder.resolve("agent.yaml");
    }

    private IdentityFolder identity() {
        return new IdentityFolder(folder.resolve("data/identity"));
    }

    private String certificateId() throws IOException {
        return IdentityFolder.idOf(identity().certificate().orElseThrow());
    }

    @Test
    void makesThingCertificateAndConfiguration_suchThatTheAgentWouldRun() throws IOException {
        assertThat(enroll("--site", "north", "--attribute", "floor=2"))
                .as(err.toString())
                .isZero();

        String arn = "arn:aws:iot:eu-central-1:123456789012:cert/" + certificateId();
        assertThat(aws.things).containsExactly(Map.entry("gateway-1", Map.of("site", "north", "floor", "2")));
        assertThat(aws.certificates).containsExactly(Map.entry(certificateId(), "ACTIVE"));
        assertThat(aws.attached).containsExactlyInAnyOrder("policy affray-gateway " + arn, "thing gateway-1 " + arn);
        assertThat(aws.authorizations)
                .isNotEmpty()
                .allMatch(header -> header.startsWith("AWS4-HMAC-SHA256")
                        && header.contains("AKIDADMIN")
                        && header.contains("/eu-central-1/iot/"));
        Reading<AgentConfig> reading = AgentYaml.load(yaml());
        assertThat(reading).isInstanceOf(Reading.Accepted.class);
        AgentConfig config = ((Reading.Accepted<AgentConfig>) reading).value();
        assertThat(config.thing()).isEqualTo("gateway-1");
        assertThat(config.data()).isEqualTo(folder.resolve("data"));
        assertThat(config.iot())
                .isEqualTo(new IotEndpoint(
                        "a1-ats.iot.eu-central-1.amazonaws.com",
                        8883,
                        identity().certificateFile(),
                        identity().keyFile(),
                        Optional.empty()));
        assertThat(config.credentials().endpoint())
                .hasToString("https://c1.credentials.iot.eu-central-1.amazonaws.com");
        assertThat(config.credentials().roleAlias()).isEqualTo("affray-gateway");
        assertThat(config.s3().name()).isEqualTo("frames");
        assertThat(config.s3().region()).isEqualTo("eu-central-1");
        assertThat(out.toString()).contains("Certificate " + certificateId(), "Next: affray-agent run --config");
    }

    @Test
    void theGatewayConnectsWithWhatItGot() throws Exception {
        assertThat(enroll()).as(err.toString()).isZero();
        try (ShadowBroker broker = new ShadowBroker(aws.authority.server());
                MqttConnection connection = new MqttConnection(
                        new IotEndpoint(
                                "localhost",
                                broker.port(),
                                identity().certificateFile(),
                                identity().keyFile(),
                                Optional.of(aws.authority.write(folder.resolve("authority.pem")))),
                        "gateway-1",
                        Clock.systemUTC())) {
            connection.start(new Deaf());
            await().atMost(Duration.ofSeconds(20)).until(connection::isConnected);
        }
    }

    @Test
    void theKeyIsForItsOwnerAlone_andIsNeitherSentNorTold() throws IOException {
        enroll();

        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(identity().keyFile())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(identity().path())))
                .isEqualTo("rwx------");
        String secret = Files.readAllLines(identity().keyFile()).get(1);
        assertThat(out + err.toString() + Files.readString(yaml())).doesNotContain(secret, "adminsecret");
        try (Stream<Path> kept = Files.walk(folder)) {
            assertThat(kept.filter(Files::isRegularFile))
                    .containsExactlyInAnyOrder(
                            yaml(), identity().keyFile(), identity().certificateFile());
        }
    }

    @Test
    void aSecondRunChangesNothing() throws IOException {
        enroll("--site", "north");
        String first = certificateId();
        String kept = Files.readString(yaml());

        assertThat(enroll("--site", "north")).as(err.toString()).isZero();

        assertThat(certificateId()).isEqualTo(first);
        assertThat(aws.certificates).hasSize(1);
        assertThat(Files.readString(yaml())).isEqualTo(kept);
        assertThat(out.toString()).contains("is kept", "Thing gateway-1 is there", "is as it should be");
    }

    @Test
    void tellsWhatWasMade_andGoesOnThere_afterAFailureHalfWay() throws IOException {
        aws.refused.put("POST /things/gateway-1", Map.entry(403, "AccessDeniedException"));

        assertThat(enroll()).isEqualTo(1);
        assertThat(err.toString())
                .contains(
                        "may not do iot:CreateThing in eu-central-1",
                        "give the same command again",
                        "aws iot delete-certificate --force-delete --certificate-id " + certificateId(),
                        "rm -f " + identity().keyFile())
                .doesNotContain("delete-thing");
        assertThat(yaml()).doesNotExist();
        String first = certificateId();

        aws.refused.clear();
        assertThat(enroll()).as(err.toString()).isZero();
        assertThat(certificateId()).isEqualTo(first);
        assertThat(aws.attached).hasSize(2);
        assertThat(yaml()).exists();
    }

    @Test
    void tellsToDeleteTheThing_whereOnlyTheLastStepFailed() {
        aws.refused.put("PUT /things/gateway-1/principals", Map.entry(400, "InvalidRequestException"));

        assertThat(enroll()).isEqualTo(1);
        assertThat(err.toString()).contains("iot:AttachThingPrincipal failed with 400", "aws iot delete-thing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET /endpoint | 403 | AccessDeniedException | may not do iot:DescribeEndpoint",
                "GET /endpoint | 403 | UnrecognizedClientException | does not accept these credentials",
                "GET /endpoint | 403 | ExpiredTokenException | sign in again",
                "GET /policies/affray-gateway | 404 | ResourceNotFoundException | there is no IoT policy affray-gateway in eu-central-1",
                "GET /role-aliases/affray-gateway | 404 | ResourceNotFoundException | there is no role alias affray-gateway",
                "GET /things/gateway-1 | 403 | AccessDeniedException | may not do iot:DescribeThing",
            })
    void changesNothing_whereSomethingIsMissingBeforehand(String request, int status, String code, String message) {
        aws.refused.put(request, Map.entry(status, code));

        assertThat(enroll()).isEqualTo(1);
        assertThat(err.toString()).contains(message).doesNotContain("undo", "Exception:");
        assertThat(aws.changes).isEmpty();
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void refusesTheNameOfAnotherGateway() throws IOException {
        enroll();
        IotStandIn there = aws;
        Files.move(folder.resolve("data"), folder.resolve("elsewhere"));
        there.changes.clear();

        assertThat(enroll()).isEqualTo(1);
        assertThat(err.toString()).contains("there is a gateway gateway-1 already", "detach-thing-principal");
        assertThat(there.changes).isEmpty();
    }

    @Test
    void takesAThingThatNobodyUses_andKeepsItsAttributes() {
        aws.things.put("gateway-1", new java.util.TreeMap<>(Map.of("rack", "7")));

        assertThat(enroll("--site", "north")).as(err.toString()).isZero();
        assertThat(aws.things.get("gateway-1")).isEqualTo(Map.of("rack", "7", "site", "north"));
        assertThat(aws.changes).doesNotContain("POST /things/gateway-1");
    }

    @Test
    void refusesACertificateThatWasRevoked() throws IOException {
        enroll();
        aws.certificates.put(certificateId(), "REVOKED");
        assertThat(enroll()).isEqualTo(1);
        assertThat(err.toString()).contains("is REVOKED", "move that folder away");

        aws.certificates.clear();
        assertThat(enroll()).isEqualTo(1);
        assertThat(err.toString()).contains("is not known in this account and region");
    }

    @Test
    void leavesAConfigurationAlone_andShowsWhatItMustSay() throws IOException {
        Files.writeString(yaml(), "thing: mine\n");

        assertThat(enroll()).as(err.toString()).isZero();
        assertThat(yaml()).hasContent("thing: mine\n");
        assertThat(out.toString()).contains("was not changed. It must say:", "thing: \"gateway-1\"", "roleAlias:");
    }

    @Test
    void saysThatThereAreNoCredentials() {
        System.clearProperty("aws.accessKeyId");
        System.setProperty("aws.disableEc2Metadata", "true");
        try {
            assertThat(enroll()).isEqualTo(1);
            assertThat(err.toString()).contains("there are no AWS credentials; sign in");
        } finally {
            System.clearProperty("aws.disableEc2Metadata");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--site North+School | without spaces",
                "--attribute a=1 --attribute b=2 --attribute c=3 --site d | there are 4 attributes",
                "--attribute a+b=1 | attribute 'a+b' is not",
            })
    void saysWhatAwsIotDoesNotTake(String args, String message) {
        assertThat(enroll(args.split(" "))).isEqualTo(2);
        assertThat(err.toString()).contains(message);
        assertThat(aws.changes).isEmpty();
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
