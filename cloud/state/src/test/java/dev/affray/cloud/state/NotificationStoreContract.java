package dev.affray.cloud.state;

import static dev.affray.cloud.state.Examples.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.cloud.state.Notification.Outcome;
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
    private static final Notification.Key I1 = new Notification.Key("i1", Step.OPENED, "mail");

    /** The store under test, empty. */
    protected abstract NotificationStore store();

    @Test
    void oneWorkerGetsTheClaim_theOthersWait() throws Exception {
        List<Future<Claim>> claims = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 8; i++) {
                claims.add(executor.submit(() -> store().claim(I1, at(0), LEASE)));
            }
        }
        int granted = 0;
        for (Future<Claim> claim : claims) {
            granted += claim.get() instanceof Claim.Granted ? 1 : 0;
        }

        assertThat(granted).isEqualTo(1);
        assertThat(store().claim(I1, at(59), LEASE)).isEqualTo(new Claim.Held(at(60)));
    }

    @Test
    void aDeadWorkersClaimPasses_whenItsLeaseEnds_andTheAttemptIsCounted() {
        store().claim(I1, at(0), LEASE);

        assertThat(store().claim(I1, at(60), LEASE)).isEqualTo(new Claim.Granted(2));
        store().record(I1, Outcome.SENT, at(61), "m-1");
        assertThat(store().of("i1")).containsExactly(new Notification(I1, 2, null, null, Outcome.SENT, at(61), "m-1"));
    }

    @Test
    void aClaimFromBeforeTheClockWasSetBackPasses() {
        store().claim(I1, at(7200), LEASE);

        assertThat(store().claim(I1, at(7199), LEASE)).as("another clock").isEqualTo(new Claim.Held(at(7260)));
        assertThat(store().claim(I1, at(0), LEASE)).isEqualTo(new Claim.Granted(2));
    }

    @Test
    void whatIsRecordedIsNeverClaimedAgain_andTheFirstRecordStays() {
        store().claim(I1, at(0), LEASE);
        store().record(I1, Outcome.SENT, at(1), "m-1");
        store().record(I1, Outcome.SENT, at(2), "m-2");

        assertThat(store().claim(I1, at(9999), LEASE)).isEqualTo(new Claim.Settled());
        assertThat(store().of("i1"))
                .singleElement()
                .extracting(Notification::receipt)
                .isEqualTo("m-1");
    }

    @Test
    void aReleasedClaimIsFreeAtOnce_andDoesNotCount() {
        store().claim(I1, at(0), LEASE);
        store().release(I1, 1);

        assertThat(store().claim(I1, at(1), LEASE)).isEqualTo(new Claim.Granted(1));
    }

    @Test
    void aLateReleaseDoesNotFreeTheNextWorkersClaim() {
        store().claim(I1, at(0), LEASE);
        store().claim(I1, at(60), LEASE);
        store().release(I1, 1);

        assertThat(store().claim(I1, at(61), LEASE)).isEqualTo(new Claim.Held(at(120)));
    }

    @Test
    void aRecordWithoutAClaimCounts() {
        store().record(I1, Outcome.AS_ANOTHER, at(1), "i0");

        assertThat(store().claim(I1, at(2), LEASE)).isEqualTo(new Claim.Settled());
        assertThat(store().of("another")).isEmpty();
    }

    @Test
    void eachStepAndEachChannelIsAMessageOfItsOwn() {
        Notification.Key sms = new Notification.Key("i1", Step.OPENED, "sms");
        Notification.Key closed = new Notification.Key("i1", Step.CLOSED, "mail");
        store().claim(I1, at(0), LEASE);
        store().record(I1, Outcome.SENT, at(1), "m-1");

        assertThat(store().claim(sms, at(2), LEASE)).isEqualTo(new Claim.Granted(1));
        assertThat(store().claim(closed, at(2), LEASE)).isEqualTo(new Claim.Granted(1));
        assertThat(store().of("i1")).extracting(Notification::key).containsExactlyInAnyOrder(I1, sms, closed);
    }

    @Test
    void whatWaitsCannotBeClaimedBefore_andIsFoundWhenItIsDue_untilItIsRecorded() {
        store().schedule(I1, at(300));

        assertThat(store().claim(I1, at(299), LEASE)).isEqualTo(new Claim.Waiting(at(300)));
        assertThat(store().due("mail", at(299), 10)).isEmpty();
        assertThat(store().due("mail", at(300), 10))
                .containsExactly(new Notification(I1, 0, null, at(300), null, null, null));

        assertThat(store().claim(I1, at(300), LEASE)).isEqualTo(new Claim.Granted(1));
        assertThat(store().due("mail", at(301), 10))
                .extracting(Notification::attempts)
                .containsExactly(1);
        assertThat(store().claim(I1, at(301), LEASE)).isEqualTo(new Claim.Held(at(360)));

        store().record(I1, Outcome.DIGESTED, at(302), "d-1");
        assertThat(store().due("mail", at(9999), 10)).isEmpty();
        assertThat(store().of("i1"))
                .containsExactly(new Notification(I1, 1, null, null, Outcome.DIGESTED, at(302), "d-1"));
    }

    @Test
    void whatIsDueComesInOrder_andNoMoreThanAskedFor() {
        for (int i = 0; i < 5; i++) {
            store().schedule(new Notification.Key("i" + i, Step.OPENED, "mail"), at(50 - i));
        }

        store().schedule(new Notification.Key("i9", Step.OPENED, "sms"), at(1));

        assertThat(store().due("sms", at(49), 3)).hasSize(1);
        assertThat(store().due("mail", at(49), 3))
                .extracting(Notification::incident)
                .containsExactly("i4", "i3", "i2");
    }

    @Test
    void whatIsClaimedWaitsOrEndedIsNotMadeToWait() {
        Notification.Key claimed = new Notification.Key("claimed", Step.OPENED, "mail");
        Notification.Key ended = new Notification.Key("ended", Step.OPENED, "mail");
        Notification.Key waits = new Notification.Key("waits", Step.OPENED, "mail");
        store().claim(claimed, at(0), LEASE);
        store().record(ended, Outcome.NOT_NEEDED, at(0), "acknowledged");
        store().schedule(waits, at(10));

        store().schedule(claimed, at(20));
        store().schedule(ended, at(20));
        store().schedule(waits, at(20));

        assertThat(store().due("mail", at(100), 10))
                .extracting(Notification::due)
                .containsExactly(at(10));
    }

    @Test
    void aClaimGivenBackCanBeMadeToWait() {
        store().claim(I1, at(0), LEASE);
        store().release(I1, 1);
        store().schedule(I1, at(20));

        assertThat(store().claim(I1, at(1), LEASE)).isEqualTo(new Claim.Waiting(at(20)));
    }

    @Test
    void anUpdateKnowsWhatItFollowed() {
        store().claim(I1, at(0), LEASE);
        store().follow(I1, "i0");
        store().follow(I1, "i0");
        store().record(I1, Outcome.SENT, at(1), "m-1");

        assertThat(store().of("i1")).singleElement().satisfies(n -> {
            assertThat(n.lead()).isEqualTo("i0");
            assertThat(n.isTold()).isTrue();
        });
    }
}
