package dev.affray.cloud.alerting.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import dev.affray.cloud.alerting.Alert;
import dev.affray.cloud.alerting.Heads;
import dev.affray.cloud.alerting.Message;
import dev.affray.cloud.alerting.Publisher;
import dev.affray.cloud.alerting.SettableClock;
import dev.affray.cloud.alerting.State;
import dev.affray.cloud.function.Environment;
import dev.affray.cloud.function.runtime.RequestContext;
import dev.affray.cloud.state.Head;
import dev.affray.frame.CameraId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the functions make of their events. */
class FunctionsTest {
    private final SettableClock clock = new SettableClock(Heads.START);
    private final List<String> published = new ArrayList<>();
    private String unwanted = "";
    private State state;
    private AlertingFunction stream;
    private TickFunction tick;

    @BeforeEach
    void open(@TempDir Path folder) {
        state = State.sqlite(folder);
        Parts parts = new Parts(
                state.stores(),
                List.of(State.channel(this::publish)),
                State.UNHURRIED,
                (_, _) -> Optional.empty(),
                clock);
        stream = new AlertingFunction(parts);
        tick = new TickFunction(parts);
    }

    @AfterEach
    void close() {
        state.close();
    }

    @Test
    void announcesTheHeadsOfABatch() {
        Head door = stored("door");
        Head gate = stored("gate");

        String log = handles(List.of(), StreamEvents.record("1", door), StreamEvents.record("2", gate));

        assertThat(published).containsExactly(Heads.incident(door), Heads.incident(gate));
        assertThat(log).contains("\"AlertsPublished\":2").doesNotContain("Postponed");
    }

    @Test
    void namesTheFirstRecordThatMustComeAgain_andHandlesThoseBehindIt() {
        Head door = stored("door");
        Head gate = stored("gate");
        unwanted = Heads.incident(door);

        String log = handles(
                List.of("101"),
                StreamEvents.removal("100"),
                StreamEvents.record("101", door),
                StreamEvents.record("102", gate));
        assertThat(published).containsExactly(Heads.incident(gate));
        assertThat(log).contains("\"AlertsPostponed\":1", "\"RecordsWithoutHead\":1", "record 101 is put off");

        unwanted = "";
        handles(List.of(), StreamEvents.record("101", door), StreamEvents.record("102", gate));
        assertThat(published).containsExactly(Heads.incident(gate), Heads.incident(door));
    }

    @Test
    void aFailingStoreFailsTheRecord_notTheBatch() {
        Head door = stored("door");
        state.close();

        assertThat(handles(List.of("7"), StreamEvents.record("7", door))).contains("\"RecordsFailed\":1");
    }

    @Test
    void aRecordThatHoldsNoHeadIsCounted_andNeverComesAgain() {
        String log = handles(
                List.of(),
                StreamEvents.removal("1"),
                StreamEvents.image("2", Map.of("version", new AttributeValue().withN("1"))),
                StreamEvents.image("3", Map.of("head", new AttributeValue().withN("1"))),
                StreamEvents.image("4", Map.of("head", new AttributeValue().withS("{\"camera\":"))));

        assertThat(log).contains("\"RecordsWithoutHead\":3", "\"HeadsUnreadable\":1");
    }

    @Test
    void theTickAnnouncesAndCloses_whateverItsEventHolds() {
        Head door = stored("door");
        clock.advance(Duration.ofHours(1));

        assertThat(ticks("\"now\"")).isEqualTo("{\"closed\":1,\"postponed\":0,\"failed\":0}");

        assertThat(published).containsExactly(Heads.incident(door));
        assertThat(state.incidents().openHeads()).isEmpty();
    }

    @Test
    void theTickTellsInItsMetricsWhatItDid() {
        stored("door");
        unwanted = Heads.incident(stored("gate"));
        clock.advance(Duration.ofHours(1));

        assertThat(Output.of(() -> ticks("{}")))
                .contains("\"IncidentsClosed\":2", "\"AlertsPostponed\":1", "\"AlertsPublished\":1", "\"tick\"");
    }

    @Test
    void theTickFails_whenTheOpenHeadsCannotBeListed() {
        state.close();

        assertThatThrownBy(() -> ticks("{}")).isInstanceOf(RuntimeException.class);
    }

    @Test
    void tellsAllThatIsWrongInTheEnvironment() {
        Environment environment =
                Environment.of(Map.of("HEADS_TABLE", "heads", "INCIDENT_DAYS", "0", "TOPIC_ARN", "a"));

        assertThatThrownBy(() -> Parts.of(environment))
                .hasMessageContainingAll(
                        "INCIDENTS_TABLE is missing",
                        "NOTIFICATIONS_TABLE is missing",
                        "FLEET_TABLE is missing",
                        "INCIDENT_DAYS is '0'",
                        "TOPIC_ARN is 'a', not the ARN",
                        "ESCALATION_TOPIC_ARN is missing",
                        "ESCALATE_AFTER_MINUTES is missing");
    }

    @Test
    void primesWithReadsAlone_andTakesAStoreThatFails() {
        stored("door");
        assertThatCode(() -> stream.priming().run()).doesNotThrowAnyException();
        assertThat(published).isEmpty();

        state.close();
        assertThatCode(() -> tick.priming().run()).doesNotThrowAnyException();
    }

    private String handles(List<String> failed, DynamodbEvent.DynamodbStreamRecord... records) {
        AtomicReference<StreamsEventResponse> answer = new AtomicReference<>();
        String log = Output.of(
                () -> answer.set(stream.handleRequest(StreamEvents.event(records), new RequestContext("r-1"))));
        assertThat(answer.get().getBatchItemFailures())
                .extracting(BatchItemFailure::getItemIdentifier)
                .isEqualTo(failed);
        return log;
    }

    private String ticks(String event) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try {
            tick.handleRequest(InputStream.nullInputStream(), answer, new RequestContext("r-2" + event.length()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return answer.toString(StandardCharsets.UTF_8);
    }

    private String publish(Message message) throws Publisher.PublishException {
        Alert alert = (Alert) message;
        if (alert.incident().id().equals(unwanted)) {
            throw new Publisher.PublishException(Publisher.Reason.UNFIT, "not wanted", new IOException("no"));
        }
        published.add(alert.incident().id());
        return "receipt";
    }

    private Head stored(String camera) {
        Head head = Heads.opened(new CameraId("gateway-1", camera), Heads.START);
        assertThat(state.incidents().replace(head)).isTrue();
        return head;
    }
}
