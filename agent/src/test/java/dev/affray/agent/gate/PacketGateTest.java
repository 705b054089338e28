package dev.affray.agent.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class PacketGateTest {
    private static final int RATE = 25;
    private static final int GOP = 50;

    private final PacketGate gate = new PacketGate();
    private final Random random = new Random(1);
    private int packet;

    @Test
    void isUnsure_untilEnoughWasConfirmedAsQuiet() {
        play(10, _ -> noisy(2000));
        gate.confirmQuiet();
        assertThat(play(60, _ -> noisy(2000))).isEqualTo(PacketVerdict.UNSURE);
        gate.confirmQuiet();
        assertThat(play(1, _ -> noisy(2000))).isEqualTo(PacketVerdict.QUIET);
    }

    @Test
    void learnsNothing_whileItIsNotConfirmed() {
        play(60, _ -> noisy(2000));
        gate.discard();
        assertThat(play(1, _ -> noisy(2000))).isEqualTo(PacketVerdict.UNSURE);
    }

    @Test
    void tellsMoreBitsThanUsual_withinAFifthOfASecond() {
        learn(_ -> noisy(2000));
        assertThat(play(0.2, _ -> noisy(3400))).isEqualTo(PacketVerdict.UNUSUAL);
    }

    @Test
    void tellsFewerBitsThanUsual() {
        learn(_ -> noisy(2000));
        assertThat(play(0.4, _ -> noisy(1100))).isEqualTo(PacketVerdict.UNUSUAL);
    }

    @Test
    void staysQuiet_throughMinutesOfTheSameNoise() {
        learn(_ -> noisy(2000));
        int unusual = 0;
        for (int i = 0; i < 300; i++) {
            unusual += play(1, _ -> noisy(2000)) == PacketVerdict.QUIET ? 0 : 1;
        }
        assertThat(unusual).isLessThanOrEqualTo(3);
    }

    @Test
    void seesSomebodyFarOff_whereNothingButSkippedBlocksIsUsual() {
        learn(_ -> 30 + random.nextInt(30));
        assertThat(play(0.4, _ -> 500)).isEqualTo(PacketVerdict.UNUSUAL);
    }

    @Test
    void isUnsure_whenTheEncoderFillsUpToAConstantRate() {
        learn(_ -> 20_000 + random.nextInt(20));
        assertThat(play(1, _ -> 20_000)).isEqualTo(PacketVerdict.UNSURE);
    }

    @Test
    void isUnsure_whenQuietSizesVaryWildly() {
        learn(i -> i / 25 % 3 == 0 ? 9000 : 2000);
        assertThat(play(1, i -> i / 25 % 3 == 0 ? 9000 : 2000)).isEqualTo(PacketVerdict.UNSURE);
    }

    @Test
    void isUnsure_whenThePacketsOfAQuietNightAreHalfAsLargeAsKeyPackets() {
        learn(_ -> noisy(20_000));
        assertThat(play(1, _ -> noisy(20_000))).isEqualTo(PacketVerdict.UNSURE);
    }

    @Test
    void isUnsure_whenTheEncoderMakesUpForItsKeyPackets() {
        learn(i -> i % GOP < 12 ? noisy(300) : noisy(2800));
        assertThat(play(1.5, i -> i % GOP < 12 ? noisy(300) : noisy(2800))).isEqualTo(PacketVerdict.UNSURE);
    }

    @Test
    void tellsALittleMore_whenItLasts() {
        learn(_ -> noisy(2000));
        assertThat(play(3, _ -> noisy(2220))).isEqualTo(PacketVerdict.UNUSUAL);
    }

    @Test
    void getsUsedToANewLevel_onceItIsConfirmedAsQuiet() {
        learn(_ -> noisy(2000));
        assertThat(play(10, _ -> noisy(4000))).isEqualTo(PacketVerdict.UNUSUAL);
        for (int i = 0; i < 130; i++) {
            play(1, _ -> noisy(4000));
            gate.confirmQuiet();
        }
        assertThat(play(1, _ -> noisy(4000))).isEqualTo(PacketVerdict.QUIET);
    }

    @Test
    void judgesByKeyPackets_whereThereAreNoOthers() {
        for (int i = 0; i < 30 * RATE; i++) {
            gate.judge(true, noisy(60_000), next());
        }
        gate.confirmQuiet();
        assertThat(gate.judge(true, noisy(60_000), next())).isEqualTo(PacketVerdict.QUIET);
        PacketVerdict last = PacketVerdict.QUIET;
        for (int i = 0; i < 10; i++) {
            last = gate.judge(true, noisy(72_000), next());
        }
        assertThat(last).isEqualTo(PacketVerdict.UNUSUAL);
    }

    @Test
    void knowsHowAnEncoderGoesOnAfterAKeyPacket() {
        IntUnaryOperator pattern = i -> noisy(4000 + 36_000 / (i % GOP));
        learn(pattern);
        int quiet = 0;
        for (int i = 0; i < 60; i++) {
            quiet += play(1, pattern) == PacketVerdict.QUIET ? 1 : 0;
        }
        assertThat(quiet).isGreaterThan(57);
        assertThat(play(0.4, i -> pattern.applyAsInt(i) * 3 / 2)).isEqualTo(PacketVerdict.UNUSUAL);
    }

    /** First how sizes go with the distance from key packets, then their level. */
    private void learn(IntUnaryOperator size) {
        play(10, size);
        gate.confirmQuiet();
        play(60, size);
        gate.confirmQuiet();
    }

    /** The verdict after so many seconds of packets. */
    private PacketVerdict play(double seconds, IntUnaryOperator size) {
        PacketVerdict last = PacketVerdict.UNSURE;
        for (int i = 0; i < Math.round(seconds * RATE); i++) {
            boolean key = packet % GOP == 0;
            last = gate.judge(key, key ? noisy(40_000) : size.applyAsInt(packet), next());
        }
        return last;
    }

    private double next() {
        return packet++ / (double) RATE;
    }

    private int noisy(int bytes) {
        return (int) Math.round(bytes * (1 + 0.1 * random.nextGaussian()));
    }
}
