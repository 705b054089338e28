package dev.affray.cdk.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.cdk.stack.Resources.Resource;
import java.util.List;
import org.junit.jupiter.api.Test;

@NeedsNode
class QueuesTest {
    private static final int TWO_WEEKS = 14 * 24 * 3600;

    private final Resources stack = Synthesized.EDGE_SCORE.stack();

    @Test
    void everyQueueIsEncrypted_andTakesNothingWithoutTls() {
        List<String> guarded = stack.of("AWS::SQS::QueuePolicy").stream()
                .filter(policy ->
                        policy.text("/PolicyDocument/Statement/0/Effect").equals("Deny"))
                .filter(policy -> policy.text("/PolicyDocument/Statement/0/Condition/Bool/aws:SecureTransport")
                        .equals("false"))
                .map(policy -> policy.text("/Queues/0"))
                .toList();
        assertThat(stack.of("AWS::SQS::Queue")).hasSize(8).allSatisfy(queue -> {
            assertThat(queue.at("/SqsManagedSseEnabled").asBoolean()).isTrue();
            assertThat(guarded).contains("<" + queue.id() + ">");
        });
    }

    @Test
    void whatCannotBeDoneIsKeptForTwoWeeks() {
        assertThat(stack.of("AWS::SQS::Queue").stream()
                        .filter(queue -> queue.id().endsWith("DeadLetters")))
                .hasSize(6)
                .allSatisfy(queue ->
                        assertThat(queue.at("/MessageRetentionPeriod").asInt()).isEqualTo(TWO_WEEKS));
    }

    @Test
    void aFrameIsTriedThirtyTimesBeforeItIsSetAside() {
        for (String line : List.of("Live", "Backlog")) {
            Resource queue = stack.one("AWS::SQS::Queue", "Frames" + line + "Queue");
            assertThat(queue.at("/RedrivePolicy/maxReceiveCount").asInt()).isEqualTo(30);
            assertThat(queue.text("/RedrivePolicy/deadLetterTargetArn"))
                    .isEqualTo("<Frames" + line + "DeadLetters.Arn>");
            // A message that is set aside keeps its age.
            assertThat(queue.at("/MessageRetentionPeriod").asInt()).isLessThan(TWO_WEEKS);
        }
    }

    @Test
    void noFrameIsHandedOutAgainWhileAFunctionMayStillWorkOnIt() {
        List<Resource> sources = stack.of("AWS::Lambda::EventSourceMapping").stream()
                .filter(source -> source.text("/EventSourceArn").contains("Queue"))
                .toList();
        assertThat(sources).hasSize(2).allSatisfy(source -> {
            int visibility = stack.behind(source.text("/EventSourceArn"))
                    .at("/VisibilityTimeout")
                    .asInt();
            Resource version =
                    stack.behind(stack.behind(source.text("/FunctionName")).text("/FunctionVersion"));
            int timeout =
                    stack.behind(version.text("/FunctionName")).at("/Timeout").asInt();
            assertThat(timeout).isPositive();
            assertThat(visibility).isGreaterThanOrEqualTo(6 * timeout);
        });
    }
}
