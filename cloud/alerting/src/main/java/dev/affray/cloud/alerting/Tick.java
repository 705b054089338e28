package dev.affray.cloud.alerting;

import dev.affray.camera.AlertRule;
import dev.affray.cloud.state.Head;
import dev.affray.cloud.state.IncidentStore;
import dev.affray.frame.CameraId;
import dev.affray.incident.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** What is due once a minute: incidents that nothing has continued are closed, and heads that hold much history are relieved of it. */
public final class Tick {
    /** A head that grew beyond this hands its oldest incidents to the history, however recent they are. */
    static final int MOST_IN_HEAD = 100;

    private static final Duration RECENT = Duration.ofHours(24);

    private final IncidentStore incidents;
    private final Function<CameraId, AlertRule> rules;

    public Tick(IncidentStore incidents, Function<CameraId, AlertRule> rules) {
        this.incidents = incidents;
        this.rules = rules;
    }

    /**
     * Closes what is due. Losing a race to a worker is no harm: the next tick comes.
     *
     * @param now the cloud's clock; a far future closes everything that is open
     */
    public void run(Instant now) {
        for (Head open : incidents.openHeads()) {
            AlertRule rule = rules.apply(open.camera());
            Head head = incidents.head(open.camera(), open.kind(), open.line());
            Head closed = head.closing(rule.closeAfter(), rule.maxLag(), now);
            if (closed.version() > head.version() && incidents.replace(closed)) {
                prune(closed);
            }
        }
    }

    private void prune(Head head) {
        Head pruned = head.pruning(oldestKept(head), this::isInHistory);
        if (pruned.version() > head.version()) {
            incidents.replace(pruned);
        }
    }

    private static Instant oldestKept(Head head) {
        List<Incident> all = head.incidents();
        Instant byAge = all.getLast().lastPositive().minus(RECENT);
        if (all.size() <= MOST_IN_HEAD) {
            return byAge;
        }
        Instant byCount = all.get(all.size() - MOST_IN_HEAD).opened();
        return byCount.isAfter(byAge) ? byCount : byAge;
    }

    private boolean isInHistory(Incident incident) {
        return incidents.find(incident.id()).filter(incident::equals).isPresent();
    }
}
