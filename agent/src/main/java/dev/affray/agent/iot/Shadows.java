package dev.affray.agent.iot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.camera.Reported;
import dev.affray.document.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The gateway's named shadows as requests with answers, over the shadow topics. Five subscriptions serve all shadows, well within AWS IoT's fifty a
 * connection, and documents are parsed from the bytes on the wire, so a 3 stays a 3. Thread-safe; futures complete on the connection's thread.
 */
final class Shadows {
    private static final List<String> ANSWERS =
            List.of("get/+", "update/accepted", "update/rejected", "update/delta", "delete/accepted");
    private static final int NOT_FOUND = 404;
    private static final long PATIENCE_SECONDS = 10;

    private final String prefix;
    private final Pattern topics;
    private final MqttConnection connection;
    private final Consumer<String> changed;
    private final Consumer<String> deleted;
    private final Map<String, CompletableFuture<JsonNode>> pending = new ConcurrentHashMap<>();

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
            JsonNode desired = answer.path("state").path("desired");
            if (answer.path("code").asInt() == NOT_FOUND || !desired.isObject() || desired.isEmpty()) {
                return new ShadowReply.Missing();
            }
            return new ShadowReply.Found(
                    answer.path("version").asLong(),
                    desired,
                    answer.path("state").path("reported"));
        });
    }

    /** Sets what a shadow reports. */
    CompletableFuture<Void> report(String shadow, Reported reported) {
        return request(shadow + "/update", Map.of("state", Map.of("reported", reported)))
                .thenAccept(answer -> {
                    if (answer.path("code").asInt() == NOT_FOUND) {
                        throw new IllegalStateException("there is no shadow " + shadow);
                    }
                });
    }

    private CompletableFuture<JsonNode> request(String request, Map<String, ?> body) {
        String token = UUID.randomUUID().toString();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        pending.put(token, answer);
        Map<String, Object> document = new LinkedHashMap<>(body);
        document.put("clientToken", token);
        var _ = connection.publish(prefix + request, document).whenComplete((_, failure) -> {
            if (failure != null) {
                answer.completeExceptionally(failure);
            }
        });
        return answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).whenComplete((_, _) -> pending.remove(token));
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
            return;
        }
        CompletableFuture<JsonNode> waiting =
                pending.get(answer.path("clientToken").asText());
        if (waiting == null) {
            return;
        }
        int code = answer.path("code").asInt();
        if (parts.group(3).equals("rejected") && code != NOT_FOUND) {
            waiting.completeExceptionally(new IOException(
                    "rejected: " + code + " " + answer.path("message").asText()));
        } else {
            waiting.complete(answer);
        }
    }

    /** Whoever waits for an answer need not wait any longer. */
    void disconnected() {
        pending.values().forEach(waiting -> waiting.completeExceptionally(new IOException("the connection was lost")));
    }
}
