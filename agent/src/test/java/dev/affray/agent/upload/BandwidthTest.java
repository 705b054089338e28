package dev.affray.agent.upload;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BandwidthTest {
    private static final long RATE = 10_000;

    private final AtomicLong nanos = new AtomicLong(-5);
    private final Bandwidth bandwidth = new Bandwidth(RATE, nanos::get);

    @Test
    void aFrameMayBeginOnceTheOneBeforeHasHadItsTime() {
        assertThat(bandwidth.leftNanos()).isNotPositive();
        bandwidth.spend(20_000);
        assertThat(bandwidth.leftNanos()).isEqualTo(Duration.ofSeconds(2).toNanos());

        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(bandwidth.leftNanos()).isNotPositive();
    }

    @Test
    void idleTimeIsNotSavedUp() {
        nanos.addAndGet(Duration.ofHours(1).toNanos());
        bandwidth.spend(10_000);

        assertThat(bandwidth.leftNanos()).isEqualTo(Duration.ofSeconds(1).toNanos());
    }

    @Test
    void overAnyTime_noMoreGoesThanTheCapAllowsAndOneFrame() {
        Random random = new Random(1);
        long began = nanos.get();
        long sent = 0;
        for (int i = 0; i < 10_000; i++) {
            nanos.addAndGet(random.nextInt(1_000_000_000));
            if (bandwidth.leftNanos() <= 0) {
                long frame = 1 + random.nextInt(60_000);
                long allowed = (nanos.get() - began) / 1_000_000 * RATE / 1000;
                assertThat(sent).isLessThanOrEqualTo(allowed + 10);
                bandwidth.spend(frame);
                sent += frame;
            }
        }
        assertThat(sent).isGreaterThan(1_000_000);
    }
}
