package dev.affray.cloud.alerting.lambda;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import dev.affray.cloud.state.Head;
import dev.affray.document.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Events of the heads' stream. */
final class StreamEvents {
    private StreamEvents() {}

    static DynamodbEvent event(DynamodbStreamRecord... records) {
        DynamodbEvent event = new DynamodbEvent();
        event.setRecords(List.of(records));
        return event;
    }

    static DynamodbStreamRecord record(String sequence, Head head) {
        return image(sequence, Map.of("head", new AttributeValue().withS(Json.write(head))));
    }

    static DynamodbStreamRecord image(String sequence, Map<String, AttributeValue> image) {
        DynamodbStreamRecord record = new DynamodbStreamRecord();
        record.setEventName("MODIFY");
        record.setDynamodb(new StreamRecord().withSequenceNumber(sequence).withNewImage(image));
        return record;
    }

    static DynamodbStreamRecord removal(String sequence) {
        DynamodbStreamRecord record = new DynamodbStreamRecord();
        record.setEventName("REMOVE");
        record.setDynamodb(new StreamRecord().withSequenceNumber(sequence));
        return record;
    }

    /** What Lambda delivers, as the documentation of the event source shows it. */
    static String json(Head... heads) {
        List<Map<String, Object>> records = Arrays.stream(heads)
                .map(head -> Map.<String, Object>of(
                        "eventID",
                        "c4ca4238a0b923820dcc509a6f75849b",
                        "eventName",
                        head.version() == 1 ? "INSERT" : "MODIFY",
                        "eventVersion",
                        "1.1",
                        "eventSource",
                        "aws:dynamodb",
                        "awsRegion",
                        "eu-central-1",
                        "dynamodb",
                        Map.of(
                                "ApproximateCreationDateTime",
                                1_795_000_000.0,
                                "Keys",
                                Map.of("place", Map.of("S", place(head))),
                                "NewImage",
                                Map.of(
                                        "place",
                                        Map.of("S", place(head)),
                                        "version",
                                        Map.of("N", "" + head.version()),
                                        "head",
                                        Map.of("S", Json.write(head)),
                                        "open",
                                        Map.of("S", "open")),
                                "SequenceNumber",
                                "442158410000000001905508488" + head.version(),
                                "SizeBytes",
                                900,
                                "StreamViewType",
                                "NEW_IMAGE"),
                        "eventSourceARN",
                        "arn:aws:dynamodb:eu-central-1:111111111111:table/heads/stream/2026-11-20T00:00:00.000"))
                .toList();
        return Json.write(Map.of("Records", records));
    }

    private static String place(Head head) {
        return head.camera() + "|" + head.kind() + "|" + head.line();
    }
}
