package dev.affray.agent.iot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.affray.agent.identity.IdentityFolder;
import dev.affray.command.Command;
import dev.affray.command.CommandAnswer;
import dev.affray.command.CommandAnswer.State;
import dev.affray.document.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandTopicTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String TOPIC = Command.topic("gateway-1");

    @TempDir
    Path folder;

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final AtomicInteger ready = new AtomicInteger();

    private final CommandTopic.Listener listener = new CommandTopic.Listener() {
        @Override
        public void take(byte[] message) {
            heard.add(new String(message, StandardCharsets.UTF_8));
        }

        @Override
        public void connected() {
            ready.incrementAndGet();
        }
    };

    @Test
    void commandsAreHeard_alsoAfterTheBrokerForgotTheSubscription_andAnswersAreKept() throws Exception {
        try (Mosquitto broker = new Mosquitto(folder)) {
            IdentityFolder identity = broker.identity("gateway-1");
            IotEndpoint endpoint = new IotEndpoint(
                    "localhost",
                    broker.port(),
                    identity.certificateFile(),
                    identity.keyFile(),
                    Optional.of(broker.authorityFile()));
            try (MqttConnection connection = new MqttConnection(endpoint, "gateway-1", Clock.systemUTC())) {
                CommandTopic topic = new CommandTopic("gateway-1", connection);
                topic.hand(listener);
                connection.start(topic);
                await().atMost(PATIENCE).until(() -> ready.get() == 1);
                CommandAnswer answer =
                        new CommandAnswer("c1", null, "yard", "me", State.DONE, null, null, null, null, Instant.EPOCH);
                topic.answer(answer).get();

                try (ShadowResponder cloud = new ShadowResponder(broker)) {
                    cloud.publish(TOPIC, "one", false);
                    cloud.publish("affray/gateway-2/commands", "not ours", false);
                    await().atMost(PATIENCE).until(() -> heard.equals(List.of("one")));
                    await().atMost(PATIENCE)
                            .until(() -> !cloud.messages(CommandAnswer.topic("gateway-1", "yard"))
                                    .isEmpty());
                    assertThat(cloud.events("message")
                                    .filter(event ->
                                            event.path("topic").asText().contains("/answers/")))
                            .allMatch(event -> event.path("retain").asBoolean())
                            .extracting(event -> Json.read(event.path("payload").asText(), CommandAnswer.class))
                            .containsExactly(answer);

                    broker.restart();
                    cloud.awaitReady();
                    await().atMost(PATIENCE).until(() -> ready.get() == 2);
                    cloud.publish(TOPIC, "two", false);
                    await().atMost(PATIENCE).until(() -> heard.equals(List.of("one", "two")));
                }
            }
        }
    }

    @Test
    void aBrokerThatHangsUpOnTheSubscription_isLeftInPeaceAfterAWhile() throws Exception {
        Certificates.make(folder, "gateway-1", "RSA");
        Certificates.make(folder, "broker", "RSA");
        try (ShadowBroker broker = new ShadowBroker(Certificates.tls(
                Certificates.make(folder, "broker", "RSA"), Certificates.make(folder, "gateway-1", "RSA")))) {
            broker.forbid(TOPIC);
            IotEndpoint endpoint = new IotEndpoint(
                    "localhost",
                    broker.port(),
                    folder.resolve("gateway-1.pem"),
                    folder.resolve("gateway-1.key"),
                    Optional.of(folder.resolve("broker.pem")));
            try (MqttConnection connection = new MqttConnection(endpoint, "gateway-1", Clock.systemUTC())) {
                CommandTopic topic = new CommandTopic("gateway-1", connection, 1, Duration.ofSeconds(1));
                topic.hand(listener);
                connection.start(topic);

                await().atMost(PATIENCE).until(() -> broker.connections.get() == 2 && connection.isConnected());
                broker.forbid("");
                await().atMost(PATIENCE).until(() -> ready.get() == 1);
                assertThat(broker.connections.get()).as("it stayed connected").isEqualTo(2);
            }
        }
    }
}
