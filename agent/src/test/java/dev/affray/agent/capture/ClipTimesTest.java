package dev.affray.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.agent.capture.ClipTimes.Stamp;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In ticks of 3600: 25 pictures a second. */
class ClipTimesTest {
    private static final int STEP = 3600;

    private final List<Stamp> stamps = new ArrayList<>();
    private int opening;
    private double arrived;

    @Test
    void beginAtZero_andKeepTheirDistances() {
        add(true, 70_000, 70_000);
        add(false, 73_600, 73_600);
        add(false, 80_000, 80_000);
        assertTimes("0/0 3600/3600 10000/10000");
        assertThat(ClipTimes.of(stamps).duration(1)).isEqualTo(6400);
        assertThat(ClipTimes.of(stamps).duration(2)).isEqualTo(6400);
    }

    @Test
    void areDecodedInTime_whenPicturesAreShownInAnotherOrder() {
        add(true, 7200, 0);
        add(false, 18_000, STEP);
        add(false, 10_800, 2 * STEP);
        add(false, 14_400, 3 * STEP);
        assertTimes("0/-3600 10800/0 3600/3600 7200/7200");
    }

    @Test
    void areDecodedInTime_alsoWhenNobodySaysWhen() {
        add(true, 0, ClipTimes.NONE);
        add(false, 3 * STEP, ClipTimes.NONE);
        add(false, STEP, ClipTimes.NONE);
        add(false, 2 * STEP, ClipTimes.NONE);
        assertTimes("0/-3600 10800/0 3600/3600 7200/7200");
    }

    @Test
    void areFilledIn_whereTheFirstPacketHasNone() {
        add(true, ClipTimes.NONE, ClipTimes.NONE);
        add(false, 3 * STEP, ClipTimes.NONE);
        add(false, STEP, ClipTimes.NONE);
        add(false, 2 * STEP, STEP);
        assertTimes("0/-3600 10800/0 3600/3600 7200/7200");
    }

    @Test
    void areFilledIn_whereOneInTheMiddleHasNone() {
        add(true, 0, 0);
        add(false, ClipTimes.NONE, ClipTimes.NONE);
        add(false, 2 * STEP, 2 * STEP);
        add(false, 3 * STEP, 3 * STEP);
        assertTimes("0/0 3600/3600 7200/7200 10800/10800");
    }

    @Test
    void goOnByTheTimeOfArrival_whenTheStreamWasOpenedAgain() {
        add(true, 90_000, 90_000);
        add(false, 93_600, 93_600);
        opening++;
        arrived = 5;
        add(true, 0, 0);
        add(false, STEP, STEP);
        assertTimes("0/0 3600/3600 450000/450000 453600/453600");
    }

    @Test
    void takeThePacketThatWasHeldUpLeast_forTheTimeOfArrival() {
        add(true, 0, 0);
        opening++;
        arrived = 5;
        add(true, 0, 0);
        add(false, STEP, STEP);
        add(false, 90_000, 90_000);
        assertTimes("0/0 360000/360000 363600/363600 450000/450000");
    }

    @Test
    void goOnByTheTimeOfArrival_whenTheStampsLeap() {
        add(true, 0, 0);
        arrived = 1;
        add(false, 50_000_000, 50_000_000);
        arrived = 2;
        add(true, 90_000, 90_000);
        assertTimes("0/0 90000/90000 180000/180000");
    }

    @Test
    void areThoseOfArrival_whenThereAreNone() {
        add(true, ClipTimes.NONE, ClipTimes.NONE);
        arrived = 0.5;
        add(false, ClipTimes.NONE, ClipTimes.NONE);
        add(false, ClipTimes.NONE, ClipTimes.NONE);
        assertTimes("0/0 45000/45000 45001/45001");
    }

    @Test
    void neverStandStill_whenPacketsSayTheSame() {
        add(true, STEP, STEP);
        add(false, STEP, STEP);
        add(false, STEP, STEP);
        assertTimes("0/0 1/1 2/2");
    }

    private void add(boolean key, long shown, long decoded) {
        stamps.add(new Stamp(shown, decoded, key, opening, (long) (arrived * 1e9)));
    }

    private void assertTimes(String expected) {
        ClipTimes times = ClipTimes.of(stamps);
        List<String> all = new ArrayList<>();
        for (int i = 0; i < stamps.size(); i++) {
            all.add(times.shown(i) + "/" + times.decoded(i));
        }
        assertThat(String.join(" ", all)).isEqualTo(expected);
    }
}
