package dev.affray.cloud.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.camera.AlertRule;
import dev.affray.cloud.state.Condition;
import dev.affray.cloud.state.Head;
import dev.affray.cloud.state.IncidentStore;
import dev.affray.cloud.state.Notification;
import dev.affray.frame.CameraId;
import dev.affray.frame.Line;
import dev.affray.incident.IncidentKind;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the tick makes up for when the change feed has failed. */
class TickTest {
    private static final CameraId DOOR = new CameraId("gateway-1", "door");
    private static final CameraId GATE = new CameraId("gateway-1", "gate");
    private static final Instant LATER = Heads.START.plusSeconds(9000);

    private final SettableClock clock = new SettableClock(Heads.START);
    private final List<String> published = new ArrayList<>();
    private final TreeMap<String, Integer> calls = new TreeMap<>();
    private Publisher.Reason refusal;
    private CameraId broken;
    private State state;
    private Alerting alerting;
    private Tick tick;

    @BeforeEach
    void open(@TempDir Path folder) {
        state = State.sqlite(folder);
        IncidentStore incidents = counting(state.incidents());
        Stores real = state.stores();
        alerting = State.alerting(
                new Stores(incidents, real.notifications(), real.cameras(), real.counters(), real.episodes()),
                this::publish,
                clock);
        tick = new Tick(incidents, alerting, _ -> AlertRule.DEFAULT);
    }

    @AfterEach
    void close() {
        state.close();
    }

    @Test
    void announcesWhatTheChangeFeedHasLost_once() {
        Head head = stored(Heads.opened(DOOR, Heads.START));

        tick.run(Heads.START);
        tick.run(Heads.START.plusSeconds(60));

        assertThat(published).containsExactly(Heads.incident(head));
        assertThat(state.incidents().find(Heads.incident(head)))
                .contains(head.incidents().getFirst());
    }

    @Test
    void doesNotAnnounceAgain_whatTheChangeFeedDelivers() throws Exception {
        Head head = stored(Heads.opened(DOOR, Heads.START));

        alerting.handle(head);
        tick.run(Heads.START);
        alerting.handle(head);

        assertThat(published).hasSize(1);
    }

    @Test
    void writesTheHistoryOfWhatItClosed_andOfWhatWasMergedAway_withoutTheChangeFeed() {
        Head apart = stored(Heads.grown(stored(Heads.opened(DOOR, Heads.START)), 100, Heads.START));
        tick.run(Heads.START);
        Head joined = stored(Heads.grown(apart, 50, Heads.START));

        assertThat(tick.run(LATER)).isEqualTo(new Tick.Outcome(1, 0, 0));

        assertThat(state.incidents().find(Heads.incident(joined)))
                .hasValueSatisfying(i -> assertThat(i.isOpen()).isFalse());
        assertThat(state.incidents().find(joined.incidents().getLast().id()))
                .hasValueSatisfying(i -> assertThat(i.mergedInto()).isEqualTo(Heads.incident(joined)));
    }

    @Test
    void closesWhatNobodyTookYet_andAnnouncesItWhenSomebodyDoes() {
        stored(Heads.opened(DOOR, Heads.START));
        refusal = Publisher.Reason.UNAVAILABLE;

        assertThat(tick.run(LATER)).isEqualTo(new Tick.Outcome(1, 1, 0));
        assertThat(state.incidents().openHeads()).isEmpty();
        assertThat(tick.run(LATER)).isEqualTo(new Tick.Outcome(0, 1, 0));

        refusal = null;
        clock.advance(Delivery.REST);
        assertThat(tick.run(LATER)).isEqualTo(new Tick.Outcome(0, 0, 0));
        assertThat(published).hasSize(1);
        tick.run(LATER);
        assertThat(published).hasSize(1);
    }

    @Test
    void givesUpWhatNobodyTakesForADay_andTells() {
        Head head = stored(Heads.opened(DOOR, Heads.START));
        refusal = Publisher.Reason.UNAVAILABLE;
        tick.run(LATER);
        clock.advance(DueMessages.PATIENCE.plusSeconds(1));

        assertThat(tick.run(LATER)).isEqualTo(new Tick.Outcome(0, 0, 0));

        assertThat(alerting.counts().givenUp()).isEqualTo(1);
        assertThat(state.notifications().of(Heads.incident(head)))
                .singleElement()
                .satisfies(n -> assertThat(n.outcome()).isEqualTo(Notification.Outcome.GIVEN_UP));
    }

    @Test
    void aConditionThatLastsIsNeverClosed_andOneThatEndedWhenThatIsAnnounced() {
        Head empty = Head.empty(DOOR, IncidentKind.CAMERA_OFFLINE, Line.LIVE);
        Head gone = stored(Condition.begin(empty, Heads.START, "gone", Heads.START));
        assertThat(tick.run(Heads.START.plus(Duration.ofDays(1000)))).isEqualTo(new Tick.Outcome(0, 0, 0));
        assertThat(published).hasSize(1);

        stored(Condition.end(gone, Heads.START.plusSeconds(60), Heads.START));
        refusal = Publisher.Reason.UNAVAILABLE;
        assertThat(tick.run(LATER)).isEqualTo(new Tick.Outcome(1, 1, 0));

        refusal = null;
        clock.advance(Delivery.REST);
        assertThat(tick.run(LATER)).isEqualTo(new Tick.Outcome(0, 0, 0));
        assertThat(published).hasSize(2);
        assertThat(state.incidents().openHeads()).isEmpty();
    }

    @Test
    void aHeadThatFailsDoesNotKeepTheOthersFromTheirTurn() {
        stored(Heads.opened(DOOR, Heads.START));
        Head gate = stored(Heads.opened(GATE, Heads.START));
        broken = DOOR;

        assertThat(tick.run(LATER)).isEqualTo(new Tick.Outcome(1, 0, 1));
        assertThat(published).containsExactly(Heads.incident(gate));
    }

    @Test
    void anAlertThatNobodyTakesDoesNotHoldUpTheOthers() {
        Head door = stored(Heads.opened(DOOR, Heads.START));
        Head gate = stored(Heads.opened(GATE, Heads.START));
        refusal = Publisher.Reason.UNFIT;

        assertThat(tick.run(LATER)).isEqualTo(new Tick.Outcome(2, 1, 0));
        refusal = null;
        tick.run(LATER);
        assertThat(published).containsExactlyInAnyOrder(Heads.incident(door), Heads.incident(gate));
    }

    @Test
    void aPublishWithoutAnAnswerIsTriedAgain_andCounted() {
        stored(Heads.opened(DOOR, Heads.START));
        refusal = Publisher.Reason.UNANSWERED;
        tick.run(Heads.START);
        refusal = null;
        clock.advance(Delivery.REST);
        tick.run(Heads.START);

        assertThat(published).hasSize(1);
        assertThat(alerting.counts().published()).isEqualTo(1);
        assertThat(alerting.counts().possiblyRepeated()).isEqualTo(1);
    }

    @Test
    void costsAFewReadsForEachOpenHead_howeverMuchHistoryItHolds() {
        Head head = stored(Heads.opened(DOOR, Heads.START));
        for (int second = 100; second < 2000; second += 100) {
            head = stored(Heads.grown(head, second, Heads.START));
        }
        tick.run(LATER);
        stored(Heads.grown(state.incidents().head(DOOR, IncidentKind.FIGHT, Line.LIVE), 3000, LATER));
        tick.run(LATER);
        calls.clear();

        tick.run(LATER);

        assertThat(calls).isEqualTo(new TreeMap<>(Map.of("openHeads", 1, "history", 1)));
    }

    private String publish(Message message) throws Publisher.PublishException {
        if (refusal != null) {
            throw new Publisher.PublishException(refusal, "refused", new IOException("refused"));
        }
        switch (message) {
            case Alert alert -> published.add(alert.incident().id());
            case Digest digest ->
                digest.alerts().forEach(alert -> published.add(alert.incident().id()));
        }
        return "receipt";
    }

    private Head stored(Head head) {
        assertThat(state.incidents().replace(head)).isTrue();
        return head;
    }

    /** The store, counting the calls; what belongs to the broken camera fails. */
    private IncidentStore counting(IncidentStore real) {
        return (IncidentStore) Proxy.newProxyInstance(
                IncidentStore.class.getClassLoader(), new Class<?>[] {IncidentStore.class}, (_, method, arguments) -> {
                    calls.merge(method.getName(), 1, Integer::sum);
                    if (arguments != null && arguments[0].equals(broken)) {
                        throw new IllegalStateException("this head cannot be read");
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
