package dev.affray.agent.iot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.agent.Main;
import dev.affray.agent.config.AgentConfig;
import dev.affray.agent.config.AgentYaml;
import dev.affray.agent.identity.IdentityFolder;
import dev.affray.agent.identity.TestAuthority;
import dev.affray.document.Json;
import dev.affray.document.Reading;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command as it is typed, with the SDK's identity client, over mutual TLS. */
class ProvisionCommandTest {
    @TempDir
    Path folder;

    private final TestAuthority authority = new TestAuthority();
    private final ProvisioningResponder responder = new ProvisioningResponder(authority, "affray-gateway");
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private ShadowBroker broker;
    private IdentityFolder claim;

    @BeforeEach
    void open() throws Exception {
        broker = new ShadowBroker(authority.server());
        broker.respond(responder);
        responder.thing = "4711";
        responder.configuration = Map.of("bucket", "frames", "region", "eu-central-1", "roleAlias", "affray-gateway");
        claim = authority.identity(folder.resolve("claim"), "claim", Duration.ofDays(1));
        authority.write(folder.resolve("authority.pem"));
    }

    @AfterEach
    void close() {
        broker.close();
    }

    private int provision(String... more) {
        List<String> args = new ArrayList<>(List.of("provision", "--endpoint", "localhost"));
        args.addAll(List.of("--port", Integer.toString(broker.port())));
        args.addAll(List.of("--authority", folder.resolve("authority.pem").toString()));
        args.addAll(List.of("--claim-cert", claim.certificateFile().toString()));
        args.addAll(List.of("--claim-key", claim.keyFile().toString()));
        args.addAll(List.of("--serial", "4711", "--config", yaml().toString()));
        args.addAll(List.of(more));
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return line.execute(args.toArray(String[]::new));
    }

    private Path yaml() {
        return folder.resolve("agent.yaml");
    }

    private IdentityFolder identity() {
        return new IdentityFolder(folder.resolve("data/identity"));
    }

    @Test
    void exchangesTheClaimForAnIdentityOfItsOwn_andWritesTheConfiguration() throws Exception {
        assertThat(provision("--site", "north", "--credentials-endpoint", "c1.example.org"))
                .as(err.toString())
                .isZero();

        assertThat(responder.registered).containsExactly(Json.tree("{\"SerialNumber\":\"4711\",\"Site\":\"north\"}"));
        assertThat(identity().certificate()).isPresent();
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(identity().keyFile())))
                .isEqualTo("rw-------");
        AgentConfig config = ((Reading.Accepted<AgentConfig>) AgentYaml.load(yaml())).value();
        assertThat(config.thing()).isEqualTo("4711");
        assertThat(config.iot().port()).isEqualTo(broker.port());
        assertThat(config.iot().certificate()).isEqualTo(identity().certificateFile());
        assertThat(config.iot().authority()).contains(folder.resolve("authority.pem"));
        assertThat(config.credentials().endpoint()).hasToString("https://c1.example.org");
        assertThat(config.s3().name()).isEqualTo("frames");
        assertThat(out + err.toString())
                .doesNotContain(Files.readAllLines(identity().keyFile()).get(1));
    }

    @Test
    void needsNoMoreThanTheTemplateTells() throws Exception {
        responder.configuration = Map.of(
                "bucket", "frames",
                "region", "eu-central-1",
                "roleAlias", "affray-gateway",
                "credentialsEndpoint", "c9.example.org",
                "s3Endpoint", "http://localhost:19000");
        assertThat(provision()).as(err.toString()).isZero();

        AgentConfig config = ((Reading.Accepted<AgentConfig>) AgentYaml.load(yaml())).value();
        assertThat(config.credentials().endpoint()).hasToString("https://c9.example.org");
        assertThat(config.s3().endpoint()).contains(URI.create("http://localhost:19000"));
    }

    @Test
    void whatIsGivenGoesBeforeWhatTheTemplateTells() throws Exception {
        responder.configuration = Map.of(
                "bucket", "frames",
                "region", "eu-central-1",
                "roleAlias", "affray-gateway",
                "credentialsEndpoint", "c9.example.org");
        assertThat(provision("--credentials-endpoint", "c1.example.org")).isZero();

        assertThat(Files.readString(yaml())).contains("https://c1.example.org").doesNotContain("c9.example.org");
    }

    @Test
    void leavesNothing_whereTheGatewayIsRefused() throws Exception {
        responder.registers = false;
        assertThat(provision()).isEqualTo(1);
        assertThat(err.toString())
                .contains(
                        "Registering by the template affray-gateway was refused: 403 AccessDenied", "the cloud's list");
        assertThat(identity().keyFile()).doesNotExist();
        assertThat(identity().certificateFile()).doesNotExist();

        responder.signs = false;
        assertThat(provision()).isEqualTo(1);
        assertThat(err.toString()).contains("A certificate was refused: 403 AccessDenied");
        assertThat(identity().keyFile()).doesNotExist();
        assertThat(yaml()).doesNotExist();
    }

    @Test
    void saysWhatTheTemplateDoesNotTell_andWritesTheRest() throws Exception {
        assertThat(provision()).isEqualTo(1);

        assertThat(err.toString()).contains("does not say credentialsEndpoint: put that in place of CHANGE-ME");
        assertThat(Files.readString(yaml())).contains("endpoint: \"https://CHANGE-ME\"", "bucket: \"frames\"");
    }

    @Test
    void doesNotReplaceAnIdentity() throws Exception {
        provision();
        String first = Files.readString(identity().keyFile());

        assertThat(provision()).isEqualTo(1);
        assertThat(err.toString())
                .contains("there is an identity already in " + identity().path());
        assertThat(identity().keyFile()).hasContent(first);
        assertThat(responder.registered).hasSize(1);
    }

    @Test
    void saysThatTheClaimIsNotTrusted_beforeItMakesAKey() throws Exception {
        claim = new TestAuthority().identity(folder.resolve("foreign"), "claim", Duration.ofDays(1));

        assertThat(provision()).isEqualTo(1);
        assertThat(err.toString())
                .contains("no connection to localhost:" + broker.port() + " with the claim certificate");
        assertThat(folder.resolve("data")).doesNotExist();
    }
}
