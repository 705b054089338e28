package dev.affray.cloud.inference.sqs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** A queue that a function is invoked from, and the dead-letter queue behind it. Thread-safe. */
public final class SourceQueue {
    private static final Logger log = LoggerFactory.getLogger(SourceQueue.class);
    private static final int BATCH = 10;
    private static final int LONGEST_REASON = 1000;

    private final SqsClient client;
    private final String url;
    private final String deadLetterUrl;

    /** @param client stays the caller's */
    public SourceQueue(SqsClient client, String url, String deadLetterUrl) {
        this.client = client;
        this.url = url;
        this.deadLetterUrl = deadLetterUrl;
    }

    /** The queue's name: the last part of its URL, and of its ARN. */
    public String name() {
        return url.substring(url.lastIndexOf('/') + 1);
    }

    /**
     * Keeps a message for people to look at: its body, with the reasons as its attribute {@code reason}.
     *
     * @return false when it may not have been kept; then it must stay in the queue
     */
    boolean setAside(Delivery delivery, List<String> reasons) {
        MessageAttributeValue reason = MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(printable(String.join("; ", reasons)))
                .build();
        try {
            client.sendMessage(b ->
                    b.queueUrl(deadLetterUrl).messageBody(delivery.body()).messageAttributes(Map.of("reason", reason)));
            return true;
        } catch (SdkException e) {
            log.warn("message {} cannot be set aside and stays in the queue: {}", delivery.id(), e.toString());
            return false;
        }
    }

    /** A rest for one delivery. */
    record Rest(Delivery delivery, int seconds) {}

    /** Lets deliveries rest. One for which that fails comes again after the queue's own visibility time-out. */
    void rest(List<Rest> rests) {
        for (int from = 0; from < rests.size(); from += BATCH) {
            List<Rest> some = rests.subList(from, Math.min(from + BATCH, rests.size()));
            try {
                complain(
                        client.changeMessageVisibilityBatch(b -> b.queueUrl(url).entries(entries(some)))
                                .failed());
            } catch (SdkException e) {
                log.warn("{} messages come again at the queue's own time: {}", some.size(), e.toString());
            }
        }
    }

    private static List<ChangeMessageVisibilityBatchRequestEntry> entries(List<Rest> rests) {
        List<ChangeMessageVisibilityBatchRequestEntry> entries = new ArrayList<>();
        for (Rest rest : rests) {
            entries.add(ChangeMessageVisibilityBatchRequestEntry.builder()
                    .id(Integer.toString(entries.size()))
                    .receiptHandle(rest.delivery.receiptHandle())
                    .visibilityTimeout(rest.seconds)
                    .build());
        }
        return entries;
    }

    private static void complain(List<BatchResultErrorEntry> failed) {
        if (!failed.isEmpty()) {
            log.warn(
                    "{} messages come again at the queue's own time: {}",
                    failed.size(),
                    failed.getFirst().code());
        }
    }

    /** A reason quotes what others sent; SQS refuses control characters, and takes no empty text. */
    private static String printable(String reason) {
        String text = reason.replaceAll("[^\\x20-\\x7E\\xA0-\\uD7FF]", "?");
        return text.isBlank() ? "unknown" : text.substring(0, Math.min(text.length(), LONGEST_REASON));
    }
}
