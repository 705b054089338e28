package dev.affray.agent.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.agent.config.AgentConfig;
import dev.affray.agent.iot.LastGood;
import dev.affray.agent.iot.MqttTrial;
import dev.affray.camera.CameraConfig;
import dev.affray.camera.GatewayConfig;
import dev.affray.document.Problem;
import dev.affray.document.Reading;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The broker as the gateway meets it: connecting, publishing, its shadows. What cannot be asked is taken from the last good documents on disk. */
final class MqttCheck {
    private static final String CONNECT = "mqtt connect";
    private static final String PUBLISH = "mqtt publish";
    private static final String SHADOW = "shadow " + GatewayConfig.SHADOW_NAME;

    private final AgentConfig config;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, Optional<JsonNode>> cameras = new LinkedHashMap<>();

    private MqttCheck(AgentConfig config) {
        this.config = config;
    }

    /** Nothing is asked of the broker, and why; the documents are those on disk. */
    static MqttCheck without(AgentConfig config, String why) {
        MqttCheck check = new MqttCheck(config);
        check.findings.add(Finding.skip(CONNECT, why));
        check.skipRest("not connected, see above");
        return check;
    }

    static MqttCheck of(AgentConfig config, Duration patience, Clock clock) {
        MqttCheck check = new MqttCheck(config);
        try (MqttTrial trial = MqttTrial.connect(config.iot(), config.thing(), patience)) {
            check.findings.add(Finding.ok(CONNECT, "as " + config.thing()));
            check.publish(trial, clock);
            check.shadows(trial);
        } catch (IOException e) {
            check.findings.add(Finding.fail(CONNECT, String.valueOf(e.getMessage()), remedy(config)));
            check.skipRest("not connected, see above");
        }
        return check;
    }

    private static String remedy(AgentConfig config) {
        return "The certificate must be active and attached to the thing " + config.thing()
                + ", and its policy allow iot:Connect with that client id. Another program that connects as "
                + config.thing() + " would push this one out.";
    }

    private void publish(MqttTrial trial, Clock clock) {
        try {
            findings.add(Finding.ok(PUBLISH, "acknowledged on " + trial.publishOffline(clock)));
        } catch (IOException e) {
            findings.add(Finding.fail(
                    PUBLISH,
                    String.valueOf(e.getMessage()),
                    "The policy must allow iot:Publish on affray/" + config.thing() + "/presence and /health."));
        }
    }

    private void shadows(MqttTrial trial) {
        Optional<JsonNode> gateway;
        try {
            gateway = trial.desired(GatewayConfig.SHADOW_NAME);
        } catch (IOException e) {
            findings.add(
                    Finding.fail(
                            SHADOW,
                            String.valueOf(e.getMessage()),
                            "The policy must allow iot:Subscribe and iot:Receive on the shadows' answers and iot:Publish on their get and update."));
            fromDisk();
            return;
        }
        if (gateway.isEmpty()) {
            findings.add(Finding.warn(
                    SHADOW,
                    "there is none, so this gateway serves no cameras",
                    "Run: affray-agent cameras add --thing " + config.thing() + " ID --name NAME --url URL ..."));
            return;
        }
        List<String> ids = ids(gateway.get());
        for (String id : ids) {
            try {
                cameras.put(id, trial.desired(CameraConfig.shadowName(id)));
            } catch (IOException e) {
                findings.add(Finding.fail(
                        "shadow " + CameraConfig.shadowName(id),
                        String.valueOf(e.getMessage()),
                        "Run the check again."));
            }
        }
    }

    private List<String> ids(JsonNode gateway) {
        return switch (GatewayConfig.read(gateway)) {
            case Reading.Accepted<GatewayConfig>(GatewayConfig read) -> {
                findings.add(Finding.ok(
                        SHADOW,
                        read.cameras().isEmpty() ? "names no cameras" : "names " + String.join(", ", read.cameras())));
                yield read.cameras();
            }
            case Reading.Refused<GatewayConfig>(List<Problem> problems) -> {
                findings.add(Finding.fail(
                        SHADOW,
                        problems.stream().map(Problem::toString).collect(Collectors.joining("; ")),
                        "The agent goes on with the last good one; mend the shadow's desired state."));
                yield List.of();
            }
        };
    }

    private void skipRest(String why) {
        findings.add(Finding.skip(PUBLISH, why));
        findings.add(Finding.skip(SHADOW, why));
        fromDisk();
    }

    private void fromDisk() {
        LastGood kept = new LastGood(config.data().resolve("shadows"));
        kept.document(GatewayConfig.SHADOW_NAME).ifPresent(gateway -> {
            if (GatewayConfig.read(gateway) instanceof Reading.Accepted<GatewayConfig>(GatewayConfig read)) {
                read.cameras().forEach(id -> cameras.put(id, kept.document(CameraConfig.shadowName(id))));
            }
        });
    }

    List<Finding> findings() {
        return findings;
    }

    /** Each camera of the gateway with its document, if it has one: as AWS IoT holds it, or else as it was last in force. */
    Map<String, Optional<JsonNode>> cameras() {
        return cameras;
    }
}
