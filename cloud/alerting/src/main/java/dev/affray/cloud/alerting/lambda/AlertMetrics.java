package dev.affray.cloud.alerting.lambda;

import dev.affray.cloud.alerting.Alerting;
import dev.affray.cloud.function.Metrics;

/** Turns alerting's counts since the start into metrics of what was new, and leaves out what is 0. Thread-safe. */
final class AlertMetrics {
    private final Metrics metrics;
    private Alerting.Counts told = Alerting.Counts.NONE;

    AlertMetrics(Metrics metrics) {
        this.metrics = metrics;
    }

    void count(String name, long more) {
        if (more > 0) {
            metrics.count(name, more);
        }
    }

    /** Writes what is new in these counts, and whatever else was counted. */
    synchronized void flush(Alerting.Counts now) {
        count("AlertsPublished", now.published() - told.published());
        count("AlertsPossiblyRepeated", now.possiblyRepeated() - told.possiblyRepeated());
        count("AlertsWithheld", now.withheld() - told.withheld());
        count("AlertsMuted", now.muted() - told.muted());
        count("AlertsHeldBack", now.heldBack() - told.heldBack());
        count("AlertsGivenUp", now.givenUp() - told.givenUp());
        count("Digests", now.digests() - told.digests());
        count("Updates", now.updates() - told.updates());
        count("Escalations", now.escalated() - told.escalated());
        told = now;
        metrics.flush();
    }
}
