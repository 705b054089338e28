package dev.affray.cloud.console;

import dev.affray.camera.ArmingSchedule;
import java.time.Instant;
import java.util.Optional;

/** Says whether a camera is armed, and for how long. */
final class ArmingLine {
    private ArmingLine() {}

    /** By the clock of the schedule's own zone; empty for a camera that stays armed for ever. */
    static Optional<String> of(ArmingSchedule schedule, Instant now) {
        String state = schedule.armedAt(now) ? "Armed" : "Disarmed";
        Optional<Instant> change = schedule.nextChange(now);
        if (change.isEmpty()) {
            return schedule.armedAt(now) ? Optional.empty() : Optional.of(state + ", and nothing arms it again");
        }
        return Optional.of(
                state + " until " + Moment.of(change.get(), schedule.zone()).local());
    }
}
