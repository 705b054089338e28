package dev.affray.cloud.state;

import dev.affray.health.CameraHealth;
import dev.affray.health.HealthReport;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a camera has stood in its gateway's reports for a while.
 *
 * @param well whether it does what it should, see {@link dev.affray.health.CameraState#isWell}
 * @param since when that began, by the cloud's clock; no earlier than the reports came without a gap
 * @param mark its books at most {@link #MARK_EVERY} and a report ago
 * @param before the mark before that; absent in the first minutes after the agent or the reports began
 */
public record Standing(
        boolean well, Instant since, Mark mark, @Nullable Mark before) {
    /** How long a mark stands before the next is made. */
    public static final Duration MARK_EVERY = Duration.ofMinutes(3);

    /**
     * Two of a camera's books at one moment.
     *
     * @param heardAt when, by the cloud's clock
     * @param sentAt when, by the gateway's, which also stamps frames
     * @param spooled frames kept for sending
     * @param uploaded frames sent
     */
    public record Mark(Instant heardAt, Instant sentAt, long spooled, long uploaded) {}

    /** @param earlier absent where it was not in the report before, or that was long ago */
    static Standing after(@Nullable Standing earlier, CameraHealth health, HealthReport report, Instant heardAt) {
        boolean well = health.state().isWell();
        Instant since = earlier != null && earlier.well == well ? earlier.since : heardAt;
        Mark now = new Mark(
                heardAt,
                report.sentAt(),
                health.counts().spooled(),
                health.counts().uploaded());
        if (earlier == null || !continues(earlier.mark, now)) {
            return new Standing(well, since, now, null);
        }
        boolean due = !now.sentAt.isBefore(earlier.mark.sentAt.plus(MARK_EVERY));
        return due
                ? new Standing(well, since, now, earlier.mark)
                : new Standing(well, since, earlier.mark, earlier.before);
    }

    /** Not where the agent began anew, whose books then are empty, or its clock was set back. */
    private static boolean continues(Mark earlier, Mark now) {
        return now.spooled >= earlier.spooled
                && now.uploaded >= earlier.uploaded
                && !now.sentAt.isBefore(earlier.sentAt);
    }
}
