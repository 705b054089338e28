package dev.affray.cloud.local.iot;

import dev.affray.cloud.local.pki.GatewayIdentity;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.crt.CRT;
import software.amazon.awssdk.crt.mqtt5.Mqtt5Client;
import software.amazon.awssdk.crt.mqtt5.Mqtt5ClientOptions;
import software.amazon.awssdk.crt.mqtt5.OnAttemptingConnectReturn;
import software.amazon.awssdk.crt.mqtt5.OnConnectionFailureReturn;
import software.amazon.awssdk.crt.mqtt5.OnConnectionSuccessReturn;
import software.amazon.awssdk.crt.mqtt5.OnDisconnectionReturn;
import software.amazon.awssdk.crt.mqtt5.OnStoppedReturn;
import software.amazon.awssdk.crt.mqtt5.QOS;
import software.amazon.awssdk.crt.mqtt5.packets.ConnectPacket;
import software.amazon.awssdk.crt.mqtt5.packets.DisconnectPacket;
import software.amazon.awssdk.crt.mqtt5.packets.PubAckPacket;
import software.amazon.awssdk.crt.mqtt5.packets.PublishPacket;
import software.amazon.awssdk.crt.mqtt5.packets.SubAckPacket;
import software.amazon.awssdk.crt.mqtt5.packets.SubscribePacket;
import software.amazon.awssdk.iot.AwsIotMqtt5ClientBuilder;

/** A gateway's connection as the AWS IoT device SDK makes it. */
final class TestGateway implements AutoCloseable {
    final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final CompletableFuture<String> connected = new CompletableFuture<>();
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private final Mqtt5Client client;

    private TestGateway(AwsIotMqtt5ClientBuilder builder, int port, String clientId, @Nullable PublishPacket will) {
        ConnectPacket.ConnectPacketBuilder connect =
                new ConnectPacket.ConnectPacketBuilder().withClientId(clientId).withKeepAliveIntervalSeconds(30L);
        if (will != null) {
            connect.withWill(will);
        }
        client = builder.withPort((long) port)
                .withConnectProperties(connect)
                .withExtendedValidationAndFlowControlOptions(
                        Mqtt5ClientOptions.ExtendedValidationAndFlowControlOptions.NONE)
                .withLifeCycleEvents(new Life())
                .withPublishEvents(
                        (source, event) -> received.add(event.getPublishPacket().getTopic() + " "
                                + new String(event.getPublishPacket().getPayload(), StandardCharsets.UTF_8)))
                .build();
        client.start();
    }

    static TestGateway open(GatewayIdentity identity, int port) {
        return open(identity, port, identity.thing(), null);
    }

    static TestGateway open(GatewayIdentity identity, int port, String clientId, @Nullable PublishPacket will) {
        try (AwsIotMqtt5ClientBuilder builder = AwsIotMqtt5ClientBuilder.newDirectMqttBuilderWithMtlsFromPath(
                "localhost",
                identity.certificatePem().toString(),
                identity.privateKeyPem().toString())) {
            builder.withCertificateAuthorityFromPath(
                    null, identity.authorityPem().toString());
            return new TestGateway(builder, port, clientId, will);
        }
    }

    static TestGateway withoutCertificate(GatewayIdentity identity, int port) {
        try (AwsIotMqtt5ClientBuilder builder = AwsIotMqtt5ClientBuilder.newMqttBuilder("localhost")) {
            builder.withCertificateAuthorityFromPath(
                    null, identity.authorityPem().toString());
            return new TestGateway(builder, port, identity.thing(), null);
        }
    }

    static PublishPacket message(String topic, String payload) {
        return new PublishPacket.PublishPacketBuilder(
                        topic, QOS.AT_LEAST_ONCE, payload.getBytes(StandardCharsets.UTF_8))
                .build();
    }

    /** "SUCCESS", or what the first attempt failed with. */
    String outcome() throws Exception {
        return connected.get(20, TimeUnit.SECONDS);
    }

    Mqtt5Client client() throws Exception {
        if (!outcome().equals("SUCCESS")) {
            throw new IllegalStateException(outcome());
        }
        return client;
    }

    PubAckPacket.PubAckReasonCode send(String topic, String payload) throws Exception {
        return client().publish(message(topic, payload))
                .get(20, TimeUnit.SECONDS)
                .getResultPubAck()
                .getReasonCode();
    }

    List<SubAckPacket.SubAckReasonCode> subscribe(String... filters) throws Exception {
        SubscribePacket.SubscribePacketBuilder packet = new SubscribePacket.SubscribePacketBuilder();
        for (String filter : filters) {
            packet.withSubscription(filter, QOS.AT_LEAST_ONCE);
        }
        return client().subscribe(packet.build()).get(20, TimeUnit.SECONDS).getReasonCodes();
    }

    @Nullable
    String next() throws InterruptedException {
        return received.poll(20, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        client.stop(new DisconnectPacket.DisconnectPacketBuilder()
                .withReasonCode(DisconnectPacket.DisconnectReasonCode.NORMAL_DISCONNECTION)
                .build());
        try {
            stopped.get(10, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the client did not stop", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        client.close();
    }

    private final class Life implements Mqtt5ClientOptions.LifecycleEvents {
        @Override
        public void onAttemptingConnect(Mqtt5Client source, OnAttemptingConnectReturn event) {}

        @Override
        public void onConnectionSuccess(Mqtt5Client source, OnConnectionSuccessReturn event) {
            connected.complete("SUCCESS");
        }

        @Override
        public void onConnectionFailure(Mqtt5Client source, OnConnectionFailureReturn event) {
            connected.complete(
                    event.getConnAckPacket() == null
                            ? CRT.awsErrorName(event.getErrorCode())
                            : event.getConnAckPacket().getReasonCode().toString());
        }

        @Override
        public void onDisconnection(Mqtt5Client source, OnDisconnectionReturn event) {}

        @Override
        public void onStopped(Mqtt5Client source, OnStoppedReturn event) {
            stopped.complete(null);
        }
    }
}
