package dev.affray.cloud.inference;

import dev.affray.camera.AlertRule;
import dev.affray.document.Json;
import dev.affray.frame.CameraId;
import dev.affray.frame.Frame;
import dev.affray.frame.FrameKey;
import dev.affray.frame.Line;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** S3 event notifications as they lie in a queue, and a rule for their frames. */
public final class Events {
    /** Three slots within 2.5 s at 60, whoever judges. */
    static final AlertRule THREE_AT_60 = new AlertRule(
            OptionalInt.of(3),
            AlertRule.DEFAULT.slot(),
            AlertRule.DEFAULT.within(),
            OptionalDouble.of(60),
            AlertRule.DEFAULT.closeAfter(),
            AlertRule.DEFAULT.maxLag());

    private Events() {}

    /** A live frame with an edge score. */
    public static FrameKey frame(CameraId camera, Instant at, int sequence, int score) {
        return new FrameKey(Line.LIVE, new Frame(camera, at, sequence, OptionalInt.of(score)));
    }

    /** A message with one record a key. */
    public static String message(Instant at, String... keys) {
        List<Object> records = new ArrayList<>();
        for (String key : keys) {
            records.add(Map.of(
                    "eventName",
                    "ObjectCreated:Put",
                    "eventTime",
                    at.toString(),
                    "s3",
                    Map.of("bucket", Map.of("name", "frames"), "object", Map.of("key", key))));
        }
        return Json.write(Map.of("Records", records));
    }
}
