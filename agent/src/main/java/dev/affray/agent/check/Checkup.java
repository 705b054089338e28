package dev.affray.agent.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.agent.config.AgentConfig;
import dev.affray.agent.config.AgentYaml;
import dev.affray.agent.disk.DataFolder;
import dev.affray.agent.identity.IdentityStore;
import dev.affray.agent.identity.IdentityStore.Pair;
import dev.affray.agent.iot.IotEndpoint;
import dev.affray.document.Problem;
import dev.affray.document.Reading;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The whole examination. What does not hang on something that failed goes on.
 *
 * <pre>{@code
 * agent.yaml -> certificate -> disk -> names, ports, TLS -> MQTT, shadows -> credentials -> S3 -> clock -> cameras
 * }</pre>
 */
public final class Checkup {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Path file;
    private final Options options;
    private final String version;
    private final Clock clock;
    private final Consumer<Finding> told;
    private final List<Finding> findings = new ArrayList<>();

    /**
     * What to look at.
     *
     * @param cameras these alone; empty for all
     * @param disconnect whether a running agent's connection may be taken from it for a moment
     * @param patience for each answer over the network
     * @param watch for how long each camera is watched
     * @param longestWatch at most, where it takes longer to see two key pictures
     */
    public record Options(
            List<String> cameras, boolean disconnect, Duration patience, Duration watch, Duration longestWatch) {
        public Options {
            cameras = List.copyOf(cameras);
        }

        /** With the usual times. */
        public Options(List<String> cameras, boolean disconnect) {
            this(cameras, disconnect, PATIENCE, Duration.ofSeconds(5), Duration.ofSeconds(30));
        }
    }

    /**
     * One that has not begun.
     *
     * @param file agent.yaml
     * @param told hears each finding as soon as it is there
     */
    public Checkup(Path file, Options options, String version, Clock clock, Consumer<Finding> told) {
        this.file = file;
        this.options = options;
        this.version = version;
        this.clock = clock;
        this.told = told;
    }

    /** Looks at everything. Takes some seconds, and up to half a minute for every four cameras that do not answer. To be called once. */
    public CheckReport run() {
        Instant began = clock.instant();
        String thing = switch (AgentYaml.load(file)) {
            case Reading.Refused<AgentConfig>(List<Problem> problems) -> {
                tell(ConfigurationCheck.refused(file, problems));
                tell(List.of(Finding.skip("everything else", "it needs the configuration")));
                yield null;
            }
            case Reading.Accepted<AgentConfig>(AgentConfig config) -> {
                examine(asItIs(config));
                yield config.thing();
            }
        };
        return CheckReport.of(thing, version, began, findings);
    }

    private void examine(AgentConfig config) {
        ConfigurationCheck files = ConfigurationCheck.of(file, config, System.getenv());
        tell(files.findings());
        CertificateCheck certificate = CertificateCheck.of(config.iot(), clock);
        tell(certificate.findings());
        tell(DiskCheck.of(config));

        NetworkCheck network = new NetworkCheck(options.patience(), clock);
        SSLContext tls = certificate.tls();
        String noMqtt = unreachable(network, Service.mqtt(config), tls);
        String noCredentials = unreachable(network, Service.credentials(config), tls);
        String noS3 = unreachable(network, Service.s3(config), tls);

        String hindrance = noMqtt == null ? running(config) : noMqtt;
        MqttCheck mqtt = hindrance == null
                ? MqttCheck.of(config, options.patience(), clock)
                : MqttCheck.without(config, hindrance);
        tell(mqtt.findings());
        tell(StorageCheck.of(config, noCredentials, noS3, options.patience(), clock)
                .findings());
        cameras(files, mqtt.cameras());
    }

    /** By the certificate in force, which a running agent may have renewed; one that cannot be read is told of later. */
    private static AgentConfig asItIs(AgentConfig config) {
        IotEndpoint iot = config.iot();
        try {
            Pair inForce = IdentityStore.inForce(config.data(), new Pair(iot.certificate(), iot.privateKey()));
            return config.with(iot.with(inForce.certificate(), inForce.key()));
        } catch (IOException e) {
            return config;
        }
    }

    /** Why a service cannot be spoken to; null where it can. */
    private @Nullable String unreachable(NetworkCheck network, Service service, @Nullable SSLContext tls) {
        List<Finding> found = network.of(service, tls);
        tell(found);
        return found.getLast().works() ? null : service.address() + " cannot be used, see above";
    }

    /** The only client id that a gateway's policy allows is its thing's name, which the running agent has. */
    private @Nullable String running(AgentConfig config) {
        if (options.disconnect()) {
            return null;
        }
        try {
            return DataFolder.isInUse(config.data())
                    ? "the agent runs and has the connection, and a second one would take it away; its log tells how it goes. To try nevertheless, losing its connection for some seconds: --disconnect"
                    : null;
        } catch (IOException e) {
            return "it cannot be told whether the agent runs (" + e.getMessage()
                    + "), whose connection another one would take away. To try nevertheless: --disconnect";
        }
    }

    private void cameras(ConfigurationCheck files, Map<String, Optional<JsonNode>> known) {
        Map<String, Optional<JsonNode>> chosen = new LinkedHashMap<>(known);
        if (!options.cameras().isEmpty()) {
            chosen.keySet().retainAll(options.cameras());
            options.cameras().stream()
                    .filter(id -> !known.containsKey(id))
                    .forEach(id -> tell(List.of(Finding.fail(
                            "camera " + id,
                            "the gateway's document does not name it",
                            known.isEmpty()
                                    ? "It names none."
                                    : "It names " + String.join(", ", known.keySet()) + "."))));
        } else if (known.isEmpty()) {
            tell(List.of(Finding.skip("cameras", "none is known")));
        }
        new CameraCheck(files.secrets(), options.watch(), options.longestWatch())
                .of(chosen, finding -> tell(List.of(finding)));
    }

    private void tell(List<Finding> found) {
        findings.addAll(found);
        found.forEach(told);
    }
}
