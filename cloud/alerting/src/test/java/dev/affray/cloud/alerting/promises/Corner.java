package dev.affray.cloud.alerting.promises;

import net.jqwik.api.statistics.Statistics;

/** What a property must have met before it says anything. */
enum Corner {
    SEVERAL_INCIDENTS,
    LIVE_AND_BACKLOG,
    HIGH_SEVERITY,
    GAP_OF_CLOSE_AFTER,
    GAP_OF_A_MILLISECOND_LESS,
    GAP_OF_A_MILLISECOND_MORE,
    /** Two positives exactly {@code within} apart: the first is just out of the window of the second. */
    POSITIVES_WITHIN_APART,
    OLD_INCIDENTS_LEFT_THE_HEAD,
    A_FRAME_WAS_UPLOADED_TWICE,
    A_WORKER_DIED,
    ANNOUNCED_INCIDENTS_JOINED,
    /** Announcements must be those of the ordered stream, and there are several. */
    DISPLACEMENT_IS_BOUNDED;

    void seen(boolean yes) {
        Statistics.label(name()).collect(yes);
    }

    /** Fails a property that has not met it. */
    void mustHaveBeenSeen() {
        Statistics.label(name()).coverage(all -> all.check(true).count(count -> count > 0));
    }
}
