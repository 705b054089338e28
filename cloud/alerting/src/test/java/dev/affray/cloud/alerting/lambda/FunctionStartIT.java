package dev.affray.cloud.alerting.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.cloud.alerting.Heads;
import dev.affray.cloud.function.runtime.Answer;
import dev.affray.cloud.function.runtime.FunctionProcess;
import dev.affray.cloud.function.runtime.Start;
import dev.affray.cloud.state.Head;
import dev.affray.document.Json;
import dev.affray.frame.CameraId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packed functions on AWS's own runtime client, without anything around them. */
class FunctionStartIT {
    private static final String NOBODY = "http://127.0.0.1:1";

    static final Map<String, String> ENVIRONMENT = Map.ofEntries(
            Map.entry("HEADS_TABLE", "heads"),
            Map.entry("INCIDENTS_TABLE", "incidents"),
            Map.entry("NOTIFICATIONS_TABLE", "notifications"),
            Map.entry("COUNTERS_TABLE", "counters"),
            Map.entry("EPISODES_TABLE", "episodes"),
            Map.entry("FLEET_TABLE", "fleet"),
            Map.entry("INCIDENT_DAYS", "30"),
            Map.entry("TOPIC_ARN", "arn:aws:sns:eu-west-1:111111111111:alerts"),
            Map.entry("ESCALATION_TOPIC_ARN", "arn:aws:sns:eu-west-1:111111111111:escalation"),
            Map.entry("ESCALATE_AFTER_MINUTES", "5"),
            Map.entry("OPERATIONS_TOPIC_ARN", "arn:aws:sns:eu-west-1:111111111111:operations"),
            Map.entry("AWS_ENDPOINT_URL_DYNAMODB", NOBODY),
            Map.entry("AWS_ENDPOINT_URL_SNS", NOBODY));

    @Test
    void tellsAllThatIsWrong_whenTheyCannotStart() throws IOException {
        for (Class<?> function : new Class<?>[] {AlertingFunction.class, TickFunction.class}) {
            try (FunctionProcess process =
                    FunctionProcess.start(FunctionProcess.jar(), function.getName(), Map.of("HEADS_TABLE", "heads"))) {
                assertThat(process.started())
                        .isInstanceOfSatisfying(
                                Start.Failed.class,
                                failed -> assertThat(failed.error())
                                        .contains(
                                                "INCIDENTS_TABLE is missing",
                                                "NOTIFICATIONS_TABLE is missing",
                                                "FLEET_TABLE is missing",
                                                "INCIDENT_DAYS is missing",
                                                "TOPIC_ARN is missing"));
            }
        }
    }

    @Test
    void theRecordComesAgain_whenTheStoreIsOutOfReach() throws IOException {
        Head head = Heads.opened(new CameraId("gateway-1", "door"), Heads.START);
        try (FunctionProcess process =
                FunctionProcess.start(FunctionProcess.jar(), AlertingFunction.class.getName(), ENVIRONMENT)) {
            Answer answer = process.invoke(StreamEvents.json(head));

            assertThat(answer).isInstanceOf(Answer.Response.class);
            assertThat(Json.tree(answer.body()))
                    .isEqualTo(Json.tree(
                            "{\"batchItemFailures\":[{\"itemIdentifier\":\"4421584100000000019055084881\"}]}"));
            assertThat(process.log()).anyMatch(line -> line.contains("\"RecordsFailed\":1"));
        }
    }

    @Test
    void startsWhereMailsGoThroughSes(@TempDir Path folder) throws IOException {
        Path recipients = Files.writeString(
                folder.resolve("recipients.json"), "{\"alerts\": {\"email\": [\"guard@example.org\"]}}");
        Map<String, String> environment = new HashMap<>(ENVIRONMENT);
        environment.putAll(Map.of(
                "MAIL_FROM", "alerts@school.example", "RECIPIENTS_FILE", recipients.toString(), "BUCKET", "frames"));
        try (FunctionProcess process =
                FunctionProcess.start(FunctionProcess.jar(), TickFunction.class.getName(), Map.copyOf(environment))) {
            assertThat(process.started()).isInstanceOf(Start.Ready.class);
        }
    }
}
