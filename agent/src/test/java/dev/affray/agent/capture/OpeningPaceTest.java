package dev.affray.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OpeningPaceTest {
    private static final long HOUR = 3_600_000_000_000L;

    @Test
    void spacesOpenings_butLetsTheFirstGoAtOnce() {
        OpeningPace pace = new OpeningPace(HOUR);
        List<Long> waits = Stream.generate(pace::waitNanos).limit(4).toList();
        assertThat(waits.getFirst()).isZero();
        for (int i = 1; i < waits.size(); i++) {
            assertThat(waits.get(i)).isBetween(i * HOUR - HOUR / 2, i * HOUR);
        }
    }
}
