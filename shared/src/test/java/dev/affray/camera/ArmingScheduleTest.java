package dev.affray.camera;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.document.Documents;
import dev.affray.document.Json;
import dev.affray.document.Reading;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArmingScheduleTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void isAlwaysArmed_whereNothingIsSaid() {
        ArmingSchedule schedule = read("{}");

        assertThat(schedule).isEqualTo(ArmingSchedule.always(BERLIN));
        assertThat(schedule.armedAt(Instant.EPOCH)).isTrue();
        assertThat(schedule.nextChange(Instant.EPOCH)).isEmpty();
    }

    @Test
    void isNeverArmed_whenThatIsSaid() {
        ArmingSchedule schedule = read("{\"weekly\": \"never\"}");

        assertThat(schedule.armedAt(Instant.EPOCH)).isFalse();
        assertThat(schedule.nextChange(Instant.EPOCH)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-16T21:59:59, false",
        "2026-11-16T22:00:00, true",
        "2026-11-17T05:59:59, true",
        "2026-11-17T06:00:00, false",
        "2026-11-17T23:00:00, false",
        "2026-11-22T23:00:00, false",
        "2026-11-23T01:00:00, false",
    })
    void aWindowOverMidnightBelongsToTheDayOnWhichItBegins(LocalDateTime clock, boolean armed) {
        ArmingSchedule schedule = read("{\"weekly\": [{\"days\": [\"mon\"], \"from\": \"22:00\", \"to\": \"06:00\"}]}");

        assertThat(schedule.armedAt(at(clock))).isEqualTo(armed);
    }

    @ParameterizedTest
    @CsvSource({
        // What the 24th begins goes on to its end; nothing begins on the 25th and 26th; the 27th is as ever.
        "never, 2026-12-25T05:59, true",
        "never, 2026-12-25T23:00, false",
        "never, 2026-12-26T05:00, false",
        "never, 2026-12-26T23:00, false",
        "never, 2026-12-27T05:00, false",
        "never, 2026-12-27T23:00, true",
        // All of both days, and the night after them.
        "always, 2026-12-24T21:59, false",
        "always, 2026-12-25T12:00, true",
        "always, 2026-12-26T23:59, true",
        "always, 2026-12-27T05:59, true",
        "always, 2026-12-27T06:00, false",
    })
    void anExceptionChangesWhatBeginsOnItsDays(String word, LocalDateTime clock, boolean armed) {
        ArmingSchedule schedule = read("""
                {"weekly": [{"days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "from": "22:00", "to": "06:00"}],
                 "exceptions": [{"date": "2026-12-25", "through": "2026-12-26", "armed": "%s"}]}""".formatted(word));

        assertThat(schedule.armedAt(at(clock))).isEqualTo(armed);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-09-12T13:59, false",
        "2026-09-12T14:00, true",
        "2026-09-12T18:00, false",
        "2026-09-13T01:59, true",
        "2026-09-13T02:00, false",
        "2026-09-13T14:00, false",
    })
    void anExceptionMayHaveHoursOfItsOwn(LocalDateTime clock, boolean armed) {
        assertThat(example("armed-for-events-alone")
                        .armedAt(clock.atZone(ZoneId.of("Europe/London")).toInstant()))
                .isEqualTo(armed);
    }

    @Test
    void whatWasSetByHandGoesBeforeAllElse_andEndsOnTheSecond() {
        ArmingSchedule schedule = read("""
                {"weekly": "never", "exceptions": [{"date": "2026-12-01", "armed": "never"}],
                 "override": {"armed": "always", "from": "2026-12-01T08:00:00Z", "until": "2026-12-01T10:00:00+01:00"}}""");
        Instant from = Instant.parse("2026-12-01T08:00:00Z");
        Instant until = Instant.parse("2026-12-01T09:00:00Z");

        assertThat(schedule.armedAt(from.minusNanos(1))).isFalse();
        assertThat(schedule.armedAt(from)).isTrue();
        assertThat(schedule.armedAt(until.minusNanos(1))).isTrue();
        assertThat(schedule.armedAt(until)).isFalse();
        assertThat(schedule.nextChange(Instant.EPOCH)).contains(from);
        assertThat(schedule.nextChange(from)).contains(until);
        assertThat(schedule.nextChange(until)).isEmpty();
    }

    @Test
    void whatWasSetByHandWithoutABeginningHasAlwaysBeenSo() {
        ArmingSchedule schedule = read("{\"override\": {\"armed\": \"never\", \"until\": \"2026-12-01T08:00Z\"}}");

        assertThat(schedule.armedAt(Instant.EPOCH)).isFalse();
        assertThat(schedule.nextChange(Instant.EPOCH)).contains(Instant.parse("2026-12-01T08:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource({
        // 02:00 to 03:00 is left out on 29 March 2026, and shown twice on 25 October.
        "2026-03-28, 01:00, 04:00, 3",
        "2026-03-29, 01:00, 04:00, 2",
        "2026-10-25, 01:00, 04:00, 4",
        "2026-03-29, 02:00, 03:00, 0",
        "2026-03-29, 02:30, 04:00, 1",
        "2026-03-29, 01:00, 02:30, 1",
        "2026-10-25, 02:00, 03:00, 2",
        "2026-10-25, 02:30, 03:00, 1",
    })
    void hoursLeftOutDoNotCount_andHoursShownTwiceCountTwice(
            LocalDate day, LocalTime from, LocalTime to, double hours) {
        ArmingSchedule schedule = only(BERLIN, day, new ArmedHours(from, to));

        assertThat(armed(schedule, day).toMinutes()).isEqualTo(Math.round(hours * 60));
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin, 2026-03-29, 23",
        "Europe/Berlin, 2026-10-25, 25",
        "America/New_York, 2026-03-08, 23",
        "America/New_York, 2026-11-01, 25",
        "Australia/Lord_Howe, 2026-10-04, 23.5",
        "Australia/Lord_Howe, 2026-04-05, 24.5",
        // Clocks go forward at midnight.
        "America/Havana, 2026-03-08, 23",
        // And went back a minute after it.
        "America/St_Johns, 2010-11-06, 24.98333",
        // The day that Samoa left out.
        "Pacific/Apia, 2011-12-29, 24",
        "Pacific/Apia, 2011-12-30, 0",
        "Pacific/Apia, 2011-12-31, 24",
    })
    void aWholeDayIsAsLongAsItIs(ZoneId zone, LocalDate day, double hours) {
        ArmingSchedule schedule = only(zone, day, ArmedHours.ALL_DAY);

        assertThat(armed(schedule, day).toMinutes()).isEqualTo(Math.round(hours * 60));
    }

    @Test
    void anHourShownTwiceIsArmedBothTimes_alsoWhereTheWindowEndsInIt() {
        ArmingSchedule schedule = only(
                BERLIN,
                LocalDate.parse("2026-10-25"),
                new ArmedHours(LocalTime.parse("01:00"), LocalTime.parse("02:30")));

        assertThat(changes(schedule, Instant.parse("2026-10-24T12:00:00Z"), 4))
                .containsExactly(
                        Instant.parse("2026-10-24T23:00:00Z"),
                        Instant.parse("2026-10-25T00:30:00Z"),
                        Instant.parse("2026-10-25T01:00:00Z"),
                        Instant.parse("2026-10-25T01:30:00Z"));
    }

    @Test
    void findsTheNextChange_alsoBehindALongException() {
        ArmingSchedule schedule = read("""
                {"weekly": [{"days": ["mon"], "from": "08:00", "to": "09:00"}],
                 "exceptions": [{"date": "2026-12-01", "through": "2027-11-30", "armed": "never"},
                                {"date": "2040-02-29", "armed": "always"}]}""");

        assertThat(changes(schedule, at(LocalDateTime.parse("2026-11-30T12:00")), 2))
                .containsExactly(
                        at(LocalDateTime.parse("2027-12-06T08:00")), at(LocalDateTime.parse("2027-12-06T09:00")));
    }

    @Test
    void findsAChangeThatIsYearsAway() {
        ArmingSchedule schedule = read("{\"exceptions\": [{\"date\": \"2040-02-29\", \"armed\": \"never\"}]}");

        assertThat(changes(schedule, at(LocalDateTime.parse("2026-11-30T12:00")), 3))
                .containsExactly(
                        at(LocalDateTime.parse("2040-02-29T00:00")), at(LocalDateTime.parse("2040-03-01T00:00")));
    }

    @Test
    void readsTheClockOfTheSite_unlessAnotherIsNamed() {
        assertThat(read("{\"zone\": \"America/New_York\"}").zone()).isEqualTo(ZoneId.of("America/New_York"));
        assertThat(read("{}").zone()).isEqualTo(BERLIN);
    }

    @Test
    void theSchoolIsArmedAtNightOnWeekendsAndInTheHolidays() {
        ArmingSchedule school = example("school");

        assertThat(changes(school, Instant.parse("2026-11-20T12:00:00Z"), 4))
                .containsExactly(
                        Instant.parse("2026-11-20T17:00:00Z"),
                        Instant.parse("2026-11-23T07:30:00Z"),
                        Instant.parse("2026-11-23T17:00:00Z"),
                        Instant.parse("2026-11-24T07:30:00Z"));
        assertThat(changes(school, Instant.parse("2026-11-27T12:00:00Z"), 1))
                .as("an evening for parents")
                .containsExactly(Instant.parse("2026-11-27T22:00:00Z"));
        assertThat(changes(school, Instant.parse("2026-12-18T12:00:00Z"), 2))
                .as("the holidays, and the night after them")
                .containsExactly(Instant.parse("2026-12-18T17:00:00Z"), Instant.parse("2027-01-04T07:30:00Z"));
    }

    /** What begins on that day of the week, on this day alone. */
    private static ArmingSchedule only(ZoneId zone, LocalDate day, ArmedHours hours) {
        return new ArmingSchedule(
                zone,
                Map.<DayOfWeek, List<ArmedHours>>of(),
                List.of(new ArmingException(day, day, false, List.of(hours))),
                Optional.empty());
    }

    /** How long a camera is armed from the day before to the day after. */
    private static Duration armed(ArmingSchedule schedule, LocalDate day) {
        Instant at = day.minusDays(1).atStartOfDay(schedule.zone()).toInstant();
        Duration armed = Duration.ZERO;
        for (Instant change : changes(schedule, at, 20)) {
            armed = armed.plus(schedule.armedAt(at) ? Duration.between(at, change) : Duration.ZERO);
            at = change;
        }
        assertThat(schedule.armedAt(at)).isFalse();
        return armed;
    }

    private static List<Instant> changes(ArmingSchedule schedule, Instant from, int most) {
        return Stream.iterate(schedule.nextChange(from), Optional::isPresent, at -> at.flatMap(schedule::nextChange))
                .limit(most)
                .flatMap(Optional::stream)
                .toList();
    }

    private static Instant at(LocalDateTime clock) {
        return clock.atZone(BERLIN).toInstant();
    }

    private static ArmingSchedule read(String arming) {
        return schedule(CameraDocument.read(Json.tree(
                "{\"name\": \"Door\", \"site\": {\"name\": \"School\", \"zone\": \"Europe/Berlin\"}, \"arming\": "
                        + arming + "}")));
    }

    private static ArmingSchedule example(String name) {
        return schedule(CameraDocument.read(Documents.read("examples/good/camera/" + name + ".json")));
    }

    private static ArmingSchedule schedule(Reading<CameraConfig> reading) {
        return ((Reading.Accepted<CameraConfig>) reading).value().arming();
    }
}
