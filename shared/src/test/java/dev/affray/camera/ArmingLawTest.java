package dev.affray.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Laws of every schedule, held by generated ones around changes of the clocks: in every zone, and in years from 1900 to 2100. The same in every run. */
class ArmingLawTest {
    private static final Instant FIRST = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("2100-01-01T00:00:00Z");

    private static final List<Case> CASES = cases();

    /** A schedule, and an instant near which something happens. */
    private record Case(ArmingSchedule schedule, Instant middle) {
        Instant begin() {
            return middle.minus(Duration.ofHours(15)).truncatedTo(ChronoUnit.MINUTES);
        }

        Instant end() {
            return middle.plus(Duration.ofHours(15));
        }
    }

    private static List<Case> cases() {
        SplittableRandom random = new SplittableRandom(1883);
        List<Case> cases = new ArrayList<>();
        for (String zone : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
            Instant middle = turnOf(ZoneId.of(zone), random);
            cases.add(new Case(schedule(ZoneId.of(zone), middle, random), middle));
        }
        return cases;
    }

    /** Some change of the clocks, before or after some instant; that instant where there is none. */
    private static Instant turnOf(ZoneId zone, SplittableRandom random) {
        Instant some = Instant.ofEpochSecond(random.nextLong(FIRST.getEpochSecond(), LAST.getEpochSecond()));
        ZoneOffsetTransition next = zone.getRules().nextTransition(some);
        ZoneOffsetTransition turn = next == null ? zone.getRules().previousTransition(some) : next;
        return turn == null || turn.getInstant().isBefore(FIRST) ? some : turn.getInstant();
    }

    private static ArmingSchedule schedule(ZoneId zone, Instant middle, SplittableRandom random) {
        Map<DayOfWeek, List<ArmedHours>> weekly = new EnumMap<>(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            weekly.put(day, hours(random, random.nextInt(3)));
        }
        LocalDate day = LocalDate.ofInstant(middle, zone).plusDays(random.nextInt(-2, 2));
        List<ArmingException> exceptions = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            LocalDate last = day.plusDays(random.nextInt(3));
            exceptions.add(new ArmingException(day, last, random.nextInt(3) == 0, hours(random, random.nextInt(3))));
            day = last.plusDays(random.nextInt(1, 3));
        }
        return new ArmingSchedule(zone, weekly, exceptions, Optional.empty());
    }

    /** Mostly at night, when clocks are changed. */
    private static List<ArmedHours> hours(SplittableRandom random, int count) {
        return Stream.generate(() -> new ArmedHours(time(random), time(random)))
                .limit(count)
                .toList();
    }

    private static LocalTime time(SplittableRandom random) {
        int minute = random.nextInt(random.nextBoolean() ? 4 * 60 : 24 * 60);
        return LocalTime.MIDNIGHT.plusMinutes(random.nextBoolean() ? minute / 30 * 30 : minute);
    }

    @Test
    void everyMinuteIsArmedAsTheClockOnTheWallSays() {
        assertThat(CASES).hasSizeGreaterThan(500).allSatisfy(ArmingLawTest::readsTheClock);
    }

    private static void readsTheClock(Case given) {
        ArmingSchedule schedule = given.schedule();
        assertThat(instants(given.begin(), given.end(), 60))
                .as("of %s", schedule)
                .allMatch(
                        at -> schedule.armedAt(at) == naively(schedule, LocalDateTime.ofInstant(at, schedule.zone())));
    }

    @Test
    void theNextChangeIsTheFirstInstantThatDiffers_andTheArmedTimesAddUp() {
        assertThat(CASES).hasSizeGreaterThan(500).allSatisfy(ArmingLawTest::walksFromChangeToChange);
    }

    private static void walksFromChangeToChange(Case given) {
        ArmingSchedule schedule = given.schedule();
        Instant at = given.begin();
        Duration armed = Duration.ZERO;
        while (at.isBefore(given.end())) {
            Instant next = schedule.nextChange(at).filter(given.end()::isAfter).orElse(given.end());
            boolean now = schedule.armedAt(at);
            assertThat(instants(at, next, 299))
                    .as("of %s", schedule)
                    .allMatch(between -> schedule.armedAt(between) == now);
            assertThat(schedule.armedAt(next.minusNanos(1)))
                    .as("before %s of %s", next, schedule)
                    .isEqualTo(now);
            if (next.isBefore(given.end())) {
                assertThat(schedule.armedAt(next))
                        .as("%s of %s", next, schedule)
                        .isEqualTo(!now);
            }
            armed = armed.plus(now ? Duration.between(at, next) : Duration.ZERO);
            at = next;
        }
        assertThat(armed).as("of %s", schedule).isEqualTo(counted(given));
    }

    @Test
    void whatWasSetByHandHoldsFromItsBeginningUntilItsEnd_andNoLonger() {
        assertThat(CASES).hasSizeGreaterThan(500).allSatisfy(ArmingLawTest::setsByHand);
    }

    private static void setsByHand(Case given) {
        ArmingSchedule schedule = given.schedule();
        Instant from = given.middle().minusSeconds(5000);
        Instant until = given.middle().plusSeconds(7000);
        for (boolean armed : new boolean[] {false, true}) {
            ArmingSchedule manual = new ArmingSchedule(
                    schedule.zone(),
                    schedule.weekly(),
                    schedule.exceptions(),
                    Optional.of(new ArmingOverride(armed, Optional.of(from), until)));
            for (Instant at : List.of(from, given.middle(), until.minusNanos(1))) {
                assertThat(manual.armedAt(at)).as("%s of %s", at, manual).isEqualTo(armed);
            }
            for (Instant at : List.of(given.begin(), from.minusNanos(1), until, given.end())) {
                assertThat(manual.armedAt(at)).as("%s of %s", at, manual).isEqualTo(schedule.armedAt(at));
            }
            assertThat(manual.nextChange(from))
                    .as("of %s", manual)
                    .hasValueSatisfying(next -> assertThat(next).isAfterOrEqualTo(until));
        }
    }

    @Test
    void aDayThatIsArmedAllDayIsArmedWheneverItWasBefore() {
        assertThat(CASES).hasSizeGreaterThan(500).allSatisfy(ArmingLawTest::armsAllDay);
    }

    private static void armsAllDay(Case given) {
        ArmingSchedule schedule = given.schedule();
        ArmingSchedule usual = new ArmingSchedule(schedule.zone(), schedule.weekly(), List.of(), Optional.empty());
        LocalDate day = LocalDate.ofInstant(given.middle(), schedule.zone());
        ArmingSchedule more = new ArmingSchedule(
                schedule.zone(),
                schedule.weekly(),
                List.of(new ArmingException(day, day, true, List.of())),
                Optional.empty());
        assertThat(instants(given.begin(), given.end(), 300))
                .as("of %s", more)
                .allMatch(at -> more.armedAt(at)
                        == (LocalDate.ofInstant(at, schedule.zone()).equals(day) || usual.armedAt(at)));
    }

    private static List<Instant> instants(Instant from, Instant to, long seconds) {
        return Stream.iterate(from, to::isAfter, at -> at.plusSeconds(seconds)).toList();
    }

    /** By counting every minute that the clock shows; not every offset of old is of whole minutes, but then none of these is armed in part. */
    private static Duration counted(Case given) {
        ArmingSchedule schedule = given.schedule();
        List<Instant> edges = new ArrayList<>();
        ZoneOffsetTransition turn =
                schedule.zone().getRules().nextTransition(given.begin().minusNanos(1));
        while (turn != null && turn.getInstant().isBefore(given.end())) {
            edges.add(turn.getInstant());
            turn = schedule.zone().getRules().nextTransition(turn.getInstant());
        }
        edges.add(given.end());
        Duration armed = Duration.ZERO;
        Instant at = given.begin();
        for (Instant edge : edges) {
            while (at.isBefore(edge)) {
                LocalDateTime clock = LocalDateTime.ofInstant(at, schedule.zone());
                Instant next = at.plusSeconds(60 - clock.getSecond());
                Instant end = next.isBefore(edge) ? next : edge;
                armed = armed.plus(naively(schedule, clock) ? Duration.between(at, end) : Duration.ZERO);
                at = end;
            }
        }
        return armed;
    }

    /** Reads the clock as a person would: is it, in whole minutes, in what began today or in what began yesterday? */
    private static boolean naively(ArmingSchedule schedule, LocalDateTime clock) {
        int minute = clock.getHour() * 60 + clock.getMinute();
        return begun(schedule, clock.toLocalDate(), minute)
                || begun(schedule, clock.toLocalDate().minusDays(1), minute + 24 * 60);
    }

    private static boolean begun(ArmingSchedule schedule, LocalDate day, int minute) {
        List<ArmedHours> hours = new ArrayList<>(schedule.weekly().get(day.getDayOfWeek()));
        for (ArmingException exception : schedule.exceptions()) {
            if (!exception.first().isAfter(day) && !exception.last().isBefore(day)) {
                if (!exception.allDay()) {
                    hours.clear();
                    hours.addAll(exception.hours());
                } else if (minute < 24 * 60) {
                    return true;
                }
            }
        }
        for (ArmedHours some : hours) {
            int from = some.from().toSecondOfDay() / 60;
            int to = some.to().toSecondOfDay() / 60;
            if (minute >= from && minute < (to > from ? to : to + 24 * 60)) {
                return true;
            }
        }
        return false;
    }
}
