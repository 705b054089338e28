package dev.affray.agent.check;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How wrong this machine's clock is. */
final class ClockCheck {
    private static final String CLOCK = "clock";

    /** The services tell the time in whole seconds, and some time passes on the way. */
    private static final double UNNOTICED_SECONDS = 2;

    /** People would look for a fight in the wrong minute, and cameras be armed in the wrong one. */
    private static final double HARMFUL_SECONDS = 60;

    private static final String REMEDY =
            "Let this machine set its clock by itself (timedatectl set-ntp true) and let UDP port 123 out.";

    private ClockCheck() {}

    /** @param skewMillis this machine's clock minus a service's; null where none told the time */
    static Finding of(@Nullable Long skewMillis) {
        if (skewMillis == null) {
            return Finding.skip(CLOCK, "neither the credentials endpoint nor S3 told the time, see above");
        }
        double seconds = Math.abs(skewMillis) / 1000.0;
        if (seconds <= UNNOTICED_SECONDS) {
            return Finding.ok(CLOCK, "right within " + (int) UNNOTICED_SECONDS + " s");
        }
        String off = String.format(Locale.ROOT, "%.0f s %s", seconds, skewMillis > 0 ? "ahead" : "behind");
        return seconds <= HARMFUL_SECONDS
                ? Finding.warn(CLOCK, off + "; frames carry that time", REMEDY)
                : Finding.fail(CLOCK, off + "; frames and alarms carry that time", REMEDY);
    }
}
