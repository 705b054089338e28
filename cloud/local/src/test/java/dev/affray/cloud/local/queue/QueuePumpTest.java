package dev.affray.cloud.local.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.affray.frame.Line;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueuePumpTest {
    @TempDir
    Path folder;

    private final Map<String, Integer> deliveries = new ConcurrentHashMap<>();
    private LocalSqs sqs;

    @BeforeEach
    void start() throws IOException {
        sqs = LocalSqs.start(folder, 0);
    }

    @AfterEach
    void stop() {
        sqs.close();
    }

    @Test
    void deletesWhatSucceeds_andDeliversOnlyTheFailuresAgain() {
        for (int i = 0; i < 25; i++) {
            sqs.send(Line.LIVE, i == 7 ? "stubborn" : "m" + i);
        }
        try (QueuePump pump = pump(2, this::failStubbornOnesTwice)) {
            await().atMost(Duration.ofSeconds(30)).until(pump::idle);
            assertThat(pump.counts()).isEqualTo(new QueuePump.Counts(25, 2, 0));
            assertThat(deliveries).hasSize(25).containsEntry("stubborn", 3).containsEntry("m0", 1);
        }
    }

    @Test
    void leavesAHopelessMessageToTheDeadLetterQueue_evenWhenTheHandlerThrows() {
        sqs.send(Line.BACKLOG, "hopeless");
        BatchHandler handler = batch -> {
            throw new IllegalStateException("no such thing");
        };
        try (QueuePump pump =
                QueuePump.start("test", sqs.client(), sqs.queueUrl(Line.BACKLOG), 1, Duration.ZERO, handler)) {
            await().atMost(Duration.ofSeconds(30)).until(() -> sqs.deadLetters(Line.BACKLOG) == 1 && pump.idle());
            assertThat(pump.counts()).isEqualTo(new QueuePump.Counts(0, LocalSqs.MAX_RECEIVES, 1));
        }
    }

    @Test
    void isNotIdleWhileABatchIsInHand_andCloseWaitsForIt() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        sqs.send(Line.LIVE, "slow");
        QueuePump pump = pump(1, batch -> {
            begun.countDown();
            mayEnd.await();
            return Set.of();
        });
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(pump.idle()).isFalse();
        Thread closing = Thread.ofVirtual().start(pump::close);
        assertThat(closing.isAlive()).isTrue();
        mayEnd.countDown();
        closing.join();
        assertThat(pump.counts().handled()).isEqualTo(1);
        assertThat(pump.idle()).isTrue();
        sqs.send(Line.LIVE, "after closing");
        assertThat(pump.idle()).isFalse();
    }

    @Test
    void treatsAnAnswerAboutForeignMessages_asAFailureOfTheWholeBatch() {
        sqs.send(Line.LIVE, "one");
        try (QueuePump pump = pump(1, batch -> batch.getFirst().receiveCount() == 1 ? Set.of("foreign") : Set.of())) {
            await().atMost(Duration.ofSeconds(30)).until(pump::idle);
            assertThat(pump.counts()).isEqualTo(new QueuePump.Counts(1, 1, 0));
        }
    }

    private QueuePump pump(int threads, BatchHandler handler) {
        return QueuePump.start("test", sqs.client(), sqs.queueUrl(Line.LIVE), threads, Duration.ofSeconds(1), handler);
    }

    private Set<String> failStubbornOnesTwice(List<QueueMessage> batch) {
        batch.forEach(message -> deliveries.merge(message.body(), 1, Integer::sum));
        return batch.stream()
                .filter(message -> message.body().equals("stubborn") && message.receiveCount() <= 2)
                .map(QueueMessage::id)
                .collect(Collectors.toSet());
    }
}
