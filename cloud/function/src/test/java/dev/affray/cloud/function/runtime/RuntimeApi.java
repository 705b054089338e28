package dev.affray.cloud.function.runtime;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Lambda's runtime API, version 2018-06-01, on loopback for one function:
 *
 * <pre>
 * GET  invocation/next              waits for an event
 * POST invocation/ID/response|error ends its invocation
 * POST init/error, restore/error    ends the start
 * GET  restore/next                 the hooks before the snapshot have run; answered at once
 * </pre>
 *
 * Thread-safe.
 */
public final class RuntimeApi implements AutoCloseable {
    private static final String BASE = "/2018-06-01/runtime/";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<Invocation> events = new LinkedBlockingQueue<>();
    private final Map<String, Invocation> running = new ConcurrentHashMap<>();
    private final CompletableFuture<Start> start = new CompletableFuture<>();
    private final CompletableFuture<Void> snapshot = new CompletableFuture<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final Duration limit;
    private volatile long begun = System.nanoTime();

    /** @param limit what each invocation may take: its deadline, in the context that the handler gets */
    public RuntimeApi(Duration limit) throws IOException {
        this.limit = limit;
        failAtTheEnd(start);
        failAtTheEnd(snapshot);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext(BASE, this::handle);
        server.start();
    }

    /** The value of {@code AWS_LAMBDA_RUNTIME_API}. */
    public String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** The start is measured from now. */
    void spawned() {
        begun = System.nanoTime();
    }

    /** Ends when the function asks for its first event or says that it cannot start. */
    public CompletableFuture<Start> start() {
        return start;
    }

    /** Ends when the hooks before the snapshot have run, which happens with SnapStart only. */
    public CompletableFuture<Void> snapshot() {
        return snapshot;
    }

    /** Hands an event over as soon as the function asks for one. */
    public CompletableFuture<Answer> invoke(String requestId, String event) {
        Invocation invocation = new Invocation(requestId, event);
        failAtTheEnd(invocation.answer);
        running.put(requestId, invocation);
        events.add(invocation);
        return invocation.answer;
    }

    /** The process has ended: nothing more will come, whoever waits or will wait. */
    void ended(RuntimeException why) {
        end.completeExceptionally(why);
    }

    private void failAtTheEnd(CompletableFuture<?> future) {
        var _ = end.whenComplete((_, why) -> future.completeExceptionally(why));
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String text = new String(body, StandardCharsets.UTF_8);
            String call = exchange.getRequestURI().getPath().substring(BASE.length());
            switch (call) {
                case "invocation/next" -> next(exchange);
                case "restore/next" -> {
                    snapshot.complete(null);
                    exchange.sendResponseHeaders(200, -1);
                }
                case "init/error", "restore/error" -> {
                    start.complete(new Start.Failed(text));
                    exchange.sendResponseHeaders(202, -1);
                }
                default -> exchange.sendResponseHeaders(end(call.split("/", -1), text) ? 202 : 404, -1);
            }
        }
    }

    private void next(HttpExchange exchange) throws IOException {
        start.complete(new Start.Ready(Duration.ofNanos(System.nanoTime() - begun)));
        Invocation invocation;
        try {
            invocation = events.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", "application/json");
        headers.set("Lambda-Runtime-Aws-Request-Id", invocation.requestId);
        headers.set("Lambda-Runtime-Deadline-Ms", "" + Instant.now().plus(limit).toEpochMilli());
        headers.set(
                "Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:eu-central-1:000000000000:function:affray-test");
        byte[] event = invocation.event.getBytes(StandardCharsets.UTF_8);
        invocation.begun = System.nanoTime();
        exchange.sendResponseHeaders(200, event.length);
        exchange.getResponseBody().write(event);
    }

    private boolean end(String[] call, String body) {
        Invocation invocation = call.length == 3 && call[0].equals("invocation") ? running.remove(call[1]) : null;
        if (invocation == null) {
            return false;
        }
        Duration took = Duration.ofNanos(System.nanoTime() - invocation.begun);
        return invocation.answer.complete(
                call[2].equals("response")
                        ? new Answer.Response(call[1], body, took)
                        : new Answer.Failure(call[1], body, took));
    }

    @Override
    public void close() {
        threads.shutdownNow();
        server.stop(0);
    }

    private static final class Invocation {
        final String requestId;
        final String event;
        final CompletableFuture<Answer> answer = new CompletableFuture<>();
        volatile long begun;

        Invocation(String requestId, String event) {
            this.requestId = requestId;
            this.event = event;
        }
    }
}
