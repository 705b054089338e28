package dev.affray.cloud.console.lambda;

import dev.affray.cloud.console.link.LinkPage;
import dev.affray.cloud.function.Metrics;

/** What the page counts over its life, as the metrics of one invocation. Thread-safe. */
final class LinkMetrics {
    private final Metrics metrics = new Metrics("link");
    private LinkPage.Counts told = new LinkPage.Counts(0, 0, 0, 0, 0);

    synchronized void flush(LinkPage.Counts now) {
        count("LinksShown", now.shown() - told.shown());
        count("LinkActions", now.acted() - told.acted());
        count("LinksExpired", now.expired() - told.expired());
        count("LinksRefused", now.refused() - told.refused());
        count("LinksFailed", now.failed() - told.failed());
        told = now;
        metrics.flush();
    }

    private void count(String name, long more) {
        if (more > 0) {
            metrics.count(name, more);
        }
    }
}
