package dev.affray.cloud.local.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * Takes batches from one queue to a handler, as Lambda's event source mapping does with partial batch responses: what succeeded is deleted, what
 * failed comes again, later each time, until the queue moves it to its dead-letter queue. Thread-safe.
 */
public final class QueuePump implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(QueuePump.class);
    private static final int BATCH = 10;
    private static final int POLL_SECONDS = 2;
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final long LONGEST_BACKOFF_SECONDS = 900;

    private final String name;
    private final SqsClient client;
    private final String queueUrl;
    private final Duration firstBackoff;
    private final BatchHandler handler;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicInteger inHand = new AtomicInteger();
    private final AtomicLong handled = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong deadLettered = new AtomicLong();
    private final Complaints complaints;

    private QueuePump(String name, SqsClient client, String queueUrl, Duration firstBackoff, BatchHandler handler) {
        this.name = name;
        this.client = client;
        this.queueUrl = queueUrl;
        this.firstBackoff = firstBackoff;
        this.handler = handler;
        this.complaints = new Complaints(
                (reason, silent) -> LOG.warn("Queue {}: {} ({} more like the one before)", name, reason, silent));
    }

    /**
     * What has become of deliveries so far.
     *
     * @param handled messages that succeeded
     * @param failed deliveries that failed; one message can fail several times
     * @param deadLettered messages whose last permitted delivery failed
     */
    public record Counts(long handled, long failed, long deadLettered) {}

    /**
     * Starts pumping.
     *
     * @param name for the log and the threads' names
     * @param threads how many batches may be in hand at once
     * @param firstBackoff how long a message rests after its first failure, in whole seconds; doubled with each further one, up to 15 minutes
     */
    public static QueuePump start(
            String name, SqsClient client, String queueUrl, int threads, Duration firstBackoff, BatchHandler handler) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads " + threads + " is not positive");
        }
        QueuePump pump = new QueuePump(name, client, queueUrl, firstBackoff, handler);
        for (int i = 1; i <= threads; i++) {
            pump.threads.add(
                    Thread.ofPlatform().daemon().name("queue-" + name + "-" + i).start(pump::pump));
        }
        return pump;
    }

    /** A copy of the counters. */
    public Counts counts() {
        return new Counts(handled.get(), failed.get(), deadLettered.get());
    }

    /**
     * Whether nothing is left to do: no message visible, in flight, resting or in hand.
     *
     * @throws RuntimeException when the queue cannot be asked
     */
    public boolean idle() {
        return inHand.get() == 0 && new QueueDepth(client, queueUrl).total() == 0 && inHand.get() == 0;
    }

    /** Takes no further batch and waits until those in hand are done with. Idempotent. */
    @Override
    public void close() {
        closed.countDown();
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pump() {
        while (closed.getCount() > 0) {
            try {
                List<Message> batch = receive();
                if (!batch.isEmpty()) {
                    take(batch);
                }
            } catch (RuntimeException e) {
                complaints.add(e);
                pause();
            }
        }
    }

    private List<Message> receive() {
        return client.receiveMessage(b -> b.queueUrl(queueUrl)
                        .maxNumberOfMessages(BATCH)
                        .waitTimeSeconds(POLL_SECONDS)
                        .messageSystemAttributeNames(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT))
                .messages();
    }

    private void take(List<Message> batch) {
        inHand.addAndGet(batch.size());
        try {
            Set<String> failures = handle(batch);
            List<Message> done = new ArrayList<>();
            List<Message> again = new ArrayList<>();
            for (Message message : batch) {
                (failures.contains(message.messageId()) ? again : done).add(message);
            }
            handled.addAndGet(done.size());
            failed.addAndGet(again.size());
            giveUp(again.stream().filter(QueuePump::wasLast).count());
            delete(done);
            rest(again);
        } finally {
            inHand.addAndGet(-batch.size());
        }
    }

    private void giveUp(long messages) {
        if (messages > 0) {
            deadLettered.addAndGet(messages);
            LOG.warn(
                    "Queue {}: {} messages failed {} times and are set aside in its dead-letter queue",
                    name,
                    messages,
                    LocalSqs.MAX_RECEIVES);
        }
    }

    /** The ids that failed: all of them when the handler threw, even an Error, for a pump without threads would be silent. */
    private Set<String> handle(List<Message> batch) {
        Set<String> ids = batch.stream().map(Message::messageId).collect(Collectors.toSet());
        try {
            Set<String> failures = handler.handle(batch.stream()
                    .map(message -> new QueueMessage(message.messageId(), message.body(), receiveCount(message)))
                    .toList());
            if (!ids.containsAll(failures)) {
                throw new IllegalStateException("the handler reports messages that it was not given");
            }
            return failures;
        } catch (Throwable e) {
            complaints.add(e);
            return ids;
        }
    }

    private void delete(List<Message> done) {
        if (!done.isEmpty()) {
            client.deleteMessageBatch(b -> b.queueUrl(queueUrl)
                    .entries(done.stream()
                            .map(message -> DeleteMessageBatchRequestEntry.builder()
                                    .id(message.messageId())
                                    .receiptHandle(message.receiptHandle())
                                    .build())
                            .toList()));
        }
    }

    private void rest(List<Message> again) {
        if (!again.isEmpty()) {
            client.changeMessageVisibilityBatch(b -> b.queueUrl(queueUrl)
                    .entries(again.stream()
                            .map(message -> ChangeMessageVisibilityBatchRequestEntry.builder()
                                    .id(message.messageId())
                                    .receiptHandle(message.receiptHandle())
                                    .visibilityTimeout(backoffSeconds(message))
                                    .build())
                            .toList()));
        }
    }

    /** None after the last delivery, so that the queue moves the message at once. */
    private int backoffSeconds(Message message) {
        if (wasLast(message)) {
            return 0;
        }
        return (int) Math.min(LONGEST_BACKOFF_SECONDS, firstBackoff.toSeconds() << (receiveCount(message) - 1));
    }

    private static boolean wasLast(Message message) {
        return receiveCount(message) >= LocalSqs.MAX_RECEIVES;
    }

    private static int receiveCount(Message message) {
        return Integer.parseInt(
                message.attributes().getOrDefault(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "1"));
    }

    private void pause() {
        try {
            Thread.sleep(RETRY);
        } catch (InterruptedException e) {
            closed.countDown();
            Thread.currentThread().interrupt();
        }
    }
}
