package dev.affray.agent.check;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All findings of one run; also its JSON.
 *
 * @param thing the gateway; null where the configuration does not tell
 * @param version of the agent
 * @param at when it began, by this machine's clock
 * @param healthy whether nothing failed
 * @param checks in the order in which they were made
 */
public record CheckReport(@Nullable String thing, String version, Instant at, boolean healthy, List<Finding> checks) {
    public CheckReport {
        checks = List.copyOf(checks);
    }

    /** A report of these findings. */
    public static CheckReport of(@Nullable String thing, String version, Instant at, List<Finding> checks) {
        return new CheckReport(
                thing, version, at, checks.stream().noneMatch(finding -> finding.outcome() == Outcome.FAIL), checks);
    }

    /** The last line for people. */
    public String summary() {
        return "%d ok, %d to mend, %d failed, %d skipped"
                .formatted(count(Outcome.OK), count(Outcome.WARN), count(Outcome.FAIL), count(Outcome.SKIP));
    }

    private long count(Outcome outcome) {
        return checks.stream().filter(finding -> finding.outcome() == outcome).count();
    }
}
