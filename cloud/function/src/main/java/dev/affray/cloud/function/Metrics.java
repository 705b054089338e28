package dev.affray.cloud.function;

import java.util.Map;
import java.util.TreeMap;
import software.amazon.cloudwatchlogs.emf.environment.LambdaEnvironment;
import software.amazon.cloudwatchlogs.emf.exception.DimensionSetExceededException;
import software.amazon.cloudwatchlogs.emf.exception.InvalidDimensionException;
import software.amazon.cloudwatchlogs.emf.exception.InvalidMetricException;
import software.amazon.cloudwatchlogs.emf.exception.InvalidNamespaceException;
import software.amazon.cloudwatchlogs.emf.logger.MetricsLogger;
import software.amazon.cloudwatchlogs.emf.model.DimensionSet;
import software.amazon.cloudwatchlogs.emf.model.Unit;

/**
 * What one invocation counted. {@link #flush} writes it to the log as one line of CloudWatch's embedded metric format, from which CloudWatch makes
 * metrics: namespace {@value #NAMESPACE}, and the one dimension {@value #DIMENSION}. Thread-safe.
 */
public final class Metrics {
    /** Of every metric of Affray. */
    public static final String NAMESPACE = "Affray";

    /** The function's short name, such as {@code inference}. */
    public static final String DIMENSION = "function";

    private final String function;
    private final Map<String, Long> counts = new TreeMap<>();

    /** @param function its short name, the value of the dimension */
    public Metrics(String function) {
        this.function = function;
    }

    /** Adds to a count, even 0: then the metric shows that nothing happened. The name is in PascalCase, such as {@code FramesJudged}. */
    public synchronized void count(String name, long more) {
        counts.merge(name, more, Long::sum);
    }

    /** What was counted since the last flush. */
    public synchronized Map<String, Long> counts() {
        return new TreeMap<>(counts);
    }

    /** Writes the line, unless nothing was counted, and begins anew. */
    public synchronized void flush() {
        if (counts.isEmpty()) {
            return;
        }
        MetricsLogger line = new MetricsLogger(new LambdaEnvironment());
        try {
            line.setNamespace(NAMESPACE);
            line.setDimensions(DimensionSet.of(DIMENSION, function));
            for (Map.Entry<String, Long> count : counts.entrySet()) {
                line.putMetric(count.getKey(), count.getValue(), Unit.COUNT);
            }
        } catch (InvalidNamespaceException
                | InvalidDimensionException
                | InvalidMetricException
                | DimensionSetExceededException e) {
            throw new IllegalStateException("a metric of " + function + " has an unfit name", e);
        }
        line.flush();
        counts.clear();
    }
}
