package dev.affray.camera;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Finds the next change of a schedule: goes from one instant at which something might change to the next, and asks at each whether it has. */
final class ArmingChanges {
    /**
     * Between two turns everything repeats itself every week. So what has not changed by then changes at the next turn at the earliest, also where summer time
     * hides the only change of a week.
     */
    private static final Duration LONG_ENOUGH = Duration.ofDays(30);

    /** A turn is a date, and when that begins is not quite sure where clocks are put back over midnight. */
    private static final Duration EARLY = Duration.ofDays(2);

    private ArmingChanges() {}

    static Optional<Instant> after(ArmingSchedule schedule, Instant instant) {
        boolean armed = schedule.armedAt(instant);
        for (Instant turn : turns(schedule, instant)) {
            Instant end = turn.plus(LONG_ENOUGH);
            for (Instant at = turn; at.isBefore(end); at = next(schedule, at)) {
                if (schedule.armedAt(at) != armed) {
                    return Optional.of(at);
                }
            }
        }
        return Optional.empty();
    }

    /** From when on to look: from the instant itself, and again whenever exceptions or what was set by hand begin or end. */
    private static SortedSet<Instant> turns(ArmingSchedule schedule, Instant instant) {
        TreeSet<Instant> turns = new TreeSet<>();
        for (ArmingException exception : schedule.exceptions()) {
            for (LocalDate date : List.of(exception.first(), exception.last().plusDays(1))) {
                turns.add(date.atStartOfDay(schedule.zone()).toInstant().minus(EARLY));
            }
        }
        manual(schedule).forEach(turns::add);
        turns.removeIf(turn -> !turn.isAfter(instant));
        turns.add(instant);
        return turns;
    }

    /** The first instant after this one at which anything might change; at midnight at the latest. */
    private static Instant next(ArmingSchedule schedule, Instant at) {
        ZoneOffset offset = schedule.zone().getRules().getOffset(at);
        Instant edge = edge(schedule, LocalDateTime.ofInstant(at, offset)).toInstant(offset);
        ZoneOffsetTransition transition = schedule.zone().getRules().nextTransition(at);
        return Stream.concat(Stream.ofNullable(transition).map(ZoneOffsetTransition::getInstant), manual(schedule))
                .filter(other -> other.isAfter(at) && other.isBefore(edge))
                .min(Instant::compareTo)
                .orElse(edge);
    }

    /** As long as the clock goes on evenly. */
    private static LocalDateTime edge(ArmingSchedule schedule, LocalDateTime clock) {
        LocalDate day = clock.toLocalDate();
        return Stream.of(day.minusDays(1), day)
                .flatMap(begun -> schedule.hours(begun).stream())
                .flatMap(hours -> Stream.of(hours.from(), hours.to()))
                .filter(time -> time.isAfter(clock.toLocalTime()))
                .min(LocalTime::compareTo)
                .map(day::atTime)
                .orElseGet(() -> day.plusDays(1).atStartOfDay());
    }

    private static Stream<Instant> manual(ArmingSchedule schedule) {
        return schedule.override().stream()
                .flatMap(override -> Stream.concat(override.from().stream(), Stream.of(override.until())));
    }
}
