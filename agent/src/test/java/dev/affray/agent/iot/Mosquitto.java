package dev.affray.agent.iot;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.affray.agent.identity.IdentityFolder;
import dev.affray.agent.identity.TestAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/**
 * Debian's MQTT broker in a process of its own, with client certificates alone, and for each gateway the rights that its policy in AWS IoT has. It
 * keeps nothing over a restart: neither sessions nor retained messages.
 */
public final class Mosquitto implements AutoCloseable {
    private static final List<String> PLACES =
            List.of("/usr/sbin/mosquitto", "/usr/local/sbin/mosquitto", "/opt/homebrew/sbin/mosquitto");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** As cdk's policy for gateways has them, for the thing that the certificate names. */
    private static final String RIGHTS = """
            user responder
            topic readwrite $aws/#
            topic readwrite affray/#

            pattern write affray/%u/health
            pattern write affray/%u/presence
            pattern write affray/%u/answers/+
            pattern read affray/%u/commands
            pattern write $aws/things/%u/shadow/name/+/get
            pattern write $aws/things/%u/shadow/name/+/update
            pattern read $aws/things/%u/shadow/name/+/get/+
            pattern read $aws/things/%u/shadow/name/+/update/+
            pattern read $aws/things/%u/shadow/name/+/delete/+
            """;

    private final TestAuthority authority = new TestAuthority();
    private final Path folder;
    private final String program;
    private final int port;
    private Process process;

    /** Skips the test where there is no Mosquitto. */
    public Mosquitto(Path folder) throws Exception {
        this.folder = folder;
        program = PLACES.stream()
                .filter(place -> Files.isExecutable(Path.of(place)))
                .findFirst()
                .orElse("");
        assumeTrue(!program.isEmpty(), "Mosquitto is not installed (Debian: apt-get install mosquitto)");
        port = freePort();
        IdentityFolder own = identity("localhost");
        Files.writeString(folder.resolve("rights"), RIGHTS);
        Files.writeString(folder.resolve("mosquitto.conf"), """
                user root
                listener %d 127.0.0.1
                cafile %s
                certfile %s
                keyfile %s
                require_certificate true
                use_identity_as_username true
                allow_anonymous false
                acl_file %s
                persistence false
                set_tcp_nodelay true
                """.formatted(
                        port,
                        authority.write(authorityFile()),
                        own.certificateFile(),
                        own.keyFile(),
                        folder.resolve("rights")));
        start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void start() throws IOException {
        process = new ProcessBuilder(
                        program, "-c", folder.resolve("mosquitto.conf").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("mosquitto.log").toFile()))
                .start();
        Awaitility.await().atMost(PATIENCE).until(this::accepts);
    }

    private boolean accepts() {
        if (!process.isAlive()) {
            throw new IllegalStateException("mosquitto ended, see " + folder.resolve("mosquitto.log"));
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    public int port() {
        return port;
    }

    /** What clients are to trust. */
    public Path authorityFile() {
        return folder.resolve("authority.pem");
    }

    /** A certificate and key of the broker's authority, made when first asked for. */
    public IdentityFolder identity(String name) throws IOException {
        IdentityFolder there = new IdentityFolder(folder.resolve(name));
        return Files.exists(there.certificateFile())
                ? there
                : authority.identity(there.path(), name, Duration.ofDays(2));
    }

    /** Ends it as a crash would, and starts it again on the same port: every session and subscription is gone. */
    public void restart() throws Exception {
        process.destroyForcibly().waitFor();
        start();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
