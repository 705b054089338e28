package dev.affray.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.affray.agent.camera.SecretsFile;
import dev.affray.agent.capture.ClipBounds;
import dev.affray.agent.identity.RenewalRules;
import dev.affray.agent.spool.Fsync;
import dev.affray.agent.spool.SpoolBounds;
import dev.affray.agent.upload.UploadLimits;
import dev.affray.document.Problem;
import dev.affray.document.Reading;
import dev.affray.document.Yaml;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The reader and the schema against the example documents, which both must judge alike. */
class AgentYamlTest {
    private static final String RESOURCES = "/dev/affray/config/";
    private static final Path BASE = Path.of("/etc/affray");

    private static final Map<String, String> ENVIRONMENT = Map.of("CREDENTIALS_DIRECTORY", "/run/credentials/agent");

    @TempDir
    Path folder;

    private static String resource(String name) throws IOException {
        try (InputStream in = AgentYamlTest.class.getResourceAsStream(RESOURCES + name)) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    private JsonNode yaml(String name) throws IOException {
        Path file = Files.writeString(folder.resolve("some.yaml"), resource(name));
        return ((Reading.Accepted<JsonNode>) Yaml.read(file)).value();
    }

    private static JsonSchema schema() throws IOException {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(resource("schema/agent.schema.json"));
    }

    private AgentConfig good(String name) throws IOException {
        JsonNode document = yaml(name);
        assertThat(schema().validate(document)).isEmpty();
        Reading<AgentConfig> reading = AgentYaml.read(document, BASE, ENVIRONMENT);
        assertThat(reading).isInstanceOf(Reading.Accepted.class);
        return ((Reading.Accepted<AgentConfig>) reading).value();
    }

    @Test
    void aMinimalDocumentMeansTheDefaults() throws IOException {
        AgentConfig config = good("examples/good/agent/minimal.yaml");

        assertThat(config.iot().port()).isEqualTo(8883);
        assertThat(config.iot().authority()).isEmpty();
        assertThat(config.s3().endpoint()).isEmpty();
        assertThat(config.spool()).isEqualTo(SpoolBounds.DEFAULT);
        assertThat(config.fsync()).isEqualTo(Fsync.BATCH);
        assertThat(config.upload()).isEqualTo(UploadLimits.DEFAULT);
        assertThat(config.healthInterval()).isEqualTo(AgentConfig.DEFAULT_HEALTH_INTERVAL);
        assertThat(config.clips()).isEqualTo(AgentConfig.DEFAULT_CLIPS);
        assertThat(config.scoreModel()).isEmpty();
        assertThat(config.secrets()).isEmpty();
        assertThat(config.status()).contains(new InetSocketAddress("127.0.0.1", 9464));
    }

    @Test
    void theStatusPageCanBeSwitchedOff() throws IOException {
        assertThat(good("examples/good/agent/no-status-page.yaml").status()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:0, 127.0.0.1, 0, true",
        "127.1.2.3:65535, 127.1.2.3, 65535, true",
        "'[::1]:9464', ::1, 9464, true",
        "'[::]:9464', ::, 9464, false",
        "192.168.0.7:9464, 192.168.0.7, 9464, false"
    })
    void theStatusPageListensBeyondThisMachine_whereThatIsSaidTwice(
            String listen, String host, int port, boolean loopback) throws IOException {
        ObjectNode document = (ObjectNode) yaml("examples/good/agent/minimal.yaml");
        document.putObject("status").put("listen", listen);
        assertThat(AgentYaml.read(document, BASE, ENVIRONMENT) instanceof Reading.Accepted)
                .isEqualTo(loopback);
        assertThat(schema().validate(document).isEmpty()).isEqualTo(loopback);

        document.withObject("/status").put("allowRemote", true);
        AgentConfig config = ((Reading.Accepted<AgentConfig>) AgentYaml.read(document, BASE, ENVIRONMENT)).value();
        assertThat(config.status()).contains(new InetSocketAddress(host, port));
        assertThat(schema().validate(document)).isEmpty();
    }

    @Test
    void saysWhyTheStatusPageIsNotForEverybody() throws IOException {
        Reading<AgentConfig> reading =
                AgentYaml.read(yaml("examples/bad/agent/status-for-everybody.yaml"), BASE, ENVIRONMENT);
        assertThat(((Reading.Refused<AgentConfig>) reading)
                        .problems()
                        .getFirst()
                        .message())
                .contains("can be reached from other machines", "allowRemote: true");
    }

    @Test
    void everyFieldOfAFullDocumentArrives() throws IOException {
        AgentConfig config = good("examples/good/agent/full.yaml");

        assertThat(config.thing()).isEqualTo("gateway-1");
        assertThat(config.data()).isEqualTo(Path.of("/var/lib/affray"));
        assertThat(config.iot().host()).isEqualTo("localhost");
        assertThat(config.iot().port()).isEqualTo(18883);
        assertThat(config.iot().certificate()).isEqualTo(BASE.resolve("identity/certificate.pem"));
        assertThat(config.iot().privateKey()).isEqualTo(BASE.resolve("identity/private.key"));
        assertThat(config.iot().authority()).contains(BASE.resolve("identity/authority.pem"));
        assertThat(config.credentials().endpoint()).isEqualTo(URI.create("https://localhost:18443"));
        assertThat(config.credentials().roleAlias()).isEqualTo("affray-gateway");
        assertThat(config.s3().name()).isEqualTo("frames");
        assertThat(config.s3().region()).isEqualTo("eu-central-1");
        assertThat(config.s3().endpoint()).contains(URI.create("http://localhost:19000"));
        assertThat(config.spool())
                .isEqualTo(new SpoolBounds(512L * 1024 * 1024, Duration.ofHours(48), 1024L * 1024 * 1024));
        assertThat(config.fsync()).isEqualTo(Fsync.ALWAYS);
        assertThat(config.upload()).isEqualTo(new UploadLimits(2, OptionalLong.of(256 * 1024)));
        assertThat(config.healthInterval()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.clips()).isEqualTo(new ClipBounds(Duration.ofSeconds(20), 8L * 1024 * 1024));
        assertThat(config.scoreModel()).contains(BASE.resolve("yard/score-model.json"));
        assertThat(config.secrets()).isEqualTo(Optional.of(new SecretsFile(BASE.resolve("secrets.yaml"), false)));
        assertThat(config.renewal())
                .isEqualTo(new RenewalRules(Duration.ofDays(60), Duration.ofDays(90), "school-gateway-renewal"));
        assertThat(config.status()).contains(new InetSocketAddress("fd00::7", 9000));
    }

    @Test
    void theShippedDefaultsAreThoseOfTheCode_andOfTheSchema() throws IOException {
        ObjectNode document = (ObjectNode) yaml("examples/good/agent/minimal.yaml");
        Reading<AgentConfig> without = AgentYaml.read(document, BASE, ENVIRONMENT);
        JsonNode defaults = yaml("defaults/agent.yaml");
        TreeSet<String> shipped = new TreeSet<>();
        defaults.properties()
                .forEach(section -> section.getValue().properties().forEach(field -> {
                    shipped.add(section.getKey() + "." + field.getKey() + " = " + field.getValue());
                    document.withObject("/" + section.getKey()).set(field.getKey(), field.getValue());
                }));
        TreeSet<String> described = new TreeSet<>();
        schema().getSchemaNode()
                .path("properties")
                .properties()
                .forEach(section -> section.getValue()
                        .path("properties")
                        .properties()
                        .forEach(field -> {
                            if (field.getValue().has("default")) {
                                described.add(section.getKey() + "." + field.getKey() + " = "
                                        + field.getValue().path("default"));
                            }
                        }));

        assertThat(AgentYaml.read(document, BASE, ENVIRONMENT)).isEqualTo(without);
        assertThat(shipped).isEqualTo(described);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "credential-with-slash",
                "endpoint-with-path",
                "host-with-scheme",
                "missing-sections",
                "not-an-object",
                "number-as-text",
                "out-of-range",
                "plain-http-credentials",
                "status-by-name",
                "status-for-everybody",
                "thing-with-slash",
                "unknown-field"
            })
    void refusesABadDocument_withAProblemForEachPlace(String name) throws IOException {
        String file = "examples/bad/agent/" + name + ".yaml";
        String[] expected =
                resource(file).lines().findFirst().orElseThrow().substring(2).split(" ");
        Reading<AgentConfig> reading = AgentYaml.read(yaml(file), BASE, ENVIRONMENT);

        assertThat(reading).isInstanceOf(Reading.Refused.class);
        List<Problem> problems = ((Reading.Refused<AgentConfig>) reading).problems();
        assertThat(problems).extracting(Problem::path).containsExactlyInAnyOrder(expected);
        assertThat(schema().validate(yaml(file))).isNotEmpty();
    }

    @Test
    void takesFilesFromTheCredentialsOfSystemd() throws IOException {
        AgentConfig config = good("examples/good/agent/credentials.yaml");
        assertThat(config.iot().privateKey()).isEqualTo(Path.of("/run/credentials/agent/affray.key"));
        assertThat(config.iot().certificate()).isEqualTo(BASE.resolve("identity/certificate.pem"));
        assertThat(config.secrets())
                .contains(new SecretsFile(Path.of("/run/credentials/agent/camera-passwords"), true));
    }

    @Test
    void saysHowToHandOverACredential_whenThereIsNone() throws IOException {
        JsonNode document = yaml("examples/good/agent/credentials.yaml");
        Reading<AgentConfig> reading = AgentYaml.read(document, BASE, Map.of());

        List<Problem> problems = ((Reading.Refused<AgentConfig>) reading).problems();
        assertThat(problems).extracting(Problem::path).containsExactly("$.iot.privateKey", "$.secrets");
        assertThat(problems.getLast().message())
                .contains("CREDENTIALS_DIRECTORY is not set", "LoadCredential=camera-passwords:/PATH");
    }

    @Test
    void looksForCredentialsInTheirFolder() throws IOException {
        Path credentials = Files.createDirectory(folder.resolve("credentials"));
        Files.writeString(credentials.resolve("camera-passwords"), "{}");
        Path file = Files.writeString(folder.resolve("agent.yaml"), resource("examples/good/agent/credentials.yaml"));

        Reading<AgentConfig> reading = AgentYaml.load(file, Map.of("CREDENTIALS_DIRECTORY", credentials.toString()));
        assertThat(((Reading.Refused<AgentConfig>) reading).problems())
                .contains(new Problem("$.iot.privateKey", "there is no file " + credentials.resolve("affray.key")))
                .extracting(Problem::path)
                .doesNotContain("$.secrets");
    }

    @Test
    void namesEveryFileThatIsNotThere() throws IOException {
        Path file = Files.writeString(folder.resolve("agent.yaml"), resource("examples/good/agent/full.yaml"));

        assertThat(AgentYaml.load(file))
                .isInstanceOfSatisfying(
                        Reading.Refused.class,
                        refused -> assertThat(((Reading.Refused<?>) refused).problems())
                                .extracting(Problem::path)
                                .containsExactly(
                                        "$.iot.certificate",
                                        "$.iot.privateKey",
                                        "$.iot.authority",
                                        "$.score.model",
                                        "$.secrets"));
    }

    @Test
    void theSampleThatIsInstalledLacksNothingButItsFiles() {
        Reading<JsonNode> sample = Yaml.read(Path.of("src/main/launcher/agent.yaml"));
        assertThat(AgentYaml.read(((Reading.Accepted<JsonNode>) sample).value(), BASE, ENVIRONMENT))
                .isInstanceOf(Reading.Accepted.class);
    }

    @Test
    void refusesAKeyThatStandsThereTwice() throws IOException {
        Path file = Files.writeString(folder.resolve("agent.yaml"), "thing: a\nthing: b\n");
        assertThat(AgentYaml.load(file).toString()).contains("thing");
    }
}
