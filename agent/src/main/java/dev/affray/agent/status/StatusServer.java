package dev.affray.agent.status;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.affray.agent.health.Trouble;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers GET and HEAD of {@code /}, {@code /metrics} and {@code /healthz}, on a few threads of its own; a request must have come in and its answer have gone out
 * within {@value #SECONDS} s each. Only requests to an address or to localhost are answered: a page of elsewhere whose name leads here (DNS rebinding) gets nothing.
 */
public final class StatusServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(StatusServer.class);
    private static final Pattern OWN_HOST =
            Pattern.compile("(?i)(localhost|\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+])(:\\d{1,5})?");
    private static final int THREADS = 4;
    private static final int WAITING = 16;
    private static final int CONNECTIONS = 64;
    private static final int SECONDS = 5;

    private final Optional<InetSocketAddress> address;
    private final Supplier<GatewayStatus> status;
    private final Supplier<Optional<String>> sickness;
    private final Trouble answering = new Trouble(log, "Answering for the status page");
    private @Nullable HttpServer server;
    private @Nullable ExecutorService threads;

    private record Answer(int code, String type, String body) {
        static Answer plain(int code, String text) {
            return new Answer(code, "text/plain; charset=utf-8", text + "\n");
        }
    }

    /**
     * One that does not listen yet.
     *
     * @param address empty for not at all; port 0 for any that is free
     * @param status asked for each page and each scrape, on any thread
     * @param sickness why this process is to be started anew; empty where it is well. Asked on any thread, and must not wait
     */
    public StatusServer(
            Optional<InetSocketAddress> address, Supplier<GatewayStatus> status, Supplier<Optional<String>> sickness) {
        this.address = address;
        this.status = status;
        this.sickness = sickness;
    }

    /** Begins to listen. Where that fails, as when another agent has the port, it says so once: cameras and alarms do not depend on it. */
    public synchronized void start() {
        if (address.isEmpty()) {
            return;
        }
        limit();
        InetSocketAddress wanted = address.get();
        try {
            HttpServer listening = HttpServer.create(wanted, 0);
            ExecutorService pool = new ThreadPoolExecutor(
                    THREADS,
                    THREADS,
                    1,
                    TimeUnit.MINUTES,
                    new ArrayBlockingQueue<>(WAITING),
                    Thread.ofPlatform().name("status-", 0).daemon().factory());
            listening.setExecutor(pool);
            listening.createContext("/", this::handle);
            listening.start();
            server = listening;
            threads = pool;
            log.info("Status page and metrics on http://{}/", text(listening.getAddress()));
        } catch (IOException e) {
            log.warn(
                    "There is no status page: cannot listen on {} ({}). Everything else works. Give status.listen in agent.yaml another port, 0 for any, or off",
                    text(wanted),
                    e.getMessage());
        }
    }

    /** The JDK's server takes its limits from system properties alone; one that is given on the command line stands. */
    private static void limit() {
        limit("sun.net.httpserver.maxReqTime", SECONDS);
        limit("sun.net.httpserver.maxRspTime", SECONDS);
        limit("jdk.httpserver.maxConnections", CONNECTIONS);
    }

    private static void limit(String property, int value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, Integer.toString(value));
        }
    }

    private static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    /** Where it listens; empty where it does not. */
    public synchronized OptionalInt port() {
        return server == null
                ? OptionalInt.empty()
                : OptionalInt.of(server.getAddress().getPort());
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            send(exchange, judged(exchange));
        }
    }

    private Answer judged(HttpExchange exchange) {
        try {
            Answer answer = answer(exchange);
            answering.worked();
            return answer;
        } catch (IOException | RuntimeException e) {
            answering.failed(e.toString());
            return Answer.plain(500, "The figures cannot be told; the agent's log says why.");
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        List<String> hosts = exchange.getRequestHeaders().getOrDefault("Host", List.of());
        if (hosts.size() != 1 || !OWN_HOST.matcher(hosts.getFirst()).matches()) {
            return Answer.plain(421, "Ask by the address of this machine, or by localhost.");
        }
        if (!List.of("GET", "HEAD").contains(exchange.getRequestMethod())) {
            exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            return Answer.plain(405, "Only GET and HEAD.");
        }
        return switch (exchange.getRequestURI().getPath()) {
            case "/" -> new Answer(200, "text/html; charset=utf-8", StatusPage.of(status.get()));
            case "/metrics" -> {
                String accepted = String.join(",", exchange.getRequestHeaders().getOrDefault("Accept", List.of()));
                Scrape scrape = Scrape.of(Metrics.of(status.get()), accepted);
                yield new Answer(200, scrape.type(), scrape.body());
            }
            case "/healthz" ->
                sickness.get().map(why -> Answer.plain(503, why)).orElseGet(() -> Answer.plain(200, "ok"));
            case null, default -> Answer.plain(404, "There is /, /metrics and /healthz.");
        };
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", answer.type());
        headers.set("Cache-Control", "no-store");
        headers.set("Content-Security-Policy", StatusPage.POLICY);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        if (exchange.getRequestMethod().equals("HEAD")) {
            headers.set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(answer.code(), -1);
        } else {
            exchange.sendResponseHeaders(answer.code(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** Stops at once. Idempotent. */
    @Override
    public synchronized void close() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
        if (threads != null) {
            threads.shutdownNow();
            threads = null;
        }
    }
}
