package dev.affray.cloud.fleet.lambda;

import static dev.affray.cloud.fleet.Documents.example;
import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.cloud.function.runtime.Answer;
import dev.affray.cloud.function.runtime.FunctionProcess;
import dev.affray.cloud.function.runtime.Start;
import dev.affray.cloud.state.dynamodb.Dynalite;
import dev.affray.cloud.state.dynamodb.DynamoCameraStore;
import dev.affray.cloud.state.dynamodb.Tables;
import dev.affray.frame.CameraId;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The jar that Lambda gets, on AWS's own runtime client. */
class FleetFunctionIT {
    private static final String FUNCTION = FleetFunction.class.getName();
    private static final String REPORT = Events.of(Events.HEALTH, example("good/health/streaming"));

    private final Dynalite dynamo = Dynalite.shared();
    private final DynamoDbClient client = dynamo.client();
    private final Tables tables = Tables.in(client);

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void messagesGoIntoTheTable_andIntoTheMetrics() throws IOException {
        try (FunctionProcess function =
                FunctionProcess.start(FunctionProcess.jar(), FUNCTION, environment(tables.fleet()))) {
            assertThat(function.started()).isInstanceOf(Start.Ready.class);
            assertThat(function.invoke(REPORT)).isInstanceOf(Answer.Response.class);
            assertThat(function.invoke(Events.of(Events.PRESENCE, "{\"online\":true}")))
                    .isInstanceOf(Answer.Response.class);
            assertThat(function.invoke(
                            Events.of(Events.CAMERA_SHADOW, Events.documents(7, example("good/camera/full"), "null"))))
                    .isInstanceOf(Answer.Response.class);
            assertThat(new DynamoCameraStore(client, tables.fleet()).cameras())
                    .singleElement()
                    .satisfies(camera -> {
                        assertThat(camera.id()).isEqualTo(new CameraId("northgate-gw1", "door"));
                        assertThat(camera.configVersion()).isEqualTo(7);
                        assertThat(camera.health()).isNotNull();
                    });
            assertThat(new DynamoCameraStore(client, tables.fleet()).gateway("northgate-gw1"))
                    .hasValueSatisfying(gateway -> {
                        assertThat(gateway.online()).isTrue();
                        assertThat(gateway.health()).isNotNull();
                    });
            assertThat(function.log()).hasSize(3);
            assertThat(function.log().getFirst()).contains("\"HealthReports\":1");
        }
    }

    @Test
    void anEventThatCannotBeReadIsNotCalledForAgain() throws IOException {
        try (FunctionProcess function =
                FunctionProcess.start(FunctionProcess.jar(), FUNCTION, environment(tables.fleet()))) {
            assertThat(function.invoke("{}"))
                    .isInstanceOfSatisfying(
                            Answer.Response.class,
                            answer -> assertThat(function.log().getFirst()).contains(answer.requestId(), "dropped"));
            assertThat(function.log().getLast()).contains("\"MessagesMalformed\":1");
        }
    }

    @Test
    void aTableThatIsMissingFailsTheInvocation_butNotTheSnapshot() throws IOException {
        try (FunctionProcess function =
                FunctionProcess.startWithSnapStart(FunctionProcess.jar(), FUNCTION, environment("missing"))) {
            function.snapshotTaken();
            assertThat(function.started()).isInstanceOf(Start.Ready.class);
            assertThat(function.log().getFirst()).contains("priming failed");
            assertThat(function.invoke(REPORT))
                    .isInstanceOfSatisfying(
                            Answer.Failure.class,
                            answer -> assertThat(answer.body()).contains("ResourceNotFoundException"));
        }
    }

    @Test
    void primingGoesThroughTheStore() throws IOException {
        try (FunctionProcess function =
                FunctionProcess.startWithSnapStart(FunctionProcess.jar(), FUNCTION, environment(tables.fleet()))) {
            function.snapshotTaken();
            assertThat(function.started()).isInstanceOf(Start.Ready.class);
            assertThat(function.log()).singleElement().asString().contains("primed for the snapshot");
        }
    }

    private Map<String, String> environment(String table) {
        return Map.of(
                "FLEET_TABLE",
                table,
                "AWS_ENDPOINT_URL_DYNAMODB",
                dynamo.endpoint().toString());
    }
}
