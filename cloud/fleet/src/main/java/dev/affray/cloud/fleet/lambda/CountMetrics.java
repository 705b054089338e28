package dev.affray.cloud.fleet.lambda;

import dev.affray.cloud.fleet.Counts;
import dev.affray.cloud.function.Metrics;

/** Turns counts since the start into metrics of what was new, and leaves out what is 0. Thread-safe. */
final class CountMetrics {
    private final Metrics metrics;
    private Counts told = new Counts(0, 0, 0, 0, 0, 0, 0, 0);

    CountMetrics(Metrics metrics) {
        this.metrics = metrics;
    }

    /** Writes what is new in these counts, and whatever else the metrics hold. */
    synchronized void flush(Counts now) {
        count("Documents", now.documents() - told.documents());
        count("DocumentsRefused", now.refusedDocuments() - told.refusedDocuments());
        count("Reports", now.reports() - told.reports());
        count("HealthReports", now.health() - told.health());
        count("Presences", now.presence() - told.presence());
        count("CommandAnswers", now.answers() - told.answers());
        count(FleetFunction.MALFORMED, now.malformed() - told.malformed());
        told = now;
        metrics.flush();
    }

    private void count(String name, long more) {
        if (more > 0) {
            metrics.count(name, more);
        }
    }
}
