package dev.affray.camera;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * When a camera is armed: by hand, else by the clock on the wall of its zone. Only what that clock shows counts. So hours that it leaves out, as in the night in
 * which summer time begins, are armed on no day of their own, and hours that it shows twice are armed both times. Agent and cloud both ask this class.
 *
 * @param zone whose clock
 * @param weekly what begins on each day of the week; a day that is absent has nothing
 * @param exceptions days that differ; no day is in two of them
 * @param override goes before all else
 */
public record ArmingSchedule(
        ZoneId zone,
        Map<DayOfWeek, List<ArmedHours>> weekly,
        List<ArmingException> exceptions,
        Optional<ArmingOverride> override) {
    public ArmingSchedule {
        weekly = Map.copyOf(weekly);
        exceptions = List.copyOf(exceptions);
    }

    /** A camera that is always armed. */
    public static ArmingSchedule always(ZoneId zone) {
        return new ArmingSchedule(zone, everyDay(), List.of(), Optional.empty());
    }

    static Map<DayOfWeek, List<ArmedHours>> everyDay() {
        Map<DayOfWeek, List<ArmedHours>> week = new EnumMap<>(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            week.put(day, List.of(ArmedHours.ALL_DAY));
        }
        return week;
    }

    /** Whether the camera is armed at an instant. */
    public boolean armedAt(Instant instant) {
        return override.filter(manual -> manual.holds(instant))
                .map(ArmingOverride::armed)
                .orElseGet(() -> armedByTheClock(LocalDateTime.ofInstant(instant, zone)));
    }

    /** The first instant after this one at which the camera is armed and was not, or is not any more; empty where it stays as it is for ever. */
    public Optional<Instant> nextChange(Instant instant) {
        return ArmingChanges.after(this, instant);
    }

    private boolean armedByTheClock(LocalDateTime clock) {
        LocalDate day = clock.toLocalDate();
        return hours(day).stream().anyMatch(hours -> hours.holds(clock.toLocalTime()))
                || hours(day.minusDays(1)).stream().anyMatch(hours -> hours.holdsOnTheNextDay(clock.toLocalTime()));
    }

    /** What begins on a day. */
    List<ArmedHours> hours(LocalDate day) {
        List<ArmedHours> usual = weekly.getOrDefault(day.getDayOfWeek(), List.of());
        return exceptions.stream()
                .filter(exception -> exception.covers(day))
                .findFirst()
                .map(exception -> exception.instead(usual))
                .orElse(usual);
    }
}
