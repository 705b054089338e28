package dev.affray.cloud.state;

import static dev.affray.cloud.state.Examples.at;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every {@link CounterStore} must do. */
public abstract class CounterStoreContract {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** The store under test, empty. */
    protected abstract CounterStore store();

    @Test
    void noMoreThanTheMostAreTakenInOneWindow_howeverManyAskAtOnce() throws Exception {
        List<Future<Boolean>> takes = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 12; i++) {
                takes.add(executor.submit(() -> store().take("door", MINUTE, 5, at(0))));
            }
        }
        int taken = 0;
        for (Future<Boolean> take : takes) {
            taken += take.get() ? 1 : 0;
        }
        assertThat(taken).isEqualTo(5);
    }

    @Test
    void theNextWindowBeginsAnew_andEachNameAndLengthCountsForItself() {
        assertThat(store().take("door", MINUTE, 1, at(0))).isTrue();
        assertThat(store().take("door", MINUTE, 1, at(0).plusMillis(1))).isFalse();

        assertThat(store().take("yard", MINUTE, 1, at(0))).isTrue();
        assertThat(store().take("door", Duration.ofHours(1), 1, at(0))).isTrue();
        assertThat(store().take("door", MINUTE, 1, at(60))).isTrue();
    }

    @Test
    void asMuchAsIsLeftDependsOnWhoAsks() {
        store().take("door", MINUTE, 10, at(0));
        store().take("door", MINUTE, 10, at(0));

        assertThat(store().take("door", MINUTE, 2, at(0))).isFalse();
        assertThat(store().take("door", MINUTE, 3, at(0))).isTrue();
        assertThat(store().take("door", MINUTE, 0, at(0))).isFalse();
    }

    @Test
    void whatIsGivenBackCanBeTakenAgain_andNoMore() {
        store().take("door", MINUTE, 1, at(0));
        store().giveBack("door", MINUTE, at(0));
        store().giveBack("door", MINUTE, at(0));
        store().giveBack("never taken", MINUTE, at(0));

        assertThat(store().take("door", MINUTE, 1, at(0))).isTrue();
        assertThat(store().take("door", MINUTE, 1, at(0))).isFalse();
    }
}
