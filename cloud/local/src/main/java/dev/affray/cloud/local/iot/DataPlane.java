package dev.affray.cloud.local.iot;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.hivemq.extension.sdk.api.services.publish.RetainedPublish;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.affray.cloud.local.iot.ShadowTopic.Verb;
import dev.affray.cloud.local.pki.OwnerOnly;
import dev.affray.document.Json;
import dev.affray.frame.CameraId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * AWS IoT's data plane on 127.0.0.1, of which it offers the named shadows ({@code GET}, {@code POST} and {@code DELETE /things/{thing}/shadow?name=...}), sending
 * commands ({@code POST /topics/affray/{thing}/commands}) and reading what is kept on a topic ({@code GET /retainedMessage/{topic}}).
 * Every request must be signed (Signature Version 4, service {@code iotdata}) with the administrator's key, which is new at every start.
 */
public final class DataPlane implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DataPlane.class);
    private static final Pattern PATH = Pattern.compile("/things/([^/]+)/shadow");
    private static final Pattern COMMANDS = Pattern.compile("/topics/(affray/[A-Za-z0-9_-]{1,64}/commands)");
    private static final Pattern KEPT = Pattern.compile("/retainedMessage/(affray/[^+#]{1,256})");
    private static final Pattern QUERY = Pattern.compile("(?:.*&)?name=([^&]*)(?:&.*)?");
    private static final String SERVICE = "iotdata";
    private static final int LARGEST_BODY = 64 * 1024;

    static {
        // As for the credentials endpoint; whichever comes first decides for both.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
    }

    private final HttpServer server;
    private final ExecutorService threads;
    private final ShadowService shadows;
    private final BrokerSource broker;
    private final String region;
    private final Clock clock;
    private final String accessKeyId = "LOCALADMIN" + random(5);
    private final String secretAccessKey = random(20);

    /** The broker, once it has started. */
    public interface BrokerSource {
        /** @throws IOException when it did not start */
        Broker get() throws IOException;
    }

    private DataPlane(HttpServer server, String region, ShadowService shadows, BrokerSource broker, Clock clock) {
        this.server = server;
        this.region = region;
        this.shadows = shadows;
        this.broker = broker;
        this.clock = clock;
        this.threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("iot-data-", 0).factory());
    }

    /**
     * Starts it.
     *
     * @param port the port, or 0 for a free one
     * @param region which administrators are told to sign for
     * @throws IOException when the port is taken
     */
    public static DataPlane start(int port, String region, ShadowService shadows, BrokerSource broker)
            throws IOException {
        return start(port, region, shadows, broker, Clock.systemUTC());
    }

    static DataPlane start(int port, String region, ShadowService shadows, BrokerSource broker, Clock clock)
            throws IOException {
        DataPlane plane = new DataPlane(bind(port), region, shadows, broker, clock);
        plane.server.setExecutor(plane.threads);
        var _ = plane.server.createContext("/", plane::handle);
        plane.server.start();
        log.info("IoT data plane on 127.0.0.1:{}", plane.port());
        return plane;
    }

    /** The port it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Writes where it is and how to sign, as JSON that its owner alone can read. */
    public void tellAdministrators(Path file, String thing) throws IOException {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("endpoint", "http://127.0.0.1:" + port());
        json.put("region", region);
        json.put("thing", thing);
        json.put("accessKeyId", accessKeyId);
        json.put("secretAccessKey", secretAccessKey);
        OwnerOnly.write(file, (json.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Frees the port at once. May be called again. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
            Answer answer;
            try {
                answer = body.length > LARGEST_BODY
                        ? Answer.problem(413, "The payload exceeds the maximum size allowed")
                        : answer(exchange, body);
            } catch (UncheckedIOException | IOException e) {
                log.error("A request could not be answered: {}", e.toString());
                answer = Answer.problem(500, "Internal service failure");
            }
            if (answer.error() != null) {
                exchange.getResponseHeaders().set("x-amzn-ErrorType", answer.error());
            }
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private Answer answer(HttpExchange exchange, byte[] body) throws IOException {
        SignedRequest request = new SignedRequest(
                exchange.getRequestMethod(), exchange.getRequestURI(), exchange.getRequestHeaders()::getFirst, body);
        Optional<String> complaint = request.complaint(accessKeyId, secretAccessKey, SERVICE, clock);
        if (complaint.isPresent()) {
            return Answer.problem(403, complaint.get());
        }
        Matcher commands = COMMANDS.matcher(exchange.getRequestURI().getPath());
        if (commands.matches() && exchange.getRequestMethod().equals("POST")) {
            broker.get().publish(commands.group(1), body);
            return new Answer(200, null, "{}");
        }
        Matcher kept = KEPT.matcher(exchange.getRequestURI().getPath());
        if (kept.matches() && exchange.getRequestMethod().equals("GET")) {
            return broker.get()
                    .kept(kept.group(1))
                    .map(message -> kept(kept.group(1), message))
                    .orElseGet(() -> Answer.problem(404, "No message is kept on this topic"));
        }
        Matcher path = PATH.matcher(exchange.getRequestURI().getPath());
        if (!path.matches()) {
            return Answer.problem(404, "Only named shadows, commands and what is kept on affray/... are offered here");
        }
        Optional<Verb> verb = verb(exchange.getRequestMethod());
        if (verb.isEmpty()) {
            return Answer.problem(405, "Only GET, POST and DELETE are allowed");
        }
        String query = exchange.getRequestURI().getQuery();
        Matcher name = QUERY.matcher(query == null ? "" : query);
        if (!CameraId.isName(path.group(1)) || !name.matches() || !ShadowTopic.isShadowName(name.group(1))) {
            return Answer.problem(400, "A thing's name and name=SHADOW are needed, each " + ShadowTopic.NAME_RULE);
        }
        return answer(new ShadowTopic(path.group(1), name.group(1), verb.get()), body);
    }

    private static Answer kept(String topic, RetainedPublish message) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("topic", topic);
        json.put("payload", InboundMessages.payload(message.getPayload()));
        json.put("qos", message.getQos().getQosNumber());
        return new Answer(200, null, Json.write(json));
    }

    private static Optional<Verb> verb(String method) {
        return switch (method) {
            case "GET" -> Optional.of(Verb.GET);
            case "POST" -> Optional.of(Verb.UPDATE);
            case "DELETE" -> Optional.of(Verb.DELETE);
            default -> Optional.empty();
        };
    }

    private Answer answer(ShadowTopic topic, byte[] body) {
        byte[] payload = topic.verb() == Verb.UPDATE ? body : new byte[0];
        return switch (shadows.answerHere(topic, payload)) {
            case ShadowAnswer.Found found ->
                new Answer(
                        200,
                        null,
                        Json.write(found.accepted()
                                .put("timestamp", clock.instant().getEpochSecond())));
            case ShadowAnswer.Updated updated -> new Answer(200, null, Json.write(updated.accepted()));
            case ShadowAnswer.Deleted deleted -> new Answer(200, null, Json.write(deleted.accepted()));
            case ShadowAnswer.Rejected rejected -> Answer.problem(rejected.code(), rejected.message());
        };
    }

    private static HttpServer bind(int port) throws IOException {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 0);
        } catch (BindException e) {
            throw new IOException("port " + port + " on 127.0.0.1 is taken: choose another for the data plane", e);
        }
    }

    private static String random(int bytes) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().withUpperCase().formatHex(random);
    }

    /** @param error AWS's name for it; null where there is none */
    private record Answer(int status, @Nullable String error, String body) {
        static Answer problem(int status, String message) {
            String error = switch (status) {
                case 400 -> "InvalidRequestException";
                case 403 -> "ForbiddenException";
                case 404 -> "ResourceNotFoundException";
                case 405 -> "MethodNotAllowedException";
                case 409 -> "ConflictException";
                case 413 -> "RequestEntityTooLargeException";
                default -> "InternalFailureException";
            };
            return new Answer(
                    status,
                    error,
                    Json.write(JsonNodeFactory.instance.objectNode().put("message", message)));
        }
    }
}
