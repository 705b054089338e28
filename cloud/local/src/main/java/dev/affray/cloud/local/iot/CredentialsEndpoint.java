package dev.affray.cloud.local.iot;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.affray.cloud.local.pki.Authority;
import dev.affray.document.Json;
import dev.affray.frame.CameraId;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * AWS IoT's credentials provider on 127.0.0.1: {@code GET /role-aliases/{alias}/credentials} over mutual TLS, answered in AWS's shape. The header
 * {@code x-amzn-iot-thingname} must be the certificate's common name.
 */
public final class CredentialsEndpoint implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CredentialsEndpoint.class);
    private static final Pattern PATH = Pattern.compile("/role-aliases/([\\w=,@-]{1,128})/credentials");

    static {
        // Without it the JDK's server waits 40 ms before the body of an answer; it reads the property once, when first
        // used.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
    }

    private final HttpsServer server;
    private final ExecutorService threads;
    private final Set<String> aliases;
    private final Mint mint;
    private volatile boolean failing;

    private CredentialsEndpoint(HttpsServer server, Set<String> aliases, Mint mint) {
        this.server = server;
        this.threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("iot-credentials-", 0).factory());
        this.aliases = aliases;
        this.mint = mint;
    }

    /**
     * Starts the endpoint.
     *
     * @param port the port, or 0 for a free one
     * @param aliases the role aliases that exist
     * @throws IOException when the port is taken or a certificate file is damaged
     */
    public static CredentialsEndpoint start(int port, Authority authority, Set<String> aliases, Mint mint)
            throws IOException {
        SSLContext tls = authority.server().sslContext();
        CredentialsEndpoint endpoint = new CredentialsEndpoint(bind(port), Set.copyOf(aliases), mint);
        endpoint.server.setHttpsConfigurator(new CertificateRequired(tls));
        endpoint.server.setExecutor(endpoint.threads);
        var _ = endpoint.server.createContext("/", endpoint::handle);
        endpoint.server.start();
        log.info("Credentials endpoint on 127.0.0.1:{}", endpoint.port());
        return endpoint;
    }

    /** The port it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Frees the port at once. May be called again. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer;
            try {
                answer = answer(exchange);
            } catch (RuntimeException e) {
                if (!failing) {
                    log.error("Could not make credentials; silent until it works again", e);
                }
                failing = true;
                answer = Answer.problem(500, "Internal service failure");
            }
            byte[] body = answer.body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Answer answer(HttpExchange exchange) {
        Matcher path = PATH.matcher(exchange.getRequestURI().getPath());
        if (!path.matches()) {
            return Answer.problem(404, "Not found");
        }
        if (!exchange.getRequestMethod().equals("GET")) {
            return Answer.problem(405, "Only GET is allowed");
        }
        // A claim's name is no gateway's.
        Optional<String> thing = commonName(exchange).filter(CameraId::isName);
        String named = exchange.getRequestHeaders().getFirst("x-amzn-iot-thingname");
        if (thing.isEmpty() || !thing.get().equals(named)) {
            return Answer.problem(403, "x-amzn-iot-thingname is not the common name of the client certificate");
        }
        if (!aliases.contains(path.group(1))) {
            return Answer.problem(404, "Role alias does not exist");
        }
        Answer keys = Answer.of(mint.mint(thing.get()));
        failing = false;
        return keys;
    }

    private static Optional<String> commonName(HttpExchange exchange) {
        try {
            var chain = ((HttpsExchange) exchange).getSSLSession().getPeerCertificates();
            return chain[0] instanceof X509Certificate certificate ? CommonName.of(certificate) : Optional.empty();
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }

    private static HttpsServer bind(int port) throws IOException {
        try {
            return HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 0);
        } catch (BindException e) {
            throw new IOException("port " + port + " on 127.0.0.1 is taken: choose another for credentials", e);
        }
    }

    private record Answer(int status, String body) {
        static Answer of(Credentials keys) {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.putObject("credentials")
                    .put("accessKeyId", keys.accessKeyId())
                    .put("secretAccessKey", keys.secretAccessKey())
                    .put("sessionToken", keys.sessionToken())
                    .put(
                            "expiration",
                            keys.expiration().truncatedTo(ChronoUnit.SECONDS).toString());
            return new Answer(200, Json.write(json));
        }

        static Answer problem(int status, String message) {
            return new Answer(
                    status, Json.write(JsonNodeFactory.instance.objectNode().put("message", message)));
        }

        @Override
        public String toString() {
            return "Answer[" + status + "]";
        }
    }

    private static final class CertificateRequired extends HttpsConfigurator {
        private CertificateRequired(SSLContext tls) {
            super(tls);
        }

        @Override
        public void configure(HttpsParameters parameters) {
            SSLParameters settings = getSSLContext().getDefaultSSLParameters();
            settings.setNeedClientAuth(true);
            parameters.setSSLParameters(settings);
        }
    }
}
