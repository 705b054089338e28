package dev.affray.cloud.state;

import static dev.affray.cloud.state.Examples.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.cloud.state.NotificationStore.Claim;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every {@link NotificationStore} must do. */
public abstract class NotificationStoreContract {
    private static final Duration LEASE = Duration.ofSeconds(60);

    /** The store under test, empty. */
    protected abstract NotificationStore store();

    @Test
    void oneWorkerGetsTheClaim_theOthersWait() throws Exception {
        List<Future<Claim>> claims = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 8; i++) {
                claims.add(executor.submit(() -> store().claim("i1", Step.OPENED, at(0), LEASE)));
            }
        }
        int granted = 0;
        for (Future<Claim> claim : claims) {
            granted += claim.get() instanceof Claim.Granted ? 1 : 0;
        }

        assertThat(granted).isEqualTo(1);
        assertThat(store().claim("i1", Step.OPENED, at(59), LEASE)).isEqualTo(new Claim.Held(at(60)));
    }

    @Test
    void aDeadWorkersClaimPasses_whenItsLeaseEnds_andTheAttemptIsCounted() {
        store().claim("i1", Step.OPENED, at(0), LEASE);

        assertThat(store().claim("i1", Step.OPENED, at(60), LEASE)).isEqualTo(new Claim.Granted(2));
        store().record("i1", Step.OPENED, at(61), "m-1");
        assertThat(store().of("i1")).containsExactly(new Notification("i1", Step.OPENED, 2, at(61), "m-1"));
    }

    @Test
    void whatIsRecordedIsNeverClaimedAgain_andTheFirstRecordStays() {
        store().claim("i1", Step.OPENED, at(0), LEASE);
        store().record("i1", Step.OPENED, at(1), "m-1");
        store().record("i1", Step.OPENED, at(2), "m-2");

        assertThat(store().claim("i1", Step.OPENED, at(9999), LEASE)).isEqualTo(new Claim.Sent());
        assertThat(store().of("i1"))
                .singleElement()
                .extracting(Notification::receipt)
                .isEqualTo("m-1");
    }

    @Test
    void aReleasedClaimIsFreeAtOnce_andDoesNotCount() {
        store().claim("i1", Step.OPENED, at(0), LEASE);
        store().release("i1", Step.OPENED, 1);

        assertThat(store().claim("i1", Step.OPENED, at(1), LEASE)).isEqualTo(new Claim.Granted(1));
    }

    @Test
    void aLateReleaseDoesNotFreeTheNextWorkersClaim() {
        store().claim("i1", Step.OPENED, at(0), LEASE);
        store().claim("i1", Step.OPENED, at(60), LEASE);
        store().release("i1", Step.OPENED, 1);

        assertThat(store().claim("i1", Step.OPENED, at(61), LEASE)).isEqualTo(new Claim.Held(at(120)));
    }

    @Test
    void aRecordWithoutAClaimCounts() {
        store().record("i1", Step.OPENED, at(1), "sent as i0");

        assertThat(store().claim("i1", Step.OPENED, at(2), LEASE)).isEqualTo(new Claim.Sent());
        assertThat(store().of("another")).isEmpty();
    }
}
