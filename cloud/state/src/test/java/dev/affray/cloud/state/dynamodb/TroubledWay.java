package dev.affray.cloud.state.dynamodb;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A real HTTP proxy before DynamoDB that counts requests, refuses some, and loses the answers to others. */
final class TroubledWay implements AutoCloseable {
    static {
        // Else each answer waits for a delayed acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final Set<String> FORWARDED =
            Set.of("content-type", "x-amz-target", "x-amz-date", "authorization", "x-amz-content-sha256");

    /** What happens to a request instead of its way to DynamoDB and back. */
    sealed interface Trouble {
        /** An answer that is not DynamoDB's own. */
        record Refusal(int status, String error) implements Trouble {}

        /** DynamoDB does what was asked, but the connection breaks before its answer arrives; {@code meanwhile} happens in between. */
        record LostAnswer(Runnable meanwhile) implements Trouble {}
    }

    private final Deque<Trouble> troubles = new ConcurrentLinkedDeque<>();
    private final List<String> operations = new CopyOnWriteArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final URI target;
    private final HttpServer server;

    TroubledWay(URI target) throws IOException {
        this.target = target;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The next requests meet these, one each; the ones after them none. */
    void next(Trouble trouble, int times) {
        for (int i = 0; i < times; i++) {
            troubles.add(trouble);
        }
    }

    /** The operations asked for so far, repetitions included, such as {@code Query consistent}. */
    List<String> operations() {
        return List.copyOf(operations);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
        client.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String operation = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        boolean consistent = new String(body, StandardCharsets.UTF_8).contains("\"ConsistentRead\":true");
        operations.add(operation.substring(operation.indexOf('.') + 1) + (consistent ? " consistent" : ""));
        switch (troubles.poll()) {
            case null -> {
                HttpResponse<byte[]> response = forward(exchange, body);
                answer(exchange, response.statusCode(), response.body());
            }
            case Trouble.Refusal(int status, String error) -> {
                String json = "{\"__type\":\"com.amazonaws.dynamodb.v20120810#" + error + "\",\"message\":\"no\"}";
                answer(exchange, status, json.getBytes(StandardCharsets.UTF_8));
            }
            case Trouble.LostAnswer(Runnable meanwhile) -> {
                forward(exchange, body);
                meanwhile.run();
                exchange.close();
            }
        }
    }

    private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body) throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(target.resolve("/")).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (FORWARDED.contains(name.toLowerCase(Locale.ROOT))) {
                request.header(name, values.getFirst());
            }
        });
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
        exchange.sendResponseHeaders(status, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
