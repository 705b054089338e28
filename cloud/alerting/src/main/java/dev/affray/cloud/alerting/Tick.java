package dev.affray.cloud.alerting;

import dev.affray.camera.AlertRule;
import dev.affray.cloud.state.Condition;
import dev.affray.cloud.state.Head;
import dev.affray.cloud.state.IncidentStore;
import dev.affray.cloud.state.Mute;
import dev.affray.frame.CameraId;
import dev.affray.incident.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is due once a minute, for every head with an open incident or a mute:
 *
 * <pre>
 * mute               what is over is closed without having been announced; a mute whose time is up ends
 * Alerting.catchUp   what the change feed has lost is announced now, or waits
 * close              incidents that nothing has continued, conditions that have ended, and only those that are announced or wait for it
 * prune              a head that holds much history is relieved of it
 * </pre>
 *
 * and then, once, what waits and is due: escalations, digests, what nobody took before. The change feed is the quick way to an announcement, this the sure one:
 * an incident stays open, and so in reach, until it is announced or waits.
 */
public final class Tick {
    /** A head that grew beyond this hands its oldest incidents to the history, however recent they are. */
    static final int MOST_IN_HEAD = 100;

    private static final Duration RECENT = Duration.ofHours(24);
    private static final Logger log = LoggerFactory.getLogger(Tick.class);

    private final IncidentStore incidents;
    private final Alerting alerting;
    private final Function<CameraId, AlertRule> rules;

    public Tick(IncidentStore incidents, Alerting alerting, Function<CameraId, AlertRule> rules) {
        this.incidents = incidents;
        this.alerting = alerting;
        this.rules = rules;
    }

    /**
     * What came of the open heads.
     *
     * @param closed incidents closed
     * @param postponed heads, and channels, with something that cannot be announced now; the next tick comes
     * @param failed heads and messages that failed otherwise, such as by a store that is out of reach; the next tick comes
     */
    public record Outcome(int closed, int postponed, int failed) {}

    /**
     * Does what is due. A head that fails does not keep the others from their turn. Losing a race to a worker is no harm: the next tick comes.
     *
     * @param now the cloud's clock; a far future closes everything that is open and announced, but for conditions that last
     */
    public Outcome run(Instant now) {
        int closed = 0;
        int postponed = 0;
        int failed = 0;
        for (Head open : incidents.openHeads()) {
            try {
                closed += run(open, now);
            } catch (Alerting.Postponed e) {
                postponed++;
                log.warn("{} {} {} stays open: {}", open.camera(), open.kind(), open.line(), e.getMessage());
            } catch (RuntimeException e) {
                failed++;
                log.error("the tick failed for {} {} {}", open.camera(), open.kind(), open.line(), e);
            }
        }
        DueMessages.Result due = alerting.announceDue();
        return new Outcome(closed, postponed + due.postponed(), failed + due.failed());
    }

    private int run(Head open, Instant now) throws Alerting.Postponed {
        Head head = open;
        int closed = 0;
        Mute mute = open.mute();
        if (mute != null && mute.ended() == null) {
            // Nobody is told of what was over before its mute was.
            Instant muted = mute.holds(now) ? now : mute.until().minusMillis(1);
            Head quiet = close(head, muted);
            closed += quiet.version() == head.version() ? 0 : quiet.changed().size();
            Head over = quiet.muteOver(now);
            head = over.version() == quiet.version() || incidents.replace(over) ? over : quiet;
        }
        alerting.catchUp(head);
        Head quiet = close(head, now);
        if (quiet.version() == head.version()) {
            return closed;
        }
        prune(quiet);
        return closed + quiet.changed().size();
    }

    /** The head with what is over closed, as it is stored then; the very head when nothing is, or the race was lost to a worker. */
    private Head close(Head head, Instant now) {
        Head quiet = closing(head, now);
        if (quiet.version() == head.version() || !incidents.replace(quiet)) {
            return head;
        }
        quiet.changed().forEach(incidents::project);
        return quiet;
    }

    /** A condition is over when whoever watches it says so, however long it lasts. */
    private Head closing(Head head, Instant now) {
        if (head.kind().isCondition()) {
            return Condition.close(head, now);
        }
        AlertRule rule = rules.apply(head.camera());
        return head.closing(rule.closeAfter(), rule.maxLag(), now);
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
