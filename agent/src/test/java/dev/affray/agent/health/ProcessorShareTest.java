package dev.affray.agent.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProcessorShareTest {
    private Duration now = Duration.ZERO;
    private Duration used = Duration.ofSeconds(100);
    private final ProcessorShare share = new ProcessorShare(() -> now.toNanos(), () -> used);

    private void pass(Duration time, Duration busy) {
        now = now.plus(time);
        used = used.plus(busy);
    }

    @Test
    void isTheSame_howeverOftenOthersAsk() {
        for (int second = 1; second <= 60; second++) {
            pass(Duration.ofSeconds(1), Duration.ofMillis(second <= 30 ? 0 : 500));
            for (int other = 0; other < 5; other++) {
                var _ = share.percent();
            }
        }
        assertThat(share.percent()).isEqualTo(50);
        assertThat(share.percent()).isEqualTo(50);
    }

    @Test
    void isThatSinceTheLastTimeItWasAsked_whereThatIsLongerAgo() {
        pass(Duration.ofMinutes(1), Duration.ofMinutes(1));
        assertThat(share.percent()).isEqualTo(100);
        pass(Duration.ofMinutes(1), Duration.ofSeconds(6));
        assertThat(share.percent()).isEqualTo(10);
    }

    @Test
    void forgetsWhatIsLongerAgo() {
        pass(Duration.ofSeconds(30), Duration.ofSeconds(60));
        assertThat(share.percent()).isEqualTo(200);
        pass(Duration.ofSeconds(30), Duration.ZERO);
        assertThat(share.percent()).isZero();
    }
}
