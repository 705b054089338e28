package dev.affray.cloud.local.iot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LaneTest {
    @Test
    void dropsAndCounts_whatDoesNotFit_withoutHoldingTheCallerUp() throws InterruptedException {
        List<Integer> done = new ArrayList<>();
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Lane lane = new Lane("test work", 2);
        assertThat(lane.offer(() -> {
                    busy.countDown();
                    awaitQuietly(release);
                }))
                .isTrue();
        busy.await();

        assertThat(lane.offer(() -> done.add(1))).isTrue();
        assertThat(lane.offer(() -> done.add(2))).isTrue();
        assertThat(lane.offer(() -> done.add(3))).isFalse();
        release.countDown();
        lane.close();

        assertThat(done).containsExactly(1, 2);
        assertThat(lane.dropped()).isEqualTo(1);
        assertThat(lane.offer(() -> done.add(4))).isFalse();
    }

    @Test
    void carriesOn_afterAFailure() {
        List<Integer> done = new ArrayList<>();
        Lane lane = new Lane("test work", 10);
        assertThat(lane.offer(() -> {
                    throw new IllegalStateException("broken rule");
                }))
                .isTrue();
        assertThat(lane.offer(() -> done.add(1))).isTrue();
        lane.close();

        assertThat(done).containsExactly(1);
        assertThat(lane.failed()).isEqualTo(1);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
