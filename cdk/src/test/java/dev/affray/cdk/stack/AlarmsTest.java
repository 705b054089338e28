package dev.affray.cdk.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.cdk.stack.Resources.Resource;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NeedsNode
class AlarmsTest {
    private final Resources stack = Synthesized.EDGE_SCORE.stack();

    /** As "namespace metric of dimensions". */
    private static String watched(Resource alarm) {
        return alarm.text("/Namespace") + " " + alarm.text("/MetricName") + " of "
                + alarm.at("/Dimensions")
                        .valueStream()
                        .map(dimension -> dimension.path("Value").asText())
                        .sorted()
                        .collect(Collectors.joining(" "));
    }

    private Resource watching(String metric) {
        List<Resource> found = stack.of("AWS::CloudWatch::Alarm").stream()
                .filter(alarm -> watched(alarm).startsWith(metric))
                .toList();
        assertThat(found).as(metric).hasSize(1);
        return found.getFirst();
    }

    @Test
    void everyAlarmTellsOperations_whenItBeginsAndWhenItEnds() {
        assertThat(stack.of("AWS::CloudWatch::Alarm")).hasSize(30).allSatisfy(alarm -> {
            assertThat(alarm.texts("/AlarmActions")).containsExactly("<TopicsOperations>");
            assertThat(alarm.texts("/OKActions")).containsExactly("<TopicsOperations>");
            assertThat(alarm.text("/AlarmDescription")).startsWith("Affray: ");
        });
    }

    @Test
    void everyQueueOfDeadLettersIsWatched() {
        List<String> queues = stack.of("AWS::SQS::Queue").stream()
                .map(Resource::id)
                .filter(id -> id.endsWith("DeadLetters"))
                .toList();
        assertThat(queues).hasSize(6).allSatisfy(queue -> {
            Resource alarm = watching("AWS/SQS ApproximateNumberOfMessagesVisible of <" + queue + ".QueueName>");
            assertThat(alarm.at("/Threshold").asInt()).isZero();
            assertThat(alarm.text("/ComparisonOperator")).isEqualTo("GreaterThanThreshold");
            assertThat(alarm.text("/TreatMissingData")).isEqualTo("notBreaching");
        });
    }

    @Test
    void liveFramesAndChangesOfIncidentsMayWaitForAMinute() {
        Resource frames = watching("AWS/SQS ApproximateAgeOfOldestMessage of <FramesLiveQueue.QueueName>");
        assertThat(frames.at("/Threshold").asInt()).isEqualTo(60);
        Resource heads = watching("AWS/Lambda IteratorAge of <AlertingFunction");
        assertThat(heads.at("/Threshold").asInt()).isEqualTo(60_000);
        assertThat(heads.text("/Statistic")).isEqualTo("Maximum");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Inference", "Alerting", "Tick", "Fleet", "Watch", "Provisioning", "Links"})
    void everyFunctionIsWatchedForErrorsAndThrottles(String function) {
        for (String metric : List.of("Errors", "Throttles")) {
            Resource alarm = watching("AWS/Lambda " + metric + " of <" + function + "Function>");
            assertThat(alarm.text("/Statistic")).isEqualTo("Sum");
            assertThat(alarm.at("/Threshold").asInt()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ModelNotRunning", "DetectorDenied", "DetectorThrottled"})
    void aDetectorThatDoesNotJudgeIsTold(String metric) {
        Resource alarm = watching("Affray " + metric + " of inference");
        assertThat(alarm.text("/Dimensions/0/Name")).isEqualTo("function");
        assertThat(alarm.text("/Statistic")).isEqualTo("Sum");
    }

    @Test
    void alertsThatCannotBeSentAreTold() {
        assertThat(watching("Affray AlertsPostponed of tick").text("/Statistic"))
                .isEqualTo("Sum");
    }

    @Test
    void gatewaysThatCannotBeLookedAfterAreTold() {
        assertThat(watching("Affray GatewaysUnwatched of watch").text("/Statistic"))
                .isEqualTo("Sum");
    }

    @Test
    void aModelThatCannotBeAskedForItsStatusIsTold_whenThatLasts() {
        assertThat(Synthesized.CUSTOM_LABELS.stack().of("AWS::CloudWatch::Alarm"))
                .hasSize(31)
                .filteredOn(alarm -> watched(alarm).startsWith("Affray ModelStateUnknown of watch"))
                .singleElement()
                .satisfies(alarm ->
                        assertThat(alarm.at("/EvaluationPeriods").asInt()).isEqualTo(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Tick", "Watch"})
    void whatDoesNotComeEveryMinuteIsTold_forSilenceIsTheTrouble(String function) {
        Resource alarm = watching("AWS/Lambda Invocations of <" + function + "Function");
        assertThat(alarm.text("/ComparisonOperator")).isEqualTo("LessThanThreshold");
        assertThat(alarm.text("/TreatMissingData")).isEqualTo("breaching");
    }
}
