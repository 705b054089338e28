package dev.affray.camera;

import java.time.LocalTime;

/**
 * A part of the day in which a camera is armed, by the clock on the wall. It belongs to the day on which it begins, and may end on the next.
 *
 * @param from when it begins
 * @param to when it is over; where that is not after {@code from}, on the next day: midnight is the end of the day
 */
public record ArmedHours(LocalTime from, LocalTime to) {
    /** From midnight to midnight. */
    public static final ArmedHours ALL_DAY = new ArmedHours(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT);

    /** Whether the clock shows a time in it on the day on which it begins. */
    boolean holds(LocalTime clock) {
        return !clock.isBefore(from) && (isOverMidnight() || clock.isBefore(to));
    }

    /** Whether the clock shows a time in it on the day after. */
    boolean holdsOnTheNextDay(LocalTime clock) {
        return isOverMidnight() && clock.isBefore(to);
    }

    private boolean isOverMidnight() {
        return !to.isAfter(from);
    }
}
