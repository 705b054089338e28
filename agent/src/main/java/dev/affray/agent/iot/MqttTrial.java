package dev.affray.agent.iot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.document.Json;
import dev.affray.health.Presence;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.crt.CRT;
import software.amazon.awssdk.crt.CrtRuntimeException;
import software.amazon.awssdk.crt.mqtt5.Mqtt5Client;
import software.amazon.awssdk.crt.mqtt5.Mqtt5ClientOptions;
import software.amazon.awssdk.crt.mqtt5.Mqtt5ClientOptions.ClientOfflineQueueBehavior;
import software.amazon.awssdk.crt.mqtt5.Mqtt5ClientOptions.ClientSessionBehavior;
import software.amazon.awssdk.crt.mqtt5.Mqtt5ClientOptions.ExtendedValidationAndFlowControlOptions;
import software.amazon.awssdk.crt.mqtt5.OnAttemptingConnectReturn;
import software.amazon.awssdk.crt.mqtt5.OnConnectionFailureReturn;
import software.amazon.awssdk.crt.mqtt5.OnConnectionSuccessReturn;
import software.amazon.awssdk.crt.mqtt5.OnDisconnectionReturn;
import software.amazon.awssdk.crt.mqtt5.OnStoppedReturn;
import software.amazon.awssdk.crt.mqtt5.PublishResult;
import software.amazon.awssdk.crt.mqtt5.QOS;
import software.amazon.awssdk.crt.mqtt5.packets.ConnectPacket;
import software.amazon.awssdk.crt.mqtt5.packets.DisconnectPacket;
import software.amazon.awssdk.crt.mqtt5.packets.PublishPacket;
import software.amazon.awssdk.crt.mqtt5.packets.SubscribePacket;
import software.amazon.awssdk.iot.AwsIotMqtt5ClientBuilder;

/**
 * One connection to the broker with the thing name as client id, to see what works: it leaves no last will, and does not come back once it is lost. A
 * running agent of the same name is disconnected by it. For one thread.
 */
public final class MqttTrial implements AutoCloseable {
    private static final long KEEP_ALIVE_SECONDS = 30;
    private static final int NOT_FOUND = 404;

    private final String thing;
    private final String host;
    private final Duration patience;
    private final Mqtt5Client client;
    private final CompletableFuture<Void> connected = new CompletableFuture<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Map<String, CompletableFuture<JsonNode>> pending = new ConcurrentHashMap<>();
    private boolean subscribed;

    private MqttTrial(IotEndpoint endpoint, String thing, Duration patience) throws IOException {
        this.thing = thing;
        this.host = endpoint.host();
        this.patience = patience;
        this.client = client(endpoint);
    }

    /**
     * Connects.
     *
     * @param patience for this, and for each answer
     * @throws IOException when there is no connection; the message says why
     */
    public static MqttTrial connect(IotEndpoint endpoint, String thing, Duration patience) throws IOException {
        MqttTrial trial = new MqttTrial(endpoint, thing, patience);
        try {
            trial.client.start();
            trial.await(trial.connected, "no answer from the broker");
            return trial;
        } catch (IOException e) {
            trial.close();
            throw e;
        }
    }

    private Mqtt5Client client(IotEndpoint endpoint) throws IOException {
        try (AwsIotMqtt5ClientBuilder builder = AwsIotMqtt5ClientBuilder.newDirectMqttBuilderWithMtlsFromPath(
                host, endpoint.certificate().toString(), endpoint.privateKey().toString())) {
            endpoint.authority().ifPresent(file -> builder.withCertificateAuthorityFromPath(null, file.toString()));
            return builder.withPort((long) endpoint.port())
                    .withConnectProperties(new ConnectPacket.ConnectPacketBuilder()
                            .withClientId(thing)
                            .withKeepAliveIntervalSeconds(KEEP_ALIVE_SECONDS))
                    .withSessionBehavior(ClientSessionBehavior.CLEAN)
                    .withOfflineQueueBehavior(ClientOfflineQueueBehavior.FAIL_ALL_ON_DISCONNECT)
                    .withExtendedValidationAndFlowControlOptions(ExtendedValidationAndFlowControlOptions.NONE)
                    .withLifeCycleEvents(new Once())
                    .withPublishEvents((_, message) -> message(
                            message.getPublishPacket().getTopic(),
                            message.getPublishPacket().getPayload()))
                    .build();
        } catch (CrtRuntimeException e) {
            throw new IOException(
                    "cannot use " + endpoint.certificate() + " with " + endpoint.privateKey() + ": " + e.getMessage(),
                    e);
        }
    }

    /**
     * Publishes that the gateway is not there, as an agent does that stops: true while none runs, and a running one says that it is there as soon as
     * it is back.
     *
     * @return the topic
     * @throws IOException when that is refused, or nobody acknowledged it
     */
    public String publishOffline(Clock clock) throws IOException {
        String topic = Presence.topic(thing);
        publish(topic, new Presence(false, clock.instant().truncatedTo(ChronoUnit.MILLIS)));
        return topic;
    }

    /**
     * What is desired in one of the gateway's named shadows.
     *
     * @return empty when there is no such shadow, or nobody desires anything
     * @throws IOException when that is refused, or no answer came
     */
    public Optional<JsonNode> desired(String shadow) throws IOException {
        String prefix = "$aws/things/" + thing + "/shadow/name/";
        if (!subscribed) {
            subscribe(prefix + "+/get/+");
            subscribed = true;
        }
        String token = UUID.randomUUID().toString();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        pending.put(token, answer);
        publish(prefix + shadow + "/get", Map.of("clientToken", token));
        JsonNode document = await(answer, "no answer to the request for shadow " + shadow);
        JsonNode desired = document.path("state").path("desired");
        if (document.has("code") && document.path("code").asInt() != NOT_FOUND) {
            throw new IOException("shadow " + shadow + " was refused: "
                    + document.path("code").asInt() + " "
                    + document.path("message").asText());
        }
        return desired.isObject() && !desired.isEmpty() ? Optional.of(desired) : Optional.empty();
    }

    private void subscribe(String filter) throws IOException {
        SubscribePacket packet = new SubscribePacket.SubscribePacketBuilder()
                .withSubscription(filter, QOS.AT_LEAST_ONCE)
                .build();
        var answer = await(client.subscribe(packet), "no answer to the subscription to " + filter);
        for (var code : answer.getReasonCodes()) {
            if (code.getValue() >= 0x80) {
                throw new IOException("the broker refuses the subscription to " + filter + ": " + code);
            }
        }
    }

    private void publish(String topic, Object document) throws IOException {
        byte[] payload = Json.write(document).getBytes(StandardCharsets.UTF_8);
        PublishResult answer = await(
                client.publish(new PublishPacket.PublishPacketBuilder(topic, QOS.AT_LEAST_ONCE, payload)
                        .withContentType("application/json")
                        .build()),
                "nobody acknowledged what was published on " + topic);
        if (answer.getResultPubAck() != null
                && answer.getResultPubAck().getReasonCode().getValue() >= 0x80) {
            throw new IOException("the broker refuses what is published on " + topic + ": "
                    + answer.getResultPubAck().getReasonCode());
        }
    }

    private <T> T await(CompletableFuture<T> future, String silence) throws IOException {
        try {
            return future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException(silence + " within " + patience.toSeconds() + " s");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException(cause.getMessage() == null ? cause.toString() : cause.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private void message(String topic, byte @Nullable [] payload) {
        if (payload == null || !topic.contains("/get/")) {
            return;
        }
        try {
            JsonNode document = Json.tree(payload);
            CompletableFuture<JsonNode> waiting =
                    pending.remove(document.path("clientToken").asText());
            if (waiting != null) {
                waiting.complete(document);
            }
        } catch (IllegalArgumentException e) {
            // No answer to a question of ours.
        }
    }

    /** Disconnects, within some seconds. Safe to call again. */
    @Override
    public void close() {
        stop();
        try {
            boolean _ = stopped.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        client.close();
    }

    private void stop() {
        client.stop(new DisconnectPacket.DisconnectPacketBuilder()
                .withReasonCode(DisconnectPacket.DisconnectReasonCode.NORMAL_DISCONNECTION)
                .build());
    }

    private void lost(String why) {
        IOException failure = new IOException(why);
        connected.completeExceptionally(failure);
        pending.values().forEach(waiting -> waiting.completeExceptionally(failure));
        stop();
    }

    /** The SDK would try again and again, and push a running agent out each time. */
    private final class Once implements Mqtt5ClientOptions.LifecycleEvents {
        @Override
        public void onAttemptingConnect(Mqtt5Client c, OnAttemptingConnectReturn attempt) {}

        @Override
        public void onConnectionSuccess(Mqtt5Client c, OnConnectionSuccessReturn success) {
            connected.complete(null);
        }

        @Override
        public void onConnectionFailure(Mqtt5Client c, OnConnectionFailureReturn failure) {
            String refusal = failure.getConnAckPacket() == null
                    ? ""
                    : " (" + failure.getConnAckPacket().getReasonCode() + ")";
            lost(CRT.awsErrorString(failure.getErrorCode()) + refusal);
        }

        @Override
        public void onDisconnection(Mqtt5Client c, OnDisconnectionReturn disconnection) {
            String notice = disconnection.getDisconnectPacket() == null
                    ? ""
                    : " (" + disconnection.getDisconnectPacket().getReasonCode() + ")";
            lost("the connection was lost: " + CRT.awsErrorString(disconnection.getErrorCode()) + notice);
        }

        @Override
        public void onStopped(Mqtt5Client c, OnStoppedReturn stop) {
            stopped.countDown();
        }
    }
}
