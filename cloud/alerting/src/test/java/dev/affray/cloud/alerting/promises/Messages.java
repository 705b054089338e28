package dev.affray.cloud.alerting.promises;

import dev.affray.document.Json;
import dev.affray.frame.FrameKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** S3 event notifications as they lie in a queue. */
final class Messages {
    private Messages() {}

    /** One record of a message. */
    record Arrival(FrameKey key, Instant at) {}

    static String of(List<Arrival> arrivals) {
        List<Object> records = new ArrayList<>();
        for (Arrival arrival : arrivals) {
            records.add(Map.of(
                    "eventName",
                    "ObjectCreated:Put",
                    "eventTime",
                    arrival.at().toString(),
                    "s3",
                    Map.of(
                            "bucket",
                            Map.of("name", "frames"),
                            "object",
                            Map.of("key", arrival.key().format()))));
        }
        return Json.write(Map.of("Records", records));
    }
}
