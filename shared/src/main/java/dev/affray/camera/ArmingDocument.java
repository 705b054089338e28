package dev.affray.camera;

import dev.affray.document.Fields;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads the arming schedule of a camera document. */
final class ArmingDocument {
    private static final int MOST_WINDOWS = 32;
    private static final int MOST_EXCEPTIONS = 64;

    /** The longest exception, in days: a leap year. */
    private static final int LONGEST = 366;

    private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
    private static final Pattern WORD = Pattern.compile("always|never");
    private static final String OVERRIDE_RULE = "always or never";
    private static final String EXCEPTION_RULE = "always, never or an array of hours {from, to}";
    private static final String WEEKLY_RULE = "always, never or an array of hours {days, from, to}";

    /** Some days of the week, and what begins on each. */
    private record Window(List<DayOfWeek> days, Optional<ArmedHours> hours) {}

    private ArmingDocument() {}

    /** @param siteZone whose clock counts where the document names none */
    static ArmingSchedule read(Fields fields, ZoneId siteZone) {
        return new ArmingSchedule(
                Zone.read(fields, "zone").orElse(siteZone),
                weekly(fields),
                exceptions(fields),
                fields.optionalObject("override", ArmingDocument::override).flatMap(read -> read));
    }

    private static Map<DayOfWeek, List<ArmedHours>> weekly(Fields fields) {
        if (!fields.holdsArray("weekly")) {
            return word(fields, "weekly", WEEKLY_RULE).orElse(true) ? ArmingSchedule.everyDay() : Map.of();
        }
        Map<DayOfWeek, List<ArmedHours>> week = new EnumMap<>(DayOfWeek.class);
        for (Window window : windows(fields, "weekly", ArmingDocument::window)) {
            for (DayOfWeek day : window.days()) {
                window.hours()
                        .ifPresent(hours -> week.computeIfAbsent(day, _ -> new ArrayList<>())
                                .add(hours));
            }
        }
        return week;
    }

    private static Window window(Fields fields) {
        Set<String> seen = new HashSet<>();
        List<String> days = fields.texts("days", DAYS.size(), day -> {
            if (!DAYS.contains(day)) {
                return Optional.of("'" + day + "' is not a day of the week; they are " + String.join(", ", DAYS));
            }
            return seen.add(day) ? Optional.empty() : Optional.of("is " + day + " again; name each day once");
        });
        if (!fields.has("days") || (fields.holdsArray("days") && days.isEmpty())) {
            fields.problem("days", "names no day; write those on which it begins, such as [\"mon\", \"tue\"]");
        }
        return new Window(
                seen.stream().map(day -> DayOfWeek.of(DAYS.indexOf(day) + 1)).toList(), ArmingTimes.hours(fields));
    }

    private static List<ArmingException> exceptions(Fields fields) {
        List<Optional<ArmingException>> read = fields.objects("exceptions", MOST_EXCEPTIONS, ArmingDocument::exception);
        for (int i = 0; i < read.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (meet(read.get(i), read.get(j))) {
                    fields.problem(
                            "exceptions[" + i + "].date",
                            "has days that exceptions[" + j + "] has as well; a day can be in one of them only");
                }
            }
        }
        return read.stream().flatMap(Optional::stream).toList();
    }

    private static boolean meet(Optional<ArmingException> one, Optional<ArmingException> other) {
        return one.isPresent() && other.isPresent() && one.get().meets(other.get());
    }

    private static Optional<ArmingException> exception(Fields fields) {
        Optional<LocalDate> first = ArmingTimes.date(fields, "date", true);
        Optional<LocalDate> last = ArmingTimes.date(fields, "through", false).or(() -> first);
        boolean allDay = false;
        List<ArmedHours> hours = List.of();
        if (fields.holdsArray("armed")) {
            hours = windows(fields, "armed", ArmingTimes::hours).stream()
                    .flatMap(Optional::stream)
                    .toList();
        } else {
            allDay = armed(fields, EXCEPTION_RULE);
        }
        if (first.isEmpty() || last.isEmpty()) {
            return Optional.empty();
        }
        long days = ChronoUnit.DAYS.between(first.get(), last.get()) + 1;
        if (days < 1 || days > LONGEST) {
            fields.problem(
                    "through", "is " + last.get() + "; must be from date to " + (LONGEST - 1) + " days after it");
            return Optional.empty();
        }
        return Optional.of(new ArmingException(first.get(), last.get(), allDay, hours));
    }

    private static Optional<ArmingOverride> override(Fields fields) {
        boolean armed = armed(fields, OVERRIDE_RULE);
        Optional<Instant> from = fields.optionalInstant("from");
        Optional<Instant> until = fields.instant("until");
        if (from.isPresent() && until.isPresent() && !until.get().isAfter(from.get())) {
            fields.problem("until", "is " + until.get() + "; must be after from, which is " + from.get());
        }
        return until.map(end -> new ArmingOverride(armed, from, end));
    }

    private static <T> List<T> windows(Fields fields, String field, Function<Fields, T> shape) {
        int problems = fields.problems().size();
        List<T> windows = fields.objects(field, MOST_WINDOWS, shape);
        if (windows.isEmpty() && fields.problems().size() == problems) {
            fields.problem(field, "is empty; write never if that is meant");
        }
        return windows;
    }

    private static boolean armed(Fields fields, String rule) {
        if (!fields.has("armed")) {
            fields.problem("armed", "is missing; " + rule);
        }
        return word(fields, "armed", rule).orElse(false);
    }

    /** Whether the word is always; empty where there is none. */
    private static Optional<Boolean> word(Fields fields, String field, String rule) {
        return fields.optionalText(field, WORD, rule).map("always"::equals);
    }
}
