package dev.affray.cloud.inference.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
    private final Backoff backoff = new Backoff(new Random(1));

    @ParameterizedTest
    @CsvSource({"0, 2, 5", "1, 2, 5", "2, 5, 10", "3, 10, 20", "8, 320, 640", "9, 450, 900", "1000000, 450, 900"})
    void doublesWithEachDelivery_upToAQuarterOfAnHour(int receiveCount, int least, int most) {
        assertThat(IntStream.range(0, 1000).map(_ -> backoff.seconds(receiveCount)))
                .allSatisfy(seconds -> assertThat(seconds).isBetween(least, most));
    }

    @Test
    void spreadsWhatWasPutOffTogether() {
        assertThat(IntStream.range(0, 100)
                        .map(_ -> backoff.seconds(5))
                        .distinct()
                        .count())
                .isGreaterThan(10);
    }
}
