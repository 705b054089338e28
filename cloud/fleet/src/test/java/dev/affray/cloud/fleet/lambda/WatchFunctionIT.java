package dev.affray.cloud.fleet.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.camera.GatewayConfig;
import dev.affray.cloud.fleet.rekognition.RekognitionStandIn;
import dev.affray.cloud.function.runtime.Answer;
import dev.affray.cloud.function.runtime.FunctionProcess;
import dev.affray.cloud.function.runtime.Start;
import dev.affray.cloud.state.Head;
import dev.affray.cloud.state.dynamodb.Dynalite;
import dev.affray.cloud.state.dynamodb.DynamoCameraStore;
import dev.affray.cloud.state.dynamodb.DynamoIncidentStore;
import dev.affray.cloud.state.dynamodb.Tables;
import dev.affray.frame.CameraId;
import dev.affray.frame.Line;
import dev.affray.health.GatewayHealth;
import dev.affray.health.HealthReport;
import dev.affray.incident.IncidentKind;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The packaged function on AWS's own runtime client, against DynamoDB's protocol. */
class WatchFunctionIT {
    private static final String FUNCTION = WatchFunction.class.getName();

    private final Dynalite dynamo = Dynalite.shared();
    private final DynamoDbClient client = dynamo.client();
    private final Tables tables = Tables.in(client);
    private final DynamoCameraStore cameras = new DynamoCameraStore(client, tables.fleet());
    private final DynamoIncidentStore incidents =
            new DynamoIncidentStore(client, tables.heads(), tables.incidents(), Duration.ofDays(30), Clock.systemUTC());

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void aGatewayThatIsGone_isOneIncident_howeverOftenTheMinuteComes() throws IOException {
        Instant gone = Instant.now().minusSeconds(600);
        cameras.putGatewayDocument("gw", 1, new GatewayConfig(List.of("door", "yard")));
        cameras.putPresence("gw", false, gone);

        try (FunctionProcess function =
                FunctionProcess.startWithSnapStart(FunctionProcess.jar(), FUNCTION, environment())) {
            function.snapshotTaken();
            assertThat(function.started()).isInstanceOf(Start.Ready.class);
            assertThat(body(function.invoke("{}"))).isEqualTo("{\"begun\":1,\"ended\":0,\"failed\":0,\"unknown\":0}");
            assertThat(function.log().getLast()).contains("\"ConditionsBegun\":1");
            assertThat(body(function.invoke("{}"))).isEqualTo("{\"begun\":0,\"ended\":0,\"failed\":0,\"unknown\":0}");
        }

        Head head = incidents.head(CameraId.gateway("gw"), IncidentKind.CAMERA_OFFLINE, Line.LIVE);
        assertThat(head.version()).isEqualTo(1);
        assertThat(head.incidents()).singleElement().satisfies(incident -> {
            assertThat(incident.opened().toEpochMilli()).isEqualTo(gone.toEpochMilli());
            assertThat(incident.detail()).isEqualTo("its connection was lost; its 2 cameras cannot be seen");
        });
    }

    @Test
    void aModelThatIsOffIsSeenByItsOwnWord() throws IOException {
        cameras.putGatewayDocument("here", 1, new GatewayConfig(List.of("door")));
        cameras.putHealth(
                new HealthReport(
                        "here",
                        Instant.now(),
                        false,
                        new GatewayHealth("1", Instant.now(), 0, 1, 1, null, 1, 0L),
                        List.of()),
                Instant.now());

        try (RekognitionStandIn rekognition = new RekognitionStandIn()) {
            rekognition.status("STOPPED");
            Map<String, String> environment = environment();
            environment.put("MODEL_ARN", RekognitionStandIn.MODEL);
            environment.put(
                    "AWS_ENDPOINT_URL_REKOGNITION", rekognition.endpoint().toString());
            try (FunctionProcess function =
                    FunctionProcess.startWithSnapStart(FunctionProcess.jar(), FUNCTION, environment)) {
                function.snapshotTaken();
                assertThat(body(function.invoke("{}")))
                        .isEqualTo("{\"begun\":1,\"ended\":0,\"failed\":0,\"unknown\":0}");
                rekognition.status("RUNNING");
                assertThat(body(function.invoke("{}")))
                        .isEqualTo("{\"begun\":0,\"ended\":1,\"failed\":0,\"unknown\":0}");
            }
        }

        assertThat(incidents
                        .head(CameraId.gateway("here"), IncidentKind.PIPELINE_BLIND, Line.LIVE)
                        .incidents())
                .singleElement()
                .satisfies(incident -> assertThat(incident.detail()).isEqualTo("the model fights.1 is STOPPED"));
    }

    @Test
    void tellsAllThatIsWrongInItsEnvironment() throws IOException {
        try (FunctionProcess function = FunctionProcess.start(
                FunctionProcess.jar(), FUNCTION, Map.of("INCIDENT_DAYS", "0", "MODEL_ARN", "fights"))) {
            assertThat(function.started())
                    .isInstanceOfSatisfying(
                            Start.Failed.class,
                            failed -> assertThat(failed.error())
                                    .contains(
                                            "FLEET_TABLE is missing",
                                            "HEADS_TABLE",
                                            "DETECTIONS_TABLE",
                                            "INCIDENT_DAYS is '0'",
                                            "MODEL_ARN is not that of a model version"));
        }
    }

    private static String body(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Response.class);
        return ((Answer.Response) answer).body();
    }

    private Map<String, String> environment() {
        return new HashMap<>(Map.of(
                "FLEET_TABLE", tables.fleet(),
                "HEADS_TABLE", tables.heads(),
                "INCIDENTS_TABLE", tables.incidents(),
                "DETECTIONS_TABLE", tables.detections(),
                "INCIDENT_DAYS", "30",
                "DETECTION_DAYS", "14",
                "AWS_ENDPOINT_URL_DYNAMODB", dynamo.endpoint().toString()));
    }
}
