package dev.affray.cloud.inference.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.cloud.inference.wire.StandIn.Answer;
import dev.affray.cloud.inference.wire.StandIn.Request;
import dev.affray.document.Json;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** Stands in for SQS: SendMessage and ChangeMessageVisibilityBatch. */
public final class SqsStandIn implements AutoCloseable {
    private final StandIn standIn = new StandIn(this::answer);
    private final AtomicBoolean broken = new AtomicBoolean();

    /** From now on it stores nothing and says so. */
    public void breakDown() {
        broken.set(true);
    }

    public StandIn wire() {
        return standIn;
    }

    /** The address of a queue. */
    public String url(String name) {
        return standIn.endpoint() + "/111122223333/" + name;
    }

    /** Messages sent to a queue: the body, then the attribute {@code reason}. */
    public List<List<String>> sent(String name) {
        return standIn.requests("SendMessage").stream()
                .map(Request::body)
                .filter(body -> body.get("QueueUrl").asText().equals(url(name)))
                .map(body -> List.of(
                        body.get("MessageBody").asText(),
                        body.at("/MessageAttributes/reason/StringValue").asText()))
                .toList();
    }

    /** The visibility time-outs set on a queue's deliveries, in seconds by receipt handle. */
    public Map<String, Integer> rests(String name) {
        Map<String, Integer> rests = new LinkedHashMap<>();
        for (Request request : standIn.requests("ChangeMessageVisibilityBatch")) {
            if (request.body().get("QueueUrl").asText().equals(url(name))) {
                request.body()
                        .get("Entries")
                        .forEach(entry -> rests.put(
                                entry.get("ReceiptHandle").asText(),
                                entry.get("VisibilityTimeout").asInt()));
            }
        }
        return rests;
    }

    private Answer answer(Request request) {
        if (broken.get()) {
            return Answer.error(400, "AccessDeniedException");
        }
        return switch (request.operation()) {
            case "SendMessage" ->
                Answer.ok(Json.write(Map.of(
                        "MessageId",
                        "sent",
                        "MD5OfMessageBody",
                        md5(request.body().get("MessageBody").asText().getBytes(StandardCharsets.UTF_8)),
                        "MD5OfMessageAttributes",
                        md5(attribute(request.body().at("/MessageAttributes/reason"))))));
            case "ChangeMessageVisibilityBatch" -> {
                List<Map<String, String>> successful = new ArrayList<>();
                request.body()
                        .get("Entries")
                        .forEach(entry ->
                                successful.add(Map.of("Id", entry.get("Id").asText())));
                yield Answer.ok(Json.write(Map.of("Successful", successful, "Failed", List.of())));
            }
            default -> Answer.error(400, "UnsupportedOperation");
        };
    }

    /** What SQS computes an attribute's checksum over: each part behind its length, and 1 for text. */
    private static byte[] attribute(JsonNode reason) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        part(bytes, "reason");
        part(bytes, reason.get("DataType").asText());
        bytes.write(1);
        part(bytes, reason.get("StringValue").asText());
        return bytes.toByteArray();
    }

    private static void part(ByteArrayOutputStream bytes, String text) {
        byte[] part = text.getBytes(StandardCharsets.UTF_8);
        bytes.writeBytes(ByteBuffer.allocate(4).putInt(part.length).array());
        bytes.writeBytes(part);
    }

    private static String md5(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        standIn.close();
    }
}
