package dev.affray.camera;

import dev.affray.document.Fields;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads the times of an arming schedule. What is empty although it was there, or had to be, is a problem. */
final class ArmingTimes {
    private static final String END_OF_DAY = "24:00";
    private static final Form TIME = new Form("([01]\\d|2[0-3]):[0-5]\\d", "a time of day such as 22:00");
    private static final Form TIME_OR_END =
            new Form(TIME.pattern + "|" + END_OF_DAY, TIME.rule + ", or 24:00 for the end of the day");
    private static final Form DATE = new Form("\\d{4}-\\d{2}-\\d{2}", "a date such as 2026-12-25");

    private record Form(Pattern pattern, String rule) {
        Form(String pattern, String rule) {
            this(Pattern.compile(pattern), rule);
        }
    }

    private ArmingTimes() {}

    /** Hours: {@code from} and {@code to}. */
    static Optional<ArmedHours> hours(Fields fields) {
        Optional<String> from = text(fields, "from", TIME, true);
        Optional<String> to = text(fields, "to", TIME_OR_END, true);
        if (from.isPresent() && from.equals(to)) {
            fields.problem("to", "is the same as from; a whole day is from 00:00 to 24:00");
        }
        return from.flatMap(begin -> to.map(end -> new ArmedHours(time(begin), time(end))));
    }

    static Optional<LocalDate> date(Fields fields, String field, boolean required) {
        return parsed(fields, field, DATE, required, LocalDate::parse);
    }

    private static LocalTime time(String text) {
        return text.equals(END_OF_DAY) ? LocalTime.MIDNIGHT : LocalTime.parse(text);
    }

    private static <T> Optional<T> parsed(
            Fields fields, String field, Form form, boolean required, Function<String, T> parser) {
        return text(fields, field, form, required).flatMap(text -> {
            try {
                return Optional.of(parser.apply(text));
            } catch (DateTimeException e) {
                fields.problem(field, "is " + text + ", which is not in the calendar or not on the clock");
                return Optional.empty();
            }
        });
    }

    private static Optional<String> text(Fields fields, String field, Form form, boolean required) {
        if (required && !fields.has(field)) {
            fields.problem(field, "is missing; " + form.rule);
        }
        return fields.optionalText(field, form.pattern, form.rule)
                .filter(text -> form.pattern.matcher(text).matches());
    }
}
