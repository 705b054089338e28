package dev.affray.agent.status;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The answer to Prometheus, in the format it asked for: OpenMetrics 1.0, else its text format 0.0.4. */
record Scrape(String type, String body) {
    private static final ExpositionFormatWriter OPEN = OpenMetricsTextFormatWriter.builder()
            .setCreatedTimestampsEnabled(false)
            .build();
    private static final ExpositionFormatWriter TEXT = PrometheusTextFormatWriter.builder()
            .setIncludeCreatedTimestamps(false)
            .build();

    /** @param accepted the header; may be empty */
    static Scrape of(MetricSnapshots metrics, String accepted) throws IOException {
        ExpositionFormatWriter writer = OPEN.accepts(accepted) ? OPEN : TEXT;
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        writer.write(body, metrics, EscapingScheme.UNDERSCORE_ESCAPING);
        return new Scrape(writer.getContentType(), body.toString(StandardCharsets.UTF_8));
    }
}
