package dev.affray.cloud.inference.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.affray.document.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Stands in for a service of AWS that speaks JSON over HTTP: the real wire, answers of our own. Keeps what it was asked. */
public final class StandIn implements AutoCloseable {
    static {
        // Without it the JDK's server holds small answers back for 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final AtomicLong heldNanos = new AtomicLong();
    private final Function<Request, Answer> answers;
    private final HttpServer server;

    /** A request; {@code operation} is what follows the dot in {@code X-Amz-Target}. */
    public record Request(String service, String operation, Headers headers, JsonNode body) {}

    /** An answer, or none until the stand-in closes. */
    public record Answer(int status, String type, String body) {
        static final Answer SILENCE = new Answer(0, "", "");

        public static Answer ok(String body) {
            return new Answer(200, "", body);
        }

        public static Answer error(int status, String type) {
            return new Answer(status, type, "{\"__type\":\"" + type + "\",\"message\":\"by account 111122223333\"}");
        }

        public static Answer silence() {
            return SILENCE;
        }
    }

    public StandIn(Function<Request, Answer> answers) {
        this.answers = answers;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public List<Request> requests() {
        return requests;
    }

    public List<Request> requests(String operation) {
        return requests.stream().filter(r -> r.operation().equals(operation)).toList();
    }

    /** How long requests were in here, all together. */
    public long heldNanos() {
        return heldNanos.get();
    }

    private void serve(HttpExchange exchange) throws IOException {
        long began = System.nanoTime();
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
            int dot = target.indexOf('.');
            Request request = new Request(
                    target.substring(0, Math.max(0, dot)),
                    target.substring(dot + 1),
                    exchange.getRequestHeaders(),
                    Json.tree(body));
            requests.add(request);
            answer(exchange, answers.apply(request));
        } finally {
            heldNanos.addAndGet(System.nanoTime() - began);
        }
    }

    private void answer(HttpExchange exchange, Answer answer) throws IOException {
        if (answer == Answer.SILENCE) {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return;
        }
        byte[] bytes = answer.body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
        exchange.getResponseHeaders().set("x-amzn-RequestId", "00000000-0000-0000-0000-000000000000");
        if (!answer.type.isEmpty()) {
            exchange.getResponseHeaders().set("x-amzn-errortype", answer.type);
        }
        exchange.sendResponseHeaders(answer.status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
