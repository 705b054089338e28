package dev.affray.camera;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/**
 * Days that are not like the others of their weekday. What began on the day before them goes on to its end, and what begins on the last of them may reach
 * over its midnight.
 *
 * @param first the first of them
 * @param last the last of them
 * @param allDay whether the camera is armed all day; what the week begins on these days is armed as well, so that their nights are
 * @param hours else, what stands in the place of the week's; none means that nothing begins on these days
 */
public record ArmingException(LocalDate first, LocalDate last, boolean allDay, List<ArmedHours> hours) {
    public ArmingException {
        hours = List.copyOf(hours);
    }

    boolean covers(LocalDate day) {
        return !day.isBefore(first) && !day.isAfter(last);
    }

    boolean meets(ArmingException other) {
        return covers(other.first) || other.covers(first);
    }

    /** @param usual what begins on the day in any other week */
    List<ArmedHours> instead(List<ArmedHours> usual) {
        return allDay
                ? Stream.concat(Stream.of(ArmedHours.ALL_DAY), usual.stream()).toList()
                : hours;
    }
}
