package dev.affray.cloud.alerting.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affray.cloud.alerting.Heads;
import dev.affray.cloud.alerting.SettableClock;
import dev.affray.cloud.alerting.State;
import dev.affray.cloud.alerting.sns.SnsStandIn;
import dev.affray.cloud.function.Environment;
import dev.affray.cloud.function.runtime.RequestContext;
import dev.affray.cloud.state.Head;
import dev.affray.frame.CameraId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults that alarm systems of this kind are known for, each made to happen here. */
class KnownFaultsTest {
    private static final CameraId DOOR = new CameraId("gateway-1", "door");

    private final SettableClock clock = new SettableClock(Heads.START);
    private SnsStandIn sns;
    private State state;
    private AlertingFunction stream;
    private TickFunction tick;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        sns = new SnsStandIn();
        state = State.sqlite(folder);
        Parts parts = new Parts(
                state.stores(),
                List.of(State.channel(sns.publisher())),
                State.UNHURRIED,
                (_, _) -> Optional.empty(),
                clock);
        stream = new AlertingFunction(parts);
        tick = new TickFunction(parts);
    }

    @AfterEach
    void close() {
        state.close();
        sns.close();
    }

    @Test
    void aFunctionThatPublishesToNoTopic_doesNotEvenStart() {
        Map<String, String> environment = new HashMap<>(FunctionStartIT.ENVIRONMENT);
        environment.remove("TOPIC_ARN");

        assertThatThrownBy(() -> Parts.of(Environment.of(environment)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageEndingWith(": TOPIC_ARN is missing");
    }

    @Test
    void anAlertThatMayNotBePublishedIsNotLost_itIsTold_andGoesOutWhenItMay() throws Exception {
        Head head = stored(Heads.opened(DOOR, Heads.START));
        sns.forbid(true);

        String log = Output.of(() -> deliver("1", head));
        assertThat(log).contains("\"AlertsPostponed\":1", "SNS forbids to use topic arn:aws:sns:");
        minute();
        clock.advance(Duration.ofHours(20));
        assertThat(Output.of(this::minute)).contains("\"AlertsPostponed\":1");
        assertThat(sns.taken()).isEmpty();

        sns.forbid(false);
        clock.advance(Duration.ofMinutes(1));
        minute();
        assertThat(sns.taken(Heads.incident(head))).isEqualTo(1);
        assertThat(sns.taken().getFirst().get("Subject")).startsWith("Sent late: possible fight: ");
    }

    @Test
    void aFightOfAHundredFramesIsOneMessage() {
        Head head = stored(Heads.opened(DOOR, Heads.START));
        deliver("1", head);
        for (int second = 1; second < 100; second++) {
            head = stored(Heads.grown(head, second, Heads.START.plusSeconds(second)));
            deliver("" + (second + 1), head);
        }
        minute();

        assertThat(head.incidents()).hasSize(1);
        assertThat(sns.asked()).hasSize(1);
        assertThat(sns.taken(Heads.incident(head))).isEqualTo(1);
    }

    private void deliver(String sequence, Head head) {
        stream.handleRequest(StreamEvents.event(StreamEvents.record(sequence, head)), new RequestContext("r-1"));
    }

    private void minute() {
        try {
            tick.handleRequest(InputStream.nullInputStream(), new ByteArrayOutputStream(), new RequestContext("r-2"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Head stored(Head head) {
        assertThat(state.incidents().replace(head)).isTrue();
        return head;
    }
}
