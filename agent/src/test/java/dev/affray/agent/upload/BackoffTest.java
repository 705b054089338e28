package dev.affray.agent.upload;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void growsUpToTheCapOfTheFailureAtHand() throws InterruptedException {
        Backoff backoff = new Backoff(Duration.ofMillis(1));
        for (int round = 0; round < 12; round++) {
            backoff.failed(Duration.ofMillis(4));
            assertThat(backoff.left()).isLessThanOrEqualTo(Duration.ofMillis(4).toNanos());
            backoff.await();
        }
    }

    @Test
    void failuresOfOneRoundCountOnce_andASuccessEndsThePause() throws InterruptedException {
        Backoff backoff = new Backoff(HOUR);
        backoff.failed(HOUR);
        backoff.failed(HOUR);
        backoff.failed(HOUR);
        assertThat(backoff.left()).isPositive().isLessThanOrEqualTo(HOUR.toNanos());

        backoff.worked();
        backoff.await();
        assertThat(backoff.left()).isNotPositive();
    }

    @Test
    void anUplinkThatIsGoneIsLookedForSooner_thanAServiceThatRefuses() throws InterruptedException {
        Backoff backoff = new Backoff(Duration.ofMillis(1));
        backoff.failed(HOUR);
        backoff.await();
        for (int round = 0; round < 5; round++) {
            backoff.failed(Duration.ofMillis(2));
            assertThat(backoff.left()).isLessThanOrEqualTo(Duration.ofMillis(2).toNanos());
            backoff.await();
        }
    }
}
