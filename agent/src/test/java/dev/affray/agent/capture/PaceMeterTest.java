package dev.affray.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.affray.agent.capture.StreamFacts.Pace;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PaceMeterTest {
    private static final Offset<Double> CLOSE = within(0.001);

    private final PaceMeter meter = new PaceMeter(0.04);

    /** Key packets of 10 kB, others of 1 kB, 25 a second. */
    private Pace regular(int packets, int distance) {
        for (int i = 0; i < packets; i++) {
            meter.add(i % distance == 0, i % distance == 0 ? 10_000 : 1_000, i * 0.04, i * 0.04);
        }
        return meter.pace();
    }

    @Test
    void measuresRates_sizes_andTheDistanceOfKeyPackets() {
        Pace pace = regular(101, 50);

        assertThat(pace.packets()).isEqualTo(101);
        assertThat(pace.seconds()).isCloseTo(4, CLOSE);
        assertThat(pace.rate()).isCloseTo(25, CLOSE);
        assertThat(pace.keys()).isEqualTo(3);
        assertThat(pace.keySeconds()).isCloseTo(2, CLOSE);
        assertThat(pace.kilobitsPerSecond()).isCloseTo((2 * 10 + 98) * 8 / 4.0, CLOSE);
        assertThat(pace.keyBytes()).isEqualTo(10_000);
        assertThat(pace.otherBytes()).isEqualTo(1_000);
        assertThat(pace.variable()).isFalse();
        assertThat(pace.reordered()).isFalse();
        assertThat(pace.intraOnly()).isFalse();
        assertThat(pace.keepable()).isTrue();
    }

    @Test
    void knowsNoRate_ofOnePacket() {
        Pace pace = regular(1, 50);

        assertThat(pace.rate()).isNull();
        assertThat(pace.kilobitsPerSecond()).isNull();
        assertThat(pace.keySeconds()).isNull();
        assertThat(pace.intraOnly()).isTrue();
    }

    @Test
    void cannotKeepWhatIsTooLong_orTooMuch() {
        assertThat(regular(25 * 21, 10_000).keepable()).isFalse();

        PaceMeter fat = new PaceMeter(0.04);
        for (int i = 0; i < 30; i++) {
            fat.add(i == 0, 500_000, i * 0.04, i * 0.04);
        }
        assertThat(fat.pace().keepable()).isFalse();
    }

    @Test
    void tellsPicturesThatAreShownInAnotherOrder() {
        double[] shown = {0, 0.12, 0.04, 0.08, 0.24};
        for (int i = 0; i < shown.length; i++) {
            meter.add(i == 0, 1_000, i * 0.04 - 0.08, shown[i]);
        }
        assertThat(meter.pace().reordered()).isTrue();
    }

    @Test
    void tellsARateThatVaries() {
        double at = 0;
        for (int i = 0; i < 100; i++) {
            at += i % 4 == 0 ? 0.12 : 0.04;
            meter.add(i % 50 == 0, 1_000, at, at);
        }
        assertThat(meter.pace().variable()).isTrue();
    }
}
