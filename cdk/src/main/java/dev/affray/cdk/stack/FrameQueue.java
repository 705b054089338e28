package dev.affray.cdk.stack;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.sqs.DeadLetterQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;
import software.constructs.IConstruct;

/** What S3 announces of one line of frames, live or backlog, and the queue of those that could not be judged. */
final class FrameQueue extends Construct {
    /** A frame put back by a throttled or stopped model counts as received, so this is generous. */
    private static final int RECEIPTS = 30;

    /** AWS's advice for a queue that feeds a function: six times the function's own time-out. */
    private static final int TIMES_THE_FUNCTION = 6;

    private final Queue queue;
    private final Queue deadLetters;

    FrameQueue(Construct scope, String id) {
        super(scope, id);
        deadLetters = DeadLetters.in(this, "DeadLetters");
        queue = Queue.Builder.create(this, "Queue")
                .encryption(QueueEncryption.SQS_MANAGED)
                .enforceSsl(true)
                .visibilityTimeout(Duration.seconds(TIMES_THE_FUNCTION * Inference.TIMEOUT_SECONDS))
                .retentionPeriod(Duration.days(4))
                .deadLetterQueue(DeadLetterQueue.builder()
                        .queue(deadLetters)
                        .maxReceiveCount(RECEIPTS)
                        .build())
                .build();
        // The bucket's name is CloudFormation's to make, and the bucket must come after this policy; so: any bucket of
        // this account.
        Stack stack = Stack.of(this);
        queue.addToResourcePolicy(PolicyStatement.Builder.create()
                .sid("Announcements")
                .principals(List.of(new ServicePrincipal("s3.amazonaws.com")))
                .actions(List.of("sqs:SendMessage"))
                .resources(List.of(queue.getQueueArn()))
                .conditions(Map.of(
                        "ArnLike", Map.of("aws:SourceArn", "arn:" + stack.getPartition() + ":s3:::*"),
                        "StringEquals", Map.of("aws:SourceAccount", stack.getAccount())))
                .build());
    }

    Queue queue() {
        return queue;
    }

    Queue deadLetters() {
        return deadLetters;
    }

    /** What must be in force before a bucket can be told to announce here: S3 tries it out at once. */
    IConstruct policy() {
        return queue.getNode().findChild("Policy");
    }
}
