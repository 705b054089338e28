package dev.affray.cloud.inference.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.cloud.inference.sqs.Delivery;
import dev.affray.document.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What Lambda hands over from a queue. Read by hand: AWS's classes for it bring more than half a megabyte of others along.
 *
 * @param queue the name of the queue that all of it comes from
 * @param deliveries in order
 */
record SqsEvent(String queue, List<Delivery> deliveries) {
    /** @throws IllegalArgumentException when it is none, or of several queues */
    static SqsEvent parse(byte[] event) {
        List<Delivery> deliveries = new ArrayList<>();
        Set<String> queues = new LinkedHashSet<>();
        for (JsonNode item : Json.tree(event).path("Records")) {
            deliveries.add(new Delivery(
                    text(item, "/messageId"),
                    text(item, "/receiptHandle"),
                    text(item, "/body"),
                    Integer.parseInt(text(item, "/attributes/ApproximateReceiveCount"))));
            String arn = text(item, "/eventSourceARN");
            queues.add(arn.substring(arn.lastIndexOf(':') + 1));
        }
        if (queues.size() != 1) {
            throw new IllegalArgumentException("an event must come from one queue, and this one comes from " + queues);
        }
        return new SqsEvent(queues.iterator().next(), deliveries);
    }

    /** The answer that names the messages to deliver again. */
    static byte[] again(List<String> ids) {
        List<Map<String, String>> failures =
                ids.stream().map(id -> Map.of("itemIdentifier", id)).toList();
        return Json.write(Map.of("batchItemFailures", failures)).getBytes(StandardCharsets.UTF_8);
    }

    private static String text(JsonNode item, String pointer) {
        JsonNode value = item.at(pointer);
        if (!value.isTextual()) {
            throw new IllegalArgumentException("not an event of SQS: a record has no " + pointer);
        }
        return value.textValue();
    }
}
