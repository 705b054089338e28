package dev.affray.cdk.stack;

import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/** A queue for what could not be done: kept for two weeks, the longest that SQS offers, and watched by an alarm. */
final class DeadLetters {
    private static final Duration KEPT = Duration.days(14);

    private DeadLetters() {}

    static Queue in(Construct scope, String id) {
        Queue queue = Queue.Builder.create(scope, id)
                .encryption(QueueEncryption.SQS_MANAGED)
                .enforceSsl(true)
                .retentionPeriod(KEPT)
                .build();
        Nag.except(queue, "SQS3", "This is itself a queue of dead letters; an alarm tells when it is not empty.");
        return queue;
    }
}
