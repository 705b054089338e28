package dev.affray.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PacketLagTest {
    private static final long MILLI = 1_000_000;

    private final PacketLag lag = new PacketLag();

    private long millis(double seconds, long readMillis) {
        return Math.round(lag.of(seconds, readMillis * MILLI).orElseThrow() / (double) MILLI);
    }

    @Test
    void isHowMuchLaterAPacketWasRead_thanTheSoonestOne() {
        assertThat(millis(100, 5_000)).isZero();
        assertThat(millis(100.04, 5_070)).isEqualTo(30);
        assertThat(millis(100.08, 5_060)).isZero();
        assertThat(millis(100.12, 5_120)).isEqualTo(20);
    }

    @Test
    void beginsAgain_whereTimeStampsLeap() {
        assertThat(millis(100, 5_000)).isZero();
        assertThat(millis(20_000, 5_040)).isZero();
        assertThat(millis(20_000.04, 5_090)).isEqualTo(10);
        assertThat(millis(3, 6_000)).isZero();
    }

    @Test
    void forgetsThePacketsOfMinutesAgo_sinceTheCamerasClockRunsAtItsOwnPace() {
        long read = 5_000;
        for (int second = 0; second < 600; second++) {
            read += 1_010;
            assertThat(millis(100 + second, read)).isLessThanOrEqualTo(620);
        }
    }

    @Test
    void isUnknown_withoutATimeStamp() {
        assertThat(lag.of(Double.NaN, 0)).isEmpty();
    }
}
