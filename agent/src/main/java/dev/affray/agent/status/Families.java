package dev.affray.agent.status;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Gathers families of metrics. One without a figure is left out. For one thread. */
final class Families {
    private final List<Supplier<MetricSnapshot>> made = new ArrayList<>();

    /** The series of one name. */
    interface Family {
        /**
         * @param figure null where it is not known: then there is no such series
         * @param labels names and values in turn
         */
        void add(@Nullable Number figure, String... labels);

        default void add(boolean is, String... labels) {
            add(is ? 1 : 0, labels);
        }
    }

    /** @param name without {@code _total}, which is added where it belongs */
    Family counter(String name, String help) {
        CounterSnapshot.Builder family = CounterSnapshot.builder().name(name).help(help);
        made.add(family::build);
        return (figure, labels) -> {
            if (figure != null) {
                family.dataPoint(new CounterDataPointSnapshot(figure.doubleValue(), Labels.of(labels), null, 0));
            }
        };
    }

    Family gauge(String name, String help) {
        GaugeSnapshot.Builder family = GaugeSnapshot.builder().name(name).help(help);
        made.add(family::build);
        return (figure, labels) -> {
            if (figure != null) {
                family.dataPoint(new GaugeDataPointSnapshot(figure.doubleValue(), Labels.of(labels), null));
            }
        };
    }

    /** @param name without {@code _info}; every figure counts as 1 */
    Family info(String name, String help) {
        InfoSnapshot.Builder family = InfoSnapshot.builder().name(name).help(help);
        made.add(family::build);
        return (_, labels) -> family.dataPoint(new InfoDataPointSnapshot(Labels.of(labels)));
    }

    MetricSnapshots snapshots() {
        return new MetricSnapshots(made.stream()
                .map(Supplier::get)
                .filter(family -> !family.getDataPoints().isEmpty())
                .toList());
    }
}
