package dev.affray.cloud.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.document.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private final Metrics metrics = new Metrics("inference");

    @Test
    void writesOneLineOfTheEmbeddedMetricFormat() {
        metrics.count("FramesJudged", 2);
        metrics.count("FramesJudged", 1);
        metrics.count("FramesRefused", 0);

        List<String> lines = Output.of(metrics::flush);

        assertThat(lines).hasSize(1);
        JsonNode line = Json.tree(lines.getFirst());
        JsonNode directive = line.at("/_aws/CloudWatchMetrics/0");
        assertThat(directive.path("Namespace").asText()).isEqualTo(Metrics.NAMESPACE);
        assertThat(directive.path("Dimensions")).isEqualTo(Json.tree("[[\"function\"]]"));
        assertThat(directive.path("Metrics").findValuesAsText("Name"))
                .containsExactlyInAnyOrder("FramesJudged", "FramesRefused");
        assertThat(directive.path("Metrics").findValuesAsText("Unit")).containsOnly("Count");
        assertThat(line.path("function").asText()).isEqualTo("inference");
        assertThat(line.path("FramesJudged").asLong()).isEqualTo(3);
        assertThat(line.at("/_aws/Timestamp").asLong()).isPositive();
    }

    @Test
    void beginsAnewAfterAFlush_andWritesNothingWhenNothingWasCounted() {
        metrics.count("FramesJudged", 2);
        assertThat(metrics.counts()).containsEntry("FramesJudged", 2L);
        assertThat(Output.of(metrics::flush)).hasSize(1);

        assertThat(metrics.counts()).isEmpty();
        assertThat(Output.of(metrics::flush)).isEmpty();
    }

    @Test
    void refusesANameThatCloudWatchWouldNotTake() {
        metrics.count(" ", 1);
        assertThatThrownBy(metrics::flush).isInstanceOf(IllegalStateException.class);
    }
}
