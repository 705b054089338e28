package dev.affray.cloud.local.iot;

import com.hivemq.embedded.EmbeddedExtension;
import com.hivemq.embedded.EmbeddedHiveMQ;
import com.hivemq.extension.sdk.api.services.publish.RetainedPublish;
import dev.affray.cloud.local.pki.Authority;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The MQTT broker on 127.0.0.1: TLS with client certificates, MQTT 3.1.1 and 5, sessions in memory. A gateway connects with its thing name as client id
 * and reaches only {@code affray/{thing}/}, its own shadows and the topics by which it gets a new certificate. One at a time per process: HiveMQ keeps global state.
 */
public final class Broker implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Broker.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int REQUESTS_WAITING = 256;
    private static final int MESSAGES_WAITING = 1024;

    private final EmbeddedHiveMQ hivemq;
    private final Lane requests;
    private final Lane messages;
    private final int port;
    private final GatewayExtension extension;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Broker(EmbeddedHiveMQ hivemq, GatewayExtension extension, Lane requests, Lane messages, int port) {
        this.hivemq = hivemq;
        this.extension = extension;
        this.requests = requests;
        this.messages = messages;
        this.port = port;
    }

    /**
     * Starts the broker; it accepts connections when this returns.
     *
     * @param folder the broker's own; its configuration there is rewritten at every start
     * @param port the port, or 0 for a free one
     * @throws IOException when the port is taken, a file cannot be written or HiveMQ does not start
     */
    public static Broker start(Path folder, int port, Authority authority, Rules rules, ShadowService shadows)
            throws IOException {
        return start(folder, port, authority, rules, shadows, Enrolling.NOBODY_NEW);
    }

    /** As the other, on these terms for new certificates. */
    public static Broker start(
            Path folder, int port, Authority authority, Rules rules, ShadowService shadows, Enrolling enrolling)
            throws IOException {
        quieten();
        int free = freePort(port);
        BrokerFiles files = BrokerFiles.write(folder, free, authority.server());
        Lane requests = new Lane("shadow requests", REQUESTS_WAITING);
        Lane messages = new Lane("rule messages", MESSAGES_WAITING);
        GatewayExtension extension = new GatewayExtension(
                shadows,
                requests,
                new RuleDesk(messages, rules),
                new ProvisioningService(authority, enrolling, Clock.systemUTC()));
        Broker broker = new Broker(embedded(files, extension), extension, requests, messages, free);
        try {
            broker.startHiveMq();
        } catch (IOException | RuntimeException e) {
            broker.close();
            throw e;
        }
        log.info("MQTT broker on 127.0.0.1:{}", free);
        return broker;
    }

    /** The port it listens on. */
    public int port() {
        return port;
    }

    /** Publishes a message at QoS 1, which nobody need hear. */
    void publish(String topic, byte[] payload) {
        extension.publish(topic, payload);
    }

    /**
     * The message that is kept on a topic; these are lost when the broker stops.
     *
     * @throws IOException when the broker does not say in time
     */
    Optional<RetainedPublish> kept(String topic) throws IOException {
        try {
            return extension.kept(topic).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the broker does not tell its message on " + topic, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Messages and shadow changes that never reached the rules because their queue was full or the broker closed. */
    public long droppedMessages() {
        return messages.dropped();
    }

    /** Messages and shadow changes on which a rule ended in an exception. */
    public long failedMessages() {
        return messages.failed();
    }

    /** Shadow requests refused because too many were waiting. */
    public long refusedRequests() {
        return requests.dropped();
    }

    /**
     * Disconnects every gateway, lets the rules finish what is queued for a few seconds, and frees the port. Takes about four seconds, which HiveMQ gives
     * its connections, and leaves two idle threads of HiveMQ's that keep a process alive until {@code System.exit}. May be called again.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            hivemq.close();
        } catch (ExecutionException e) {
            log.warn("The MQTT broker did not stop cleanly", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        requests.close();
        messages.close();
    }

    private void startHiveMq() throws IOException {
        Thread.UncaughtExceptionHandler ours = Thread.getDefaultUncaughtExceptionHandler();
        try {
            hivemq.start().get();
        } catch (ExecutionException e) {
            throw new IOException("the MQTT broker did not start on 127.0.0.1:" + port, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the MQTT broker started", e);
        } finally {
            // HiveMQ installs one that ends the process.
            Thread.setDefaultUncaughtExceptionHandler(ours);
        }
        if (!extension.isGuarding()) {
            throw new IOException("the MQTT broker started without its access checks, so it was stopped again");
        }
    }

    private static EmbeddedHiveMQ embedded(BrokerFiles files, GatewayExtension extension) {
        return EmbeddedHiveMQ.builder()
                .withConfigurationFolder(files.conf())
                .withDataFolder(files.data())
                .withExtensionsFolder(files.extensions())
                .withEmbeddedExtension(EmbeddedExtension.builder()
                        .withId("affray-gateways")
                        .withName("Affray gateways")
                        .withVersion("1")
                        .withAuthor("Affray")
                        .withPriority(0)
                        .withStartPriority(1000)
                        .withExtensionMain(extension)
                        .build())
                .withoutLoggingBootstrap()
                .build();
    }

    /** HiveMQ reports a taken port only to its log; asking first gives an error that names it. */
    private static int freePort(int port) throws IOException {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
            return probe.getLocalPort();
        } catch (BindException e) {
            throw new IOException("port " + port + " on 127.0.0.1 is taken: choose another for the MQTT broker", e);
        }
    }

    /** HiveMQ tells each start and stop in some twenty lines; a level set by the user stands. */
    private static void quieten() {
        for (String logger : new String[] {"com.hivemq", "migrations", "io.netty", "jetbrains.exodus", "oshi"}) {
            String property = "org.slf4j.simpleLogger.log." + logger;
            if (System.getProperty(property) == null) {
                System.setProperty(property, "warn");
            }
        }
    }
}
