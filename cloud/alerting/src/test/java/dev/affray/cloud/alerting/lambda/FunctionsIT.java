package dev.affray.cloud.alerting.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.affray.cloud.alerting.Heads;
import dev.affray.cloud.alerting.State;
import dev.affray.cloud.alerting.sns.SnsStandIn;
import dev.affray.cloud.function.runtime.Answer;
import dev.affray.cloud.function.runtime.FunctionProcess;
import dev.affray.cloud.function.runtime.Start;
import dev.affray.cloud.state.Head;
import dev.affray.cloud.state.Notification;
import dev.affray.cloud.state.Step;
import dev.affray.cloud.state.dynamodb.Dynalite;
import dev.affray.cloud.state.dynamodb.Tables;
import dev.affray.frame.CameraId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The packed functions on AWS's own runtime client, between a DynamoDB and an SNS that are not AWS's. */
class FunctionsIT {
    private static final String NONE_FAILED = "{\"batchItemFailures\":[]}";

    private DynamoDbClient dynamo;
    private Tables tables;
    private State state;
    private SnsStandIn sns;

    @BeforeEach
    void open() throws IOException {
        dynamo = Dynalite.shared().client();
        tables = Tables.in(dynamo);
        state = State.dynamo(dynamo, tables);
        sns = new SnsStandIn();
    }

    @AfterEach
    void close() {
        state.close();
        sns.close();
    }

    @Test
    void aChangedHeadBecomesAMessage_andTheTickClosesIt() throws IOException {
        Head door = stored("door", Instant.now().minus(Duration.ofHours(1)));
        String incident = Heads.incident(door);
        try (FunctionProcess stream = start(AlertingFunction.class)) {
            report(stream.started());
            assertThat(report(stream.invoke(StreamEvents.json(door)))).isEqualTo(NONE_FAILED);
            assertThat(report(stream.invoke(StreamEvents.json(door, stored("gate", Instant.now())))))
                    .isEqualTo(NONE_FAILED);
            assertThat(report(stream.invoke(StreamEvents.json(stored("yard", Instant.now())))))
                    .isEqualTo(NONE_FAILED);
            assertThat(stream.log()).anyMatch(line -> line.contains("\"AlertsPublished\":1"));
        }
        assertThat(sns.taken(incident)).isEqualTo(1);
        assertThat(sns.taken()).hasSize(3);
        assertThat(state.incidents().find(incident)).contains(door.incidents().getFirst());
        assertThat(state.notifications().of(incident))
                .extracting(Notification::step, Notification::receipt)
                .containsExactlyInAnyOrder(tuple(Step.OPENED, "message-1"), tuple(Step.ESCALATED, null));

        try (FunctionProcess tick = start(TickFunction.class)) {
            report(tick.started());
            assertThat(report(tick.invoke("{\"time\":\"now\"}"))).isEqualTo(outcome(1));
            assertThat(report(tick.invoke("\"any JSON\""))).isEqualTo(outcome(0));
            assertThat(tick.log()).anyMatch(line -> line.contains("\"IncidentsClosed\":1"));
        }
        assertThat(sns.taken()).hasSize(3);
        assertThat(state.incidents().find(incident))
                .hasValueSatisfying(i -> assertThat(i.isOpen()).isFalse());
    }

    @Test
    void theTickAnnouncesWhatTheStreamHasLost() throws IOException {
        Head door = stored("door", Instant.now().minus(Duration.ofHours(1)));
        try (FunctionProcess tick = start(TickFunction.class)) {
            assertThat(tick.invoke("{}").body()).isEqualTo(outcome(1));
        }

        assertThat(sns.taken(Heads.incident(door))).isEqualTo(1);
    }

    @Test
    void aFunctionThatIsKilledWhilePublishing_isSucceededByOneThatPublishes() throws Exception {
        Head door = stored("door", Instant.now());
        String event = StreamEvents.json(door);
        sns.answerNext(new SnsStandIn.Answer.Silence());
        publishAndDie(event);

        try (FunctionProcess successor = start(AlertingFunction.class)) {
            assertThat(successor.invoke(event).body()).contains("\"itemIdentifier\"");
            assertThat(sns.taken()).hasSize(1);
            endLease(Heads.incident(door));
            assertThat(successor.invoke(event).body()).isEqualTo(NONE_FAILED);
            assertThat(successor.log()).anyMatch(line -> line.contains("\"AlertsPossiblyRepeated\":1"));
        }
        assertThat(sns.taken(Heads.incident(door))).isEqualTo(2);
    }

    @Test
    void primesBeforeASnapshot_andPublishesNothing() throws IOException {
        stored("door", Instant.now());
        for (Class<?> function : List.of(AlertingFunction.class, TickFunction.class)) {
            try (FunctionProcess process =
                    FunctionProcess.startWithSnapStart(FunctionProcess.jar(), function.getName(), environment())) {
                process.snapshotTaken();
                assertThat(process.log()).anyMatch(line -> line.contains("primed for the snapshot"));
            }
        }
        assertThat(sns.asked()).isEmpty();
    }

    /** A function that is killed while SNS, which has the message, does not answer. */
    private void publishAndDie(String event) throws Exception {
        Thread invocation;
        try (FunctionProcess killed = start(AlertingFunction.class)) {
            killed.started();
            invocation = Thread.ofVirtual()
                    .start(() ->
                            assertThatThrownBy(() -> killed.invoke(event)).isInstanceOf(IllegalStateException.class));
            sns.awaitTaken();
        }
        invocation.join();
    }

    /** As if the two minutes had passed. */
    private void endLease(String incident) {
        dynamo.updateItem(update -> update.tableName(tables.notifications())
                .key(Map.of(
                        "incident", AttributeValue.fromS(incident), "step", AttributeValue.fromS("OPENED#sns-alerts")))
                .updateExpression("SET leaseUntil = :then")
                .expressionAttributeValues(Map.of(":then", AttributeValue.fromN("1"))));
    }

    private FunctionProcess start(Class<?> function) throws IOException {
        return FunctionProcess.start(FunctionProcess.jar(), function.getName(), environment());
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(FunctionStartIT.ENVIRONMENT);
        environment.put("HEADS_TABLE", tables.heads());
        environment.put("INCIDENTS_TABLE", tables.incidents());
        environment.put("NOTIFICATIONS_TABLE", tables.notifications());
        environment.put("COUNTERS_TABLE", tables.counters());
        environment.put("EPISODES_TABLE", tables.episodes());
        environment.put("FLEET_TABLE", tables.fleet());
        environment.put(
                "AWS_ENDPOINT_URL_DYNAMODB", Dynalite.shared().endpoint().toString());
        environment.put("AWS_ENDPOINT_URL_SNS", sns.endpoint().toString());
        return environment;
    }

    private Head stored(String camera, Instant changed) {
        Head head = Heads.opened(new CameraId("gateway-1", camera), changed);
        assertThat(state.incidents().replace(head)).isTrue();
        return head;
    }

    private static String outcome(int closed) {
        return "{\"closed\":" + closed + ",\"postponed\":0,\"failed\":0}";
    }

    private static void report(Start start) {
        System.out.println("start: " + start);
    }

    private static String report(Answer answer) {
        System.out.println("invocation: " + answer.took());
        return answer.body();
    }
}
