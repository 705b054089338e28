package dev.affray.cdk.stack;

import java.util.Locale;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

/** Tells the operators when Affray itself is in trouble, and when it is over. */
final class Alarms extends Construct {
    private static final Duration FIVE_MINUTES = Duration.minutes(5);
    private static final int LATE_SECONDS = 60;

    private final SnsAction tell;

    Alarms(Construct scope, Topic operations) {
        super(scope, "Alarms");
        tell = new SnsAction(operations);
    }

    /** Something could not be done, and waits to be looked at. */
    void deadLetters(String of, Queue queue) {
        add(
                of + "DeadLetters",
                "Affray: something of " + of + " could not be done and lies in " + queue.getQueueName(),
                queue.metricApproximateNumberOfMessagesVisible(maximum()),
                0,
                1);
    }

    /** Live frames wait: alarms come late. */
    void late(Queue live) {
        add(
                "LiveFramesLate",
                "Affray: live frames wait for more than a minute; alarms come late",
                live.metricApproximateAgeOfOldestMessage(maximum()),
                LATE_SECONDS,
                1);
    }

    /** The stream of heads is not followed: alarms come late. */
    void late(JavaFunction following) {
        add(
                "AlertsLate",
                "Affray: changes of incidents wait for more than a minute; alarms come late",
                following.alias().metric("IteratorAge", maximum()),
                LATE_SECONDS * 1000,
                1);
    }

    /** A function failed, or was held back by the account's limit. */
    void failures(JavaFunction function) {
        String name = function.shortName();
        String id = capitalized(name);
        add(
                id + "Errors",
                "Affray: the function " + name + " failed",
                function.alias().metricErrors(sum()),
                0,
                1);
        add(
                id + "Throttles",
                "Affray: the function " + name + " is held back by the account's limit of concurrency",
                function.alias().metricThrottles(sum()),
                0,
                3);
    }

    /** A count that a function of ours keeps is above zero. */
    void counted(JavaFunction function, String metric, String meaning) {
        counted(function, metric, meaning, 1);
    }

    /** The same, for so many times five minutes on end. */
    void counted(JavaFunction function, String metric, String meaning, int periods) {
        Metric count = Metric.Builder.create()
                .namespace("Affray")
                .metricName(metric)
                .dimensionsMap(Map.of("function", function.shortName()))
                .statistic("Sum")
                .period(FIVE_MINUTES)
                .build();
        add(metric, "Affray: " + meaning, count, 0, periods);
    }

    /** What should run every minute does not. Silence is the trouble here. */
    void standstill(JavaFunction function, String meaning) {
        Alarm alarm = Alarm.Builder.create(this, capitalized(function.shortName()) + "Standstill")
                .alarmDescription("Affray: " + meaning)
                .metric(function.alias().metricInvocations(sum()))
                .threshold(1)
                .comparisonOperator(ComparisonOperator.LESS_THAN_THRESHOLD)
                .evaluationPeriods(3)
                .treatMissingData(TreatMissingData.BREACHING)
                .build();
        alarm.addAlarmAction(tell);
        alarm.addOkAction(tell);
    }

    private void add(String id, String description, IMetric metric, int above, int periods) {
        Alarm alarm = Alarm.Builder.create(this, id)
                .alarmDescription(description)
                .metric(metric)
                .threshold(above)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
                .evaluationPeriods(periods)
                .treatMissingData(TreatMissingData.NOT_BREACHING)
                .build();
        alarm.addAlarmAction(tell);
        alarm.addOkAction(tell);
    }

    private static String capitalized(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    private static MetricOptions maximum() {
        return MetricOptions.builder().statistic("Maximum").period(FIVE_MINUTES).build();
    }

    private static MetricOptions sum() {
        return MetricOptions.builder().statistic("Sum").period(FIVE_MINUTES).build();
    }
}
