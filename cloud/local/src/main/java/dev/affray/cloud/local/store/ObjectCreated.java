package dev.affray.cloud.local.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.affray.document.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;

/**
 * An event notification as S3 publishes it, version 2.1.
 *
 * @param operation after {@code ObjectCreated:}, such as Put
 * @param sequencer orders the events of one key, larger is later
 */
record ObjectCreated(
        String operation,
        Instant at,
        String region,
        String bucket,
        String key,
        long size,
        String eTag,
        long sequencer) {
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    String toJson() {
        ObjectNode event = Json.MAPPER.createObjectNode();
        ObjectNode item = event.putArray("Records").addObject();
        item.put("eventVersion", "2.1")
                .put("eventSource", "aws:s3")
                .put("awsRegion", region)
                .put("eventTime", MILLIS.format(at))
                .put("eventName", "ObjectCreated:" + operation);
        item.putObject("userIdentity").put("principalId", "local");
        item.putObject("requestParameters").put("sourceIPAddress", "127.0.0.1");
        item.putObject("responseElements")
                .put("x-amz-request-id", UUID.randomUUID().toString())
                .put("x-amz-id-2", "local");
        ObjectNode s3 = item.putObject("s3");
        s3.put("s3SchemaVersion", "1.0").put("configurationId", "frames");
        ObjectNode where = s3.putObject("bucket");
        where.put("name", bucket).put("arn", "arn:aws:s3:::" + bucket);
        where.putObject("ownerIdentity").put("principalId", "local");
        s3.putObject("object")
                .put("key", encoded(key))
                .put("size", size)
                .put("eTag", eTag)
                .put("sequencer", String.format(Locale.ROOT, "%018X", sequencer));
        return Json.write(event);
    }

    /** URL-encoded as in S3's events: a space is a plus, a slash stays. */
    private static String encoded(String key) {
        return URLEncoder.encode(key, StandardCharsets.UTF_8).replace("%2F", "/");
    }
}
