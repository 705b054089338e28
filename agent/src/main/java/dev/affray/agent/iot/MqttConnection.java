package dev.affray.agent.iot;

import dev.affray.agent.health.Trouble;
import dev.affray.agent.identity.FreshKey;
import dev.affray.document.Json;
import dev.affray.health.HealthReport;
import dev.affray.health.Presence;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
import software.amazon.awssdk.crt.mqtt5.packets.SubscribePacket;

/**
 * The one MQTT 5 connection, with the thing name as client id. It reconnects for ever, with growing pauses, always with a clean session: what needs
 * subscriptions makes them anew each time it hears {@link Listener#connected}. Presence is published online then, offline on {@link #close}, and
 * by the broker as the last will when the gateway vanishes. Thread-safe.
 */
public final class MqttConnection implements AutoCloseable {
    /** Hears of the connection, on the connection's own thread: to hand over, not to work. */
    public interface Listener {
        /** Connected, with no subscriptions. */
        void connected();

        /** Not connected any more. */
        void disconnected();

        /** A message of a subscribed topic. */
        void message(String topic, byte[] payload);
    }

    private static final Logger log = LoggerFactory.getLogger(MqttConnection.class);
    private static final long MIN_PAUSE_MILLIS = 1_000;
    private static final long MAX_PAUSE_MILLIS = 60_000;
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final String thing;
    private final Clock clock;
    private final Trouble connecting;
    private volatile Session session;
    private volatile List<Listener> listeners = List.of();
    private volatile boolean connected;
    private volatile long connectedNanos;
    private boolean started;
    /** Read by the connection's thread without the lock, which {@link #close} holds while it waits for that thread. */
    private volatile boolean closed;

    /** @throws IOException when the certificate, key or authority cannot be used; nothing is connected yet */
    public MqttConnection(IotEndpoint endpoint, String thing, Clock clock) throws IOException {
        this.thing = thing;
        this.clock = clock;
        this.connecting = new Trouble(log, "The connection to " + endpoint.host() + ":" + endpoint.port());
        this.session = new Session(endpoint);
        // Without this the SDK falls silent as soon as the process is told to stop, and no goodbye is acknowledged.
        CRT.acquireShutdownRef();
    }

    private static byte[] bytes(byte @Nullable [] payload) {
        return payload == null ? new byte[0] : payload;
    }

    /** Begins to connect, and returns at once. */
    public synchronized void start(Listener... hearing) {
        listeners = List.of(hearing);
        started = true;
        session.client.start();
    }

    /** Whether there is a connection now. */
    public boolean isConnected() {
        return connected;
    }

    /** For how long there has been a connection; empty where there is none. */
    public Optional<Duration> connectedFor() {
        return connected ? Optional.of(Duration.ofNanos(System.nanoTime() - connectedNanos)) : Optional.empty();
    }

    /** Subscribes at QoS 1. Fails when there is no connection, or the broker refuses a filter. */
    public CompletableFuture<Void> subscribe(List<String> filters) {
        SubscribePacket.SubscribePacketBuilder packet = new SubscribePacket.SubscribePacketBuilder();
        filters.forEach(filter -> packet.withSubscription(filter, QOS.AT_LEAST_ONCE));
        return session.client
                .subscribe(packet.build())
                .thenAccept(answer -> answer.getReasonCodes().stream()
                        .filter(code -> code.getValue() >= 0x80)
                        .findFirst()
                        .ifPresent(code -> {
                            throw new IllegalStateException("the broker refuses the subscription: " + code);
                        }));
    }

    /** Publishes at QoS 1; fails when there is no connection. Nothing is queued for later. */
    public CompletableFuture<Void> publish(String topic, Object document) {
        if (!connected) {
            return CompletableFuture.failedFuture(new IOException("not connected"));
        }
        return session.client.publish(packet(topic, document)).thenAccept(_ -> {});
    }

    /** Publishes at QoS 1, and lets the broker keep it for those who ask later. Fails when there is no connection, or the broker refuses it. */
    public CompletableFuture<Void> publishRetained(String topic, Object document) {
        if (!connected) {
            return CompletableFuture.failedFuture(new IOException("not connected"));
        }
        PublishPacket packet = packet(topic, document, true);
        return session.client.publish(packet).thenAccept(result -> {
            PubAckPacket acknowledgement = result.getResultPubAck();
            if (acknowledgement != null && acknowledgement.getReasonCode().getValue() >= 0x80) {
                throw new IllegalStateException("the broker refuses it: " + acknowledgement.getReasonCode());
            }
        });
    }

    /** Publishes a health report; the last one waits for its acknowledgement. Returns whether there was a connection to publish it on. */
    public boolean publish(HealthReport report) {
        CompletableFuture<Void> sent = publish(HealthReport.topic(thing), report);
        if (report.last()) {
            await(sent);
        }
        return !sent.isCompletedExceptionally();
    }

    private static PublishPacket packet(String topic, Object document) {
        return packet(topic, document, false);
    }

    private static PublishPacket packet(String topic, Object document, boolean retain) {
        byte[] payload = Json.write(document).getBytes(StandardCharsets.UTF_8);
        return new PublishPacket.PublishPacketBuilder(topic, QOS.AT_LEAST_ONCE, payload)
                .withContentType("application/json")
                .withRetain(retain)
                .build();
    }

    private CompletableFuture<Void> presence(boolean online) {
        return publish(
                Presence.topic(thing), new Presence(online, clock.instant().truncatedTo(ChronoUnit.MILLIS)));
    }

    /**
     * Has a new certificate issued and registered over this connection.
     *
     * @param patience for each of the two answers
     * @throws ProvisioningException when that is refused, or not answered
     * @throws IOException when the certificate is not this key's, or cannot be kept
     */
    Provisioned renew(FreshKey key, String template, Map<String, String> parameters, Duration patience)
            throws ProvisioningException, IOException {
        try (Provisioning provisioning = new Provisioning(session.client, patience)) {
            return provisioning.run(key, thing, template, parameters);
        }
    }

    /**
     * Connects anew by another identity; where that fails, by the old one again. In between there is no connection.
     *
     * @return whether it is connected by the new one
     * @throws IOException when its certificate and key cannot be used; then nothing has changed
     */
    synchronized boolean change(IotEndpoint endpoint, Duration patience) throws IOException {
        if (closed || !started) {
            return false;
        }
        Session old = session;
        Session fresh = new Session(endpoint);
        old.stop();
        session = fresh;
        fresh.client.start();
        if (fresh.connects(patience)) {
            old.client.close();
            return true;
        }
        session = old;
        fresh.stop();
        fresh.client.close();
        connected = false;
        old.client.start();
        return false;
    }

    /** Says goodbye and disconnects, within a few seconds. Safe to call again. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (started) {
            await(presence(false));
            session.stop();
        }
        session.client.close();
        CRT.releaseShutdownRef();
    }

    private static void await(CompletableFuture<Void> sent) {
        try {
            sent.get(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            log.debug("A farewell was not acknowledged", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The connection by one identity; it can be stopped and started again. */
    private final class Session implements Mqtt5ClientOptions.LifecycleEvents {
        private final Mqtt5Client client;
        private final CountDownLatch reached = new CountDownLatch(1);
        private volatile CountDownLatch stopped = new CountDownLatch(1);

        Session(IotEndpoint endpoint) throws IOException {
            client = MqttBuilder.build(
                    endpoint,
                    builder -> builder.withConnectProperties(new ConnectPacket.ConnectPacketBuilder()
                                    .withClientId(thing)
                                    .withKeepAliveIntervalSeconds(MqttBuilder.KEEP_ALIVE_SECONDS)
                                    .withWill(packet(Presence.topic(thing), new Presence(false, null)))
                                    .withWillDelayIntervalSeconds(0L))
                            .withMinReconnectDelayMs(MIN_PAUSE_MILLIS)
                            .withMaxReconnectDelayMs(MAX_PAUSE_MILLIS)
                            .withLifeCycleEvents(this)
                            .withPublishEvents((_, message) -> heard(message.getPublishPacket())));
        }

        private void heard(PublishPacket message) {
            byte[] payload = bytes(message.getPayload());
            listeners.forEach(listener -> listener.message(message.getTopic(), payload));
        }

        /** Disconnects properly, so that no last will is sent; waits two seconds at most. */
        void stop() {
            stopped = new CountDownLatch(1);
            client.stop(new DisconnectPacket.DisconnectPacketBuilder()
                    .withReasonCode(DisconnectPacket.DisconnectReasonCode.NORMAL_DISCONNECTION)
                    .build());
            try {
                if (!stopped.await(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
                    log.debug("The connection did not stop in time");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        boolean connects(Duration patience) {
            try {
                return reached.await(patience.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        private boolean isCurrent() {
            return session == this;
        }

        @Override
        public void onAttemptingConnect(Mqtt5Client c, OnAttemptingConnectReturn attempt) {}

        @Override
        public void onConnectionSuccess(Mqtt5Client c, OnConnectionSuccessReturn success) {
            if (!isCurrent()) {
                return;
            }
            connectedNanos = System.nanoTime();
            connected = true;
            connecting.worked();
            log.info("Connected as {}", thing);
            var _ = presence(true);
            listeners.forEach(Listener::connected);
            reached.countDown();
        }

        @Override
        public void onConnectionFailure(Mqtt5Client c, OnConnectionFailureReturn failure) {
            String refusal = failure.getConnAckPacket() == null
                    ? ""
                    : " (" + failure.getConnAckPacket().getReasonCode() + ")";
            connecting.failed(CRT.awsErrorString(failure.getErrorCode()) + refusal);
        }

        @Override
        public void onDisconnection(Mqtt5Client c, OnDisconnectionReturn disconnection) {
            if (!isCurrent()) {
                return;
            }
            connected = false;
            if (disconnection.getErrorCode() != 0 && !closed) {
                String notice = disconnection.getDisconnectPacket() == null
                        ? ""
                        : " (" + disconnection.getDisconnectPacket().getReasonCode() + ")";
                connecting.failed(CRT.awsErrorString(disconnection.getErrorCode()) + notice);
            }
            listeners.forEach(Listener::disconnected);
        }

        @Override
        public void onStopped(Mqtt5Client c, OnStoppedReturn stop) {
            stopped.countDown();
        }
    }
}
