package dev.affray.cloud.fleet;

import java.time.Duration;

/**
 * How long the watch looks at something before it believes it.
 *
 * @param gateway how long a gateway is offline, or silent, before it is gone
 * @param camera how long a camera gives no picture before it is gone
 * @param settled how long either is well before it is back; what comes and goes within that is one incident
 * @param judging how long frames may take from their upload until they are judged
 */
public record Patience(Duration gateway, Duration camera, Duration settled, Duration judging) {
    /** Unless told otherwise. */
    public static final Patience DEFAULT =
            new Patience(Duration.ofSeconds(90), Duration.ofMinutes(2), Duration.ofMinutes(5), Duration.ofMinutes(1));
}
