package dev.affray.cloud.inference;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.document.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/**
 * One record of an S3 event notification: an object was created.
 *
 * @param bucket where
 * @param key its key, decoded
 * @param at when, by S3's clock
 */
public record S3Event(String bucket, String key, Instant at) {
    /**
     * Every record of a message, not only the first. A message that announces no object (S3 sends a test event when a notification is set up) has none.
     *
     * @throws IllegalArgumentException when the message is no S3 event notification
     */
    public static List<S3Event> parse(String message) {
        JsonNode json = Json.tree(message);
        if (json.path("Event").asText().equals("s3:TestEvent")) {
            return List.of();
        }
        if (!json.path("Records").isArray()) {
            throw new IllegalArgumentException("not an S3 event: it has no Records");
        }
        List<S3Event> events = new ArrayList<>();
        for (JsonNode item : json.get("Records")) {
            if (item.path("eventName").asText().startsWith("ObjectCreated:")) {
                events.add(created(item));
            }
        }
        return events;
    }

    private static S3Event created(JsonNode item) {
        JsonNode key = item.at("/s3/object/key");
        JsonNode bucket = item.at("/s3/bucket/name");
        if (!key.isTextual() || !bucket.isTextual()) {
            throw new IllegalArgumentException("not an S3 event: a record names no bucket or key");
        }
        try {
            // Keys come URL-encoded, a space as +.
            String decoded = URLDecoder.decode(key.textValue(), StandardCharsets.UTF_8);
            return new S3Event(
                    bucket.textValue(),
                    decoded,
                    Instant.parse(item.path("eventTime").asText()));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("not an S3 event: eventTime is no time", e);
        }
    }
}
