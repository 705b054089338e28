package dev.affray.cloud.local.iot;

/**
 * What AWS IoT's topic rules do with a gateway's messages. Calls come one after another from a single thread of the broker's, in the order of arrival;
 * payloads are untrusted. A slow rule fills a bounded queue and then loses messages, which the broker counts and logs; an exception
 * loses that one message.
 */
public interface Rules {
    /** A message, or a last will, on {@code affray/{thing}/health}, {@code affray/{thing}/presence} or {@code affray/{thing}/answers/{camera}}. */
    void message(String topic, byte[] payload);

    /** A shadow changed: AWS IoT's document for {@code .../update/documents}, with {@code previous} and {@code current}. */
    void shadowDocuments(String thing, String shadowName, byte[] documentsJson);
}
