package dev.affray.agent.capture;

import dev.affray.camera.ArmingSchedule;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a camera is armed, by the wall clock as it is when that is asked. Nothing is waited for or remembered, so that a clock that was set counts at once.
 * For one thread.
 */
final class Arming {
    private static final Logger LOG = LoggerFactory.getLogger(Camera.class);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("EEE d MMM yyyy, HH:mm zzz", Locale.UK);

    private final String camera;
    private final ArmingSchedule schedule;
    private final CaptureClock clock;
    private boolean told = true;

    Arming(String camera, ArmingSchedule schedule, CaptureClock clock) {
        this.camera = camera;
        this.schedule = schedule;
        this.clock = clock;
    }

    /** Whether it was armed a moment ago. */
    boolean holdsBefore(long ageNanos) {
        return holdsAt(clock.wallBefore(ageNanos));
    }

    boolean holdsAt(Instant wall) {
        return schedule.armedAt(wall);
    }

    /** Writes a change to the log. A camera counts as armed at first. */
    void tell(boolean armed) {
        if (armed != told) {
            told = armed;
            LOG.info("camera {}: {}", camera, armed ? "armed" : "disarmed " + until(schedule, clock.wallBefore(0)));
        }
    }

    /** For how long it stays as it is, in words, by the clock of its own zone. */
    static String until(ArmingSchedule schedule, Instant now) {
        return schedule.nextChange(now)
                .map(change -> "until " + TIME.format(change.atZone(schedule.zone())))
                .orElse("until its schedule is changed");
    }
}
