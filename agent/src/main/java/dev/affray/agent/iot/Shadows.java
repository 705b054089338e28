package dev.affray.agent.iot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.agent.health.Trouble;
import dev.affray.camera.Reported;
import dev.affray.document.Json;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway's named shadows as requests with answers, over the shadow topics. Five subscriptions serve all shadows, well within AWS IoT's fifty a
 * connection, and documents are parsed from the bytes on the wire, so a 3 stays a 3. No more than {@link #MOST_IN_FLIGHT} requests wait for their answers
 * at a time: AWS IoT refuses the eleventh. Thread-safe; futures complete on the connection's thread.
 */
final class Shadows {
    private static final List<String> ANSWERS =
            List.of("get/+", "update/accepted", "update/rejected", "update/delta", "delete/accepted");
    private static final Logger log = LoggerFactory.getLogger(Shadows.class);
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int TOO_LARGE = 413;
    private static final List<Integer> EXPECTED = List.of(NOT_FOUND, CONFLICT, TOO_LARGE);
    static final int MOST_IN_FLIGHT = 8;
    private static final long PATIENCE_SECONDS = 10;

    private final String prefix;
    private final Pattern topics;
    private final MqttConnection connection;
    private final Consumer<String> changed;
    private final Consumer<String> deleted;
    private final Map<String, CompletableFuture<JsonNode>> pending = new ConcurrentHashMap<>();
    private final Trouble understanding = new Trouble(log, "Understanding what comes on the shadow topics");
    private final Object gate = new Object();
    /** Guarded by {@link #gate}, as {@link #inFlight} is. */
    private final Queue<Request> waiting = new ArrayDeque<>();

    private int inFlight;

    private record Request(String topic, Map<String, ?> body, CompletableFuture<JsonNode> answer) {}

    /**
     * @param changed hears the name of a shadow whose desired state changed, on the connection's thread
     * @param deleted hears the name of a shadow that somebody deleted, on the connection's thread
     */
    Shadows(String thing, MqttConnection connection, Consumer<String> changed, Consumer<String> deleted) {
        this.prefix = "$aws/things/" + thing + "/shadow/name/";
        this.topics = Pattern.compile(Pattern.quote(prefix) + "([^/]+)/(get|update|delete)/(accepted|rejected|delta)");
        this.connection = connection;
        this.changed = changed;
        this.deleted = deleted;
    }

    /** To be called after each connecting, before anything else. */
    CompletableFuture<Void> subscribe() {
        return connection.subscribe(
                ANSWERS.stream().map(answer -> prefix + "+/" + answer).toList());
    }

    /** A shadow as it is now. */
    CompletableFuture<ShadowReply> get(String shadow) {
        return request(shadow + "/get", Map.of()).thenApply(answer -> {
            if (answer.path("code").asInt() == NOT_FOUND) {
                return new ShadowReply.Missing();
            }
            JsonNode state = answer.path("state");
            if (!state.isObject() || !answer.path("version").isIntegralNumber()) {
                throw new IllegalStateException("the answer about shadow " + shadow + " has no state and version");
            }
            JsonNode desired = state.path("desired");
            return !desired.isObject() || desired.isEmpty()
                    ? new ShadowReply.Missing()
                    : new ShadowReply.Found(answer.path("version").asLong(), desired, state.path("reported"));
        });
    }

    /**
     * Sets what a shadow reports.
     *
     * @param version the shadow's, that this is about; where there is a newer one, or it was deleted and made anew, nothing is set
     */
    CompletableFuture<ReportReply> report(String shadow, long version, Reported reported) {
        return request(shadow + "/update", Map.of("state", Map.of("reported", reported), "version", version))
                .thenApply(answer -> switch (answer.path("code").asInt()) {
                    case NOT_FOUND -> throw new IllegalStateException("there is no shadow " + shadow);
                    case CONFLICT -> new ReportReply.Outdated();
                    case TOO_LARGE -> new ReportReply.TooLarge();
                    default -> new ReportReply.Taken(answer.path("version").asLong(Long.MAX_VALUE));
                });
    }

    private CompletableFuture<JsonNode> request(String topic, Map<String, ?> body) {
        Request request = new Request(topic, body, new CompletableFuture<>());
        synchronized (gate) {
            if (inFlight >= MOST_IN_FLIGHT) {
                waiting.add(request);
                return request.answer();
            }
            inFlight++;
        }
        send(request);
        return request.answer();
    }

    private void send(Request request) {
        String token = UUID.randomUUID().toString();
        CompletableFuture<JsonNode> answer = request.answer();
        pending.put(token, answer);
        var _ = answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).whenComplete((_, _) -> {
            pending.remove(token);
            next();
        });
        Map<String, Object> document = new LinkedHashMap<>(request.body());
        document.put("clientToken", token);
        try {
            var _ = connection.publish(prefix + request.topic(), document).whenComplete((_, failure) -> {
                if (failure != null) {
                    answer.completeExceptionally(failure);
                }
            });
        } catch (RuntimeException e) {
            answer.completeExceptionally(e);
        }
    }

    private void next() {
        Request request;
        synchronized (gate) {
            request = waiting.poll();
            if (request == null) {
                inFlight--;
                return;
            }
        }
        send(request);
    }

    /** Hears every message of the connection. */
    void message(String topic, byte[] payload) {
        Matcher parts = topics.matcher(topic);
        if (!parts.matches()) {
            return;
        }
        if (parts.group(3).equals("delta")) {
            changed.accept(parts.group(1));
            return;
        }
        if (parts.group(2).equals("delete")) {
            deleted.accept(parts.group(1));
            return;
        }
        JsonNode answer;
        try {
            answer = Json.tree(payload);
        } catch (IllegalArgumentException e) {
            understanding.failed(parts.group(2) + "/" + parts.group(3) + " of shadow " + parts.group(1)
                    + " is ignored, " + e.getMessage());
            return;
        }
        CompletableFuture<JsonNode> asked =
                pending.get(answer.path("clientToken").asText());
        if (asked == null) {
            return;
        }
        int code = answer.path("code").asInt();
        if (parts.group(3).equals("rejected") && !EXPECTED.contains(code)) {
            asked.completeExceptionally(new IOException(
                    "rejected: " + code + " " + answer.path("message").asText()));
        } else {
            asked.complete(answer);
        }
    }

    /** Whoever waits for an answer need not wait any longer. */
    void disconnected() {
        IOException lost = new IOException("the connection was lost");
        List<Request> unsent;
        synchronized (gate) {
            unsent = new ArrayList<>(waiting);
            waiting.clear();
        }
        unsent.forEach(request -> request.answer().completeExceptionally(lost));
        pending.values().forEach(asked -> asked.completeExceptionally(lost));
    }
}
