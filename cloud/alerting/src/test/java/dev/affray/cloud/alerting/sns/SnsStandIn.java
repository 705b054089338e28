package dev.affray.cloud.alerting.sns;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.affray.cloud.state.Step;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Speaks SNS's query protocol on loopback: a form comes in, XML goes out. It takes every publish, unless it was told to answer otherwise. */
public final class SnsStandIn implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Map<String, String>> taken = new CopyOnWriteArrayList<>();
    private final List<Map<String, String>> asked = new CopyOnWriteArrayList<>();
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final Semaphore more = new Semaphore(0);
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile boolean forbids;

    /** How to answer one publish. */
    public sealed interface Answer {
        /** With one of SNS's errors. */
        record Error(int status, String code, String message) implements Answer {}

        /** Takes the message, and never says so. */
        record Silence() implements Answer {}

        /** Takes the message, and breaks the connection. */
        record Break() implements Answer {}
    }

    public SnsStandIn() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** A publisher to a topic here. */
    public SnsPublisher publisher() {
        return new SnsPublisher(
                SnsTest.client(endpoint(), Duration.ofSeconds(4)), "arn:aws:sns:eu-west-1:111111111111:alerts");
    }

    /** How often an incident's alert was taken; every time with the same id. */
    public long taken(String incident) {
        return taken(incident, Step.OPENED);
    }

    /** How often one of its steps was. */
    public long taken(String incident, Step step) {
        return taken.stream()
                .map(SnsStandIn::attributes)
                .filter(a -> ("String:" + incident).equals(a.get("incident")))
                .filter(a -> ("String:" + incident + "-" + step.name().toLowerCase(Locale.ROOT)).equals(a.get("alert")))
                .count();
    }

    /** The next publish that has no answer yet gets this one. */
    public void answerNext(Answer answer) {
        answers.add(answer);
    }

    /** Whether every publish is denied from now on. */
    public void forbid(boolean all) {
        forbids = all;
    }

    /** The parameters of each publish that was taken. */
    public List<Map<String, String>> taken() {
        return taken;
    }

    /** Waits until one more publish was taken. */
    public void awaitTaken() throws InterruptedException {
        if (!more.tryAcquire(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("nothing was published");
        }
    }

    /** The parameters of each request. */
    public List<Map<String, String>> asked() {
        return asked;
    }

    /** The attributes of a request. */
    public static Map<String, String> attributes(Map<String, String> request) {
        Map<String, String> attributes = new TreeMap<>();
        for (int i = 1; request.containsKey("MessageAttributes.entry." + i + ".Name"); i++) {
            String entry = "MessageAttributes.entry." + i + ".";
            attributes.put(
                    request.get(entry + "Name"),
                    request.get(entry + "Value.DataType") + ":" + request.get(entry + "Value.StringValue"));
        }
        return attributes;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> request =
                    form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            asked.add(request);
            Answer answer = forbids
                    ? new Answer.Error(403, "AuthorizationError", "User is not authorized to perform: SNS:Publish")
                    : answers.poll();
            switch (answer) {
                case null -> respond(exchange, 200, published(request));
                case Answer.Error error -> respond(exchange, error.status(), xml(error));
                case Answer.Silence _ -> {
                    take(request);
                    closing.await();
                }
                case Answer.Break _ -> take(request);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String published(Map<String, String> request) {
        take(request);
        return "<PublishResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><PublishResult><MessageId>message-"
                + taken.size() + "</MessageId></PublishResult><ResponseMetadata><RequestId>r-1</RequestId>"
                + "</ResponseMetadata></PublishResponse>";
    }

    private void take(Map<String, String> request) {
        taken.add(request);
        more.release();
    }

    private static String xml(Answer.Error error) {
        return "<ErrorResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><Error><Type>Sender</Type><Code>"
                + error.code() + "</Code><Message>" + error.message()
                + "</Message></Error><RequestId>r-2</RequestId></ErrorResponse>";
    }

    private static void respond(HttpExchange exchange, int status, String xml) throws IOException {
        byte[] body = xml.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/xml");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new TreeMap<>();
        for (String pair : body.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                form.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return form;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.close();
    }
}
