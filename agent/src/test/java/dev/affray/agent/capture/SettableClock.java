package dev.affray.agent.capture;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The system's clock, set wrong by so much. */
final class SettableClock extends Clock {
    private volatile Duration ahead = Duration.ZERO;

    /** From now on it shows this, and goes on from there. */
    void set(Instant time) {
        ahead = Duration.between(Instant.now(), time);
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
