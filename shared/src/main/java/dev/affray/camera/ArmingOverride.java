package dev.affray.camera;

import java.time.Instant;
import java.util.Optional;

/**
 * What a person decided for a while, whatever the clock says.
 *
 * @param armed whether the camera is armed
 * @param from when that begins; absent: as if it had always been so
 * @param until when it is over
 */
public record ArmingOverride(boolean armed, Optional<Instant> from, Instant until) {
    boolean holds(Instant instant) {
        return instant.isBefore(until) && from.filter(instant::isBefore).isEmpty();
    }
}
