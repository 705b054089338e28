package dev.affray.agent.desired;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.affray.document.Json;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/** AWS IoT's data plane for the shadows of one thing, with a gateway behind it that a test plays. Looks at no signature. */
final class DataPlaneStandIn implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, ObjectNode> shadows = new ConcurrentHashMap<>();

    /** What was asked, such as {@code POST gateway}. */
    final List<String> requests = new CopyOnWriteArrayList<>();

    /** Every update's body. */
    final List<JsonNode> updates = new CopyOnWriteArrayList<>();

    volatile Runnable beforeUpdate = () -> {};

    /** Hears each shadow whose desired state changed, with it. */
    volatile BiConsumer<String, ObjectNode> gateway = (_, _) -> {};

    /** Hears each command that is published, with its topic. */
    volatile BiConsumer<String, JsonNode> commands = (_, _) -> {};

    /** What is kept, by topic. */
    final Map<String, String> kept = new ConcurrentHashMap<>();

    volatile int status = 200;

    DataPlaneStandIn() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    /** A data folder as the local edition has one, for {@code --local}. */
    Path folder(Path folder) throws IOException {
        Files.writeString(
                folder.resolve("administrator.json"),
                Json.write(Map.of(
                        "endpoint", "http://127.0.0.1:" + server.getAddress().getPort(),
                        "region", "eu-west-1",
                        "thing", "gateway-1",
                        "accessKeyId", "id",
                        "secretAccessKey", "hush")));
        return folder;
    }

    /** Sets a shadow's desired state, and lets its version grow. */
    synchronized void put(String shadow, String desired) {
        ObjectNode state = shadows.computeIfAbsent(shadow, _ -> (ObjectNode) Json.tree("{\"state\":{},\"version\":0}"));
        ((ObjectNode) state.path("state")).set("desired", Json.tree(desired));
        grow(state);
    }

    synchronized JsonNode desired(String shadow) {
        return Json.tree(Json.write(shadows.getOrDefault(shadow, Json.MAPPER.createObjectNode())))
                .path("state")
                .path("desired");
    }

    /** As the gateway reports. */
    synchronized void report(String shadow, String reported) {
        ObjectNode state = shadows.get(shadow);
        ((ObjectNode) state.path("state")).set("reported", Json.tree(reported));
        grow(state);
    }

    /** That what is desired is in force. */
    void accept(String shadow, JsonNode desired) {
        report(shadow, "{\"version\":1,\"hash\":\"" + Json.hash(desired) + "\"}");
    }

    private static void grow(ObjectNode state) {
        state.put("version", state.path("version").asLong() + 1);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String query = String.valueOf(exchange.getRequestURI().getQuery());
            String shadow = path.startsWith("/things/") ? query.replace("name=", "") : path;
            requests.add(exchange.getRequestMethod() + " " + shadow);
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (status != 200) {
                answer(exchange, status, "AnyException", "{\"message\":\"no\"}");
                return;
            }
            if (path.startsWith("/topics/")) {
                commands.accept(path.substring("/topics/".length()), Json.tree(body));
                answer(exchange, 200, "", "{}");
                return;
            }
            if (path.startsWith("/retainedMessage/")) {
                retained(exchange, path.substring("/retainedMessage/".length()));
                return;
            }
            switch (exchange.getRequestMethod()) {
                case "GET" -> get(exchange, shadow);
                case "POST" -> update(exchange, shadow, Json.tree(body));
                default -> {
                    boolean there = shadows.remove(shadow) != null;
                    answer(exchange, there ? 200 : 404, "ResourceNotFoundException", "{}");
                }
            }
        }
    }

    private void retained(HttpExchange exchange, String topic) throws IOException {
        String message = kept.get(topic);
        Map<String, Object> body = message == null
                ? Map.of("message", "none")
                : Map.of("topic", topic, "qos", 1, "payload", message.getBytes(StandardCharsets.UTF_8));
        answer(exchange, message == null ? 404 : 200, "ResourceNotFoundException", Json.write(body));
    }

    private void get(HttpExchange exchange, String shadow) throws IOException {
        ObjectNode held = shadows.get(shadow);
        answer(
                exchange,
                held == null ? 404 : 200,
                "ResourceNotFoundException",
                held == null ? "{\"message\":\"No shadow exists with name: '" + shadow + "'\"}" : Json.write(held));
    }

    private void update(HttpExchange exchange, String shadow, JsonNode request) throws IOException {
        beforeUpdate.run();
        updates.add(request);
        ObjectNode changed;
        synchronized (this) {
            ObjectNode held = shadows.getOrDefault(shadow, (ObjectNode) Json.tree("{\"state\":{},\"version\":0}"));
            if (request.has("version")
                    && request.path("version").asLong() != held.path("version").asLong()) {
                answer(exchange, 409, "ConflictException", "{\"message\":\"Version conflict\"}");
                return;
            }
            merge((ObjectNode) held.path("state"), (ObjectNode) request.path("state"));
            grow(held);
            shadows.put(shadow, held);
            changed = held.deepCopy();
        }
        answer(exchange, 200, "", Json.write(changed));
        gateway.accept(shadow, (ObjectNode) changed.path("state").path("desired"));
    }

    private static void merge(ObjectNode held, ObjectNode patch) {
        patch.properties().forEach(field -> {
            if (field.getValue().isNull()) {
                held.remove(field.getKey());
            } else if (field.getValue() instanceof ObjectNode inner) {
                merge(
                        held.get(field.getKey()) instanceof ObjectNode known ? known : held.putObject(field.getKey()),
                        inner);
            } else {
                held.set(field.getKey(), field.getValue());
            }
        });
    }

    private static void answer(HttpExchange exchange, int status, String error, String body) throws IOException {
        if (status != 200) {
            exchange.getResponseHeaders().set("x-amzn-ErrorType", error);
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
