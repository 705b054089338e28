package dev.affray.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimesTest {
    @Test
    void picksAtTheRate_whateverThePictureRate() {
        SampleGrid grid = new SampleGrid(0.5, 0);
        int picked = 0;
        for (int i = 0; i < 25 * 60; i++) {
            picked += grid.picks(i / 25.0) ? 1 : 0;
        }
        assertThat(picked).isEqualTo(120);
    }

    @Test
    void doesNotCatchUp_afterAGap() {
        SampleGrid grid = new SampleGrid(0.5, 0);
        assertThat(grid.picks(0)).isTrue();
        assertThat(grid.picks(60)).isTrue();
        assertThat(grid.picks(60.04)).isFalse();
        assertThat(grid.picks(60.5)).isTrue();
    }

    @Test
    void goesOnByThePictureRate_whenTimeStampsAreMissingOrLeap() {
        Timeline line = new Timeline();
        double[] stamps = {100, 100.04, Double.NaN, Double.NaN, 7, 7.04, 9_000, 9_000.04, 9_000.02};
        List<Double> places = new ArrayList<>();
        for (double stamp : stamps) {
            places.add(line.place(stamp, 0.04));
        }
        for (int i = 0; i < stamps.length; i++) {
            assertThat(places.get(i)).isCloseTo(i * 0.04, within(1e-6));
        }
    }

    @Test
    void keepsTheOrderAndTheDistances_whenTheWallClockIsSetBack() {
        Instant[] wall = {Instant.parse("2026-01-01T12:00:00Z")};
        long[] nanos = {0};
        CaptureClock clock = new CaptureClock(clock(wall), () -> nanos[0]);
        Instant before = clock.takenBefore(0);
        wall[0] = wall[0].minusSeconds(100);
        for (int i = 0; i < 10; i++) {
            nanos[0] += 500_000_000;
            wall[0] = wall[0].plusMillis(500);
            Instant next = clock.takenBefore(0);
            assertThat(next).isEqualTo(before.plusMillis(450));
            before = next;
        }
    }

    @Test
    void returnsToTheWallClock_onceItHasCaughtUp() {
        Instant[] wall = {Instant.parse("2026-01-01T12:00:00.0005Z")};
        CaptureClock clock = new CaptureClock(clock(wall), () -> 0);
        assertThat(clock.takenBefore(0)).isEqualTo("2026-01-01T12:00:00Z");
        assertThat(clock.takenBefore(0)).isEqualTo("2026-01-01T12:00:00.001Z");
        wall[0] = wall[0].plusSeconds(1);
        assertThat(clock.takenBefore(0)).isEqualTo("2026-01-01T12:00:01Z");
    }

    @Test
    void waitsLongerEachTime_butNeverMuchLongerThanHalfAMinute() {
        Backoff backoff = new Backoff(() -> 0.5);
        assertThat(backoff.nextNanos()).isEqualTo(1_000_000_000L);
        assertThat(backoff.nextNanos()).isEqualTo(2_000_000_000L);
        for (int i = 0; i < 100; i++) {
            assertThat(backoff.nextNanos()).isLessThanOrEqualTo(30_000_000_000L);
        }
        backoff.reset();
        assertThat(backoff.nextNanos()).isEqualTo(1_000_000_000L);
    }

    private static Clock clock(Instant[] now) {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now[0];
            }
        };
    }
}
