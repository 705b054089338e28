package dev.affray.agent.iot;

import dev.affray.agent.identity.FreshKey;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import software.amazon.awssdk.crt.CRT;
import software.amazon.awssdk.crt.mqtt5.Mqtt5Client;
import software.amazon.awssdk.crt.mqtt5.Mqtt5ClientOptions;
import software.amazon.awssdk.crt.mqtt5.OnAttemptingConnectReturn;
import software.amazon.awssdk.crt.mqtt5.OnConnectionFailureReturn;
import software.amazon.awssdk.crt.mqtt5.OnConnectionSuccessReturn;
import software.amazon.awssdk.crt.mqtt5.OnDisconnectionReturn;
import software.amazon.awssdk.crt.mqtt5.OnStoppedReturn;
import software.amazon.awssdk.crt.mqtt5.packets.ConnectPacket;
import software.amazon.awssdk.crt.mqtt5.packets.DisconnectPacket;

/** A connection with the claim certificate that a batch of gateways shares: good for getting an own one, and for nothing else. */
public final class ClaimConnection implements AutoCloseable {
    /** What a claim's client id begins with; the serial number follows. */
    public static final String CLIENT_PREFIX = "claim-";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Mqtt5Client client;
    private final String serial;
    private final CompletableFuture<String> outcome = new CompletableFuture<>();
    private final CountDownLatch stopped = new CountDownLatch(1);

    private ClaimConnection(IotEndpoint claim, String serial) throws IOException {
        this.serial = serial;
        this.client = MqttBuilder.build(
                claim,
                builder -> builder.withConnectProperties(new ConnectPacket.ConnectPacketBuilder()
                                .withClientId(CLIENT_PREFIX + serial)
                                .withKeepAliveIntervalSeconds(MqttBuilder.KEEP_ALIVE_SECONDS))
                        .withLifeCycleEvents(new LifeCycle()));
    }

    /**
     * Connects.
     *
     * @param claim the broker, and the claim's certificate and key
     * @param serial this gateway's
     * @throws IOException when there is no connection at the first attempt, within half a minute; the message says why
     */
    public static ClaimConnection open(IotEndpoint claim, String serial) throws IOException {
        ClaimConnection connection = new ClaimConnection(claim, serial);
        connection.client.start();
        String failure;
        try {
            failure = connection.outcome.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            failure = "no answer";
        } catch (ExecutionException e) {
            failure = String.valueOf(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failure = "interrupted";
        }
        if (!failure.isEmpty()) {
            connection.close();
            throw new IOException("no connection to " + claim.host() + ":" + claim.port()
                    + " with the claim certificate " + claim.certificate() + ": " + failure);
        }
        return connection;
    }

    /**
     * Gets this gateway its own certificate, and has it registered.
     *
     * @throws ProvisioningException when that is refused, or not answered
     * @throws IOException when the certificate is not this key's, or cannot be kept
     */
    public Provisioned provision(FreshKey key, String template, Map<String, String> parameters)
            throws ProvisioningException, IOException {
        try (Provisioning provisioning = new Provisioning(client, PATIENCE)) {
            return provisioning.run(key, serial, template, parameters);
        }
    }

    @Override
    public void close() {
        client.stop(new DisconnectPacket.DisconnectPacketBuilder()
                .withReasonCode(DisconnectPacket.DisconnectReasonCode.NORMAL_DISCONNECTION)
                .build());
        try {
            if (!stopped.await(2, TimeUnit.SECONDS)) {
                outcome.complete("closed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        client.close();
    }

    private final class LifeCycle implements Mqtt5ClientOptions.LifecycleEvents {
        @Override
        public void onAttemptingConnect(Mqtt5Client c, OnAttemptingConnectReturn attempt) {}

        @Override
        public void onConnectionSuccess(Mqtt5Client c, OnConnectionSuccessReturn success) {
            outcome.complete("");
        }

        @Override
        public void onConnectionFailure(Mqtt5Client c, OnConnectionFailureReturn failure) {
            String refusal = failure.getConnAckPacket() == null
                    ? ""
                    : " (" + failure.getConnAckPacket().getReasonCode() + ")";
            outcome.complete(CRT.awsErrorString(failure.getErrorCode()) + refusal);
        }

        @Override
        public void onDisconnection(Mqtt5Client c, OnDisconnectionReturn disconnection) {}

        @Override
        public void onStopped(Mqtt5Client c, OnStoppedReturn stop) {
            stopped.countDown();
        }
    }
}
