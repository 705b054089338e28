package dev.affray.cdk.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.cdk.stack.Resources.Resource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What makes the functions run. */
@NeedsNode
class TriggersTest {
    private final Resources stack = Synthesized.EDGE_SCORE.stack();

    private Resource source(String arn) {
        List<Resource> found = stack.of("AWS::Lambda::EventSourceMapping").stream()
                .filter(source -> source.text("/EventSourceArn").equals(arn))
                .toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    @ParameterizedTest
    @CsvSource({"<FramesLiveQueue.Arn>, 5", "<FramesBacklogQueue.Arn>, 2"})
    void framesAreJudgedInBatchesOfTen_withinBounds_oneFailureSparingTheOthers(String queue, int concurrency) {
        Resource source = source(queue);
        assertThat(source.text("/FunctionName")).isEqualTo("<InferenceFunctionLive>:live");
        assertThat(source.at("/BatchSize").asInt()).isEqualTo(10);
        assertThat(source.at("/ScalingConfig/MaximumConcurrency").asInt()).isEqualTo(concurrency);
        assertThat(source.texts("/FunctionResponseTypes")).containsExactly("ReportBatchItemFailures");
        assertThat(source.at("/MaximumBatchingWindowInSeconds").isMissingNode()).isTrue();
    }

    @Test
    void headsAreFollowedFromTheStreamsBeginning_withBoundedPatience() {
        Resource source = source("<TablesHeads.StreamArn>");
        assertThat(source.text("/FunctionName")).isEqualTo("<AlertingFunctionLive>:live");
        assertThat(source.text("/StartingPosition")).isEqualTo("TRIM_HORIZON");
        assertThat(source.texts("/FunctionResponseTypes")).containsExactly("ReportBatchItemFailures");
        assertThat(source.at("/BisectBatchOnFunctionError").asBoolean()).isTrue();
        assertThat(source.at("/MaximumRetryAttempts").asInt()).isEqualTo(1000);
        assertThat(source.at("/MaximumRecordAgeInSeconds").asInt()).isEqualTo(6 * 3600);
        assertThat(source.at("/ParallelizationFactor").asInt()).isEqualTo(10);
        assertThat(source.text("/DestinationConfig/OnFailure/Destination")).isEqualTo("<AlertingDeadLetters.Arn>");
    }

    @ParameterizedTest
    @CsvSource({"Tick", "Watch"})
    void whatComesEveryMinute_isNotMadeUpForWhenOneIsMissed(String name) {
        Resource schedule = stack.one("AWS::Scheduler::Schedule", name);
        assertThat(schedule.text("/ScheduleExpression")).isEqualTo("rate(1 minute)");
        assertThat(schedule.text("/FlexibleTimeWindow/Mode")).isEqualTo("OFF");
        assertThat(schedule.text("/Target/Arn")).isEqualTo("<" + name + "FunctionLive>");
        assertThat(schedule.at("/Target/RetryPolicy/MaximumEventAgeInSeconds").asInt())
                .isEqualTo(60);
        assertThat(schedule.at("/Target/RetryPolicy/MaximumRetryAttempts").asInt())
                .isEqualTo(2);
        assertThat(schedule.text("/Target/DeadLetterConfig/Arn")).isEqualTo("<" + name + "DeadLetters.Arn>");
        assertThat(patience(name)).isEqualTo("0 retries within 60 s, then <" + name + "DeadLetters.Arn>");
    }

    @Test
    void aMessageThatFleetCannotTakeIsTriedTwiceMore_thenSetAside() {
        assertThat(patience("Fleet")).isEqualTo("2 retries within 3600 s, then <FleetDeadLetters.Arn>");
    }

    private String patience(String function) {
        Resource config = stack.one("AWS::Lambda::EventInvokeConfig", function);
        assertThat(config.text("/Qualifier")).isEqualTo("<" + function + "FunctionLive>");
        return config.text("/MaximumRetryAttempts") + " retries within " + config.text("/MaximumEventAgeInSeconds")
                + " s, then " + config.text("/DestinationConfig/OnFailure/Destination");
    }

    @ParameterizedTest
    @CsvSource({
        "Health, affray/+/health",
        "Presence, affray/+/presence",
        "Answers, affray/+/answers/+",
        "Documents, $aws/things/+/shadow/name/+/update/documents"
    })
    void aRuleHandsTheMessageOnAsItCame(String name, String topics) {
        Resource rule = stack.one("AWS::IoT::TopicRule", "Fleet" + name);
        assertThat(rule.text("/TopicRulePayload/Sql"))
                .isEqualTo("SELECT topic() AS topic, encode(*, 'base64') AS payload FROM '" + topics + "'");
        assertThat(rule.text("/TopicRulePayload/AwsIotSqlVersion")).isEqualTo("2016-03-23");
        assertThat(rule.text("/TopicRulePayload/Actions/0/Lambda/FunctionArn")).isEqualTo("<FleetFunctionLive>");
        assertThat(rule.text("/TopicRulePayload/ErrorAction/Sqs/QueueUrl")).isEqualTo("<FleetDeadLetters>");

        Resource permission = stack.one("AWS::Lambda::Permission", "FleetFunctionLive" + name);
        assertThat(permission.text("/Action")).isEqualTo("lambda:InvokeFunction");
        assertThat(permission.text("/Principal")).isEqualTo("iot.amazonaws.com");
        assertThat(permission.text("/SourceArn")).isEqualTo("<Fleet" + name + "Rule.Arn>");
        assertThat(permission.text("/SourceAccount")).isEqualTo("123456789012");
    }
}
