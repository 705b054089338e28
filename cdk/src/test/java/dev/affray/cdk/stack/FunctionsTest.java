package dev.affray.cdk.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.cdk.stack.Resources.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@NeedsNode
class FunctionsTest {
    private final Resources stack = Synthesized.EDGE_SCORE.stack();

    private Resource function(Resources of, String id) {
        return of.one("AWS::Lambda::Function", id);
    }

    private static List<String> variables(Resource function) {
        List<String> names = new ArrayList<>();
        function.at("/Environment/Variables").fieldNames().forEachRemaining(names::add);
        return names;
    }

    @ParameterizedTest
    @EnumSource
    void theOnlyFunctionsAreOurSeven_andNothingIsCustom(Synthesized variant) {
        assertThat(variant.stack().of("AWS::Lambda::Function"))
                .extracting(function -> function.text("/Handler"))
                .containsExactlyInAnyOrder(
                        "dev.affray.cloud.inference.lambda.InferenceFunction",
                        "dev.affray.cloud.alerting.lambda.AlertingFunction",
                        "dev.affray.cloud.alerting.lambda.TickFunction",
                        "dev.affray.cloud.fleet.lambda.FleetFunction",
                        "dev.affray.cloud.fleet.lambda.WatchFunction",
                        "dev.affray.cloud.fleet.lambda.ProvisioningFunction",
                        "dev.affray.cloud.console.lambda.LinkFunction");
        assertThat(variant.stack().all())
                .extracting(Resource::type)
                .noneMatch(type -> type.startsWith("Custom::") || type.equals("AWS::CloudFormation::CustomResource"));
    }

    @Test
    void aFunctionIsJava25OnArm_andStartsFromASnapshot() {
        assertThat(stack.of("AWS::Lambda::Function")).allSatisfy(function -> {
            assertThat(function.text("/Runtime")).isEqualTo("java25");
            assertThat(function.texts("/Architectures")).containsExactly("arm64");
            assertThat(function.text("/SnapStart/ApplyOn")).isEqualTo("PublishedVersions");
            assertThat(function.at("/MemorySize").asInt()).isEqualTo(1024);
            assertThat(function.at("/Timeout").asInt())
                    .satisfiesAnyOf(
                            seconds -> assertThat(seconds).isBetween(30, 60),
                            seconds -> assertThat(function.id()).startsWith("Provisioning"));
        });
    }

    @Test
    void aFunctionLogsJsonIntoAGroupOfItsOwn_keptAsSet() {
        assertThat(stack.of("AWS::Lambda::Function"))
                .allSatisfy(function -> {
                    assertThat(function.text("/LoggingConfig/LogFormat")).isEqualTo("JSON");
                    Resource group = stack.behind(function.text("/LoggingConfig/LogGroup"));
                    assertThat(group.at("/RetentionInDays").asInt()).isEqualTo(30);
                })
                .extracting(function -> function.text("/LoggingConfig/LogGroup"))
                .doesNotHaveDuplicates();
    }

    @Test
    void everyCallerGoesByTheAliasOfAVersion() {
        List<String> called = new ArrayList<>();
        stack.of("AWS::Lambda::EventSourceMapping").forEach(source -> called.add(source.text("/FunctionName")));
        stack.of("AWS::Scheduler::Schedule").forEach(schedule -> called.add(schedule.text("/Target/Arn")));
        stack.of("AWS::IoT::TopicRule")
                .forEach(rule -> called.add(rule.text("/TopicRulePayload/Actions/0/Lambda/FunctionArn")));
        stack.of("AWS::IoT::ProvisioningTemplate")
                .forEach(template -> called.add(template.text("/PreProvisioningHook/TargetArn")));
        stack.of("AWS::Lambda::Permission").forEach(permission -> called.add(permission.text("/FunctionName")));
        stack.of("AWS::ApiGatewayV2::Integration")
                .forEach(integration -> called.add(integration.text("/IntegrationUri")));
        assertThat(called).hasSize(19).allSatisfy(reference -> {
            Resource alias = stack.behind(reference);
            assertThat(alias.type()).isEqualTo("AWS::Lambda::Alias");
            assertThat(alias.text("/Name")).isEqualTo("live");
            assertThat(stack.behind(alias.text("/FunctionVersion")).type()).isEqualTo("AWS::Lambda::Version");
        });
    }

    @Test
    void inferenceIsToldItsTablesQueuesAndTerms() {
        Resource inference = function(stack, "Inference");
        assertThat(variables(inference))
                .containsExactlyInAnyOrder(
                        "DETECTIONS_TABLE",
                        "HEADS_TABLE",
                        "INCIDENTS_TABLE",
                        "FLEET_TABLE",
                        "DETECTION_DAYS",
                        "INCIDENT_DAYS",
                        "DETECTOR",
                        "LIVE_QUEUE_URL",
                        "LIVE_DEAD_LETTER_URL",
                        "BACKLOG_QUEUE_URL",
                        "BACKLOG_DEAD_LETTER_URL");
        assertThat(inference.text("/Environment/Variables/LIVE_DEAD_LETTER_URL"))
                .isEqualTo("<FramesLiveDeadLetters>");
        assertThat(inference.text("/Environment/Variables/BACKLOG_QUEUE_URL")).isEqualTo("<FramesBacklogQueue>");
        assertThat(inference.text("/Environment/Variables/DETECTION_DAYS")).isEqualTo("15");
        assertThat(inference.text("/Environment/Variables/INCIDENT_DAYS")).isEqualTo("365");
    }

    @Test
    void inferenceIsToldItsDetector() {
        assertThat(detector(Synthesized.EDGE_SCORE)).isEqualTo(Map.of("DETECTOR", "edge-score"));
        assertThat(detector(Synthesized.MODERATION))
                .isEqualTo(Map.of("DETECTOR", "rekognition-moderation", "LABELS", "Physical Violence,Weapon Violence"));
        assertThat(detector(Synthesized.CUSTOM_LABELS))
                .isEqualTo(Map.of(
                        "DETECTOR",
                        "rekognition-custom-labels",
                        "LABELS",
                        "fight",
                        "MODEL_ARN",
                        Synthesized.MODEL,
                        "FROM_EDGE_SCORE",
                        "30"));
    }

    private Map<String, String> detector(Synthesized variant) {
        JsonNode variables = function(variant.stack(), "Inference").at("/Environment/Variables");
        return variables.properties().stream()
                .filter(variable -> List.of("DETECTOR", "LABELS", "MODEL_ARN", "FROM_EDGE_SCORE")
                        .contains(variable.getKey()))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, variable -> variable.getValue().asText()));
    }

    @Test
    void theFunctionsOfAlertingAreToldTheSame_andFleetItsTable() {
        assertThat(variables(function(stack, "Alerting")))
                .containsExactlyInAnyOrder(
                        "HEADS_TABLE",
                        "INCIDENTS_TABLE",
                        "NOTIFICATIONS_TABLE",
                        "COUNTERS_TABLE",
                        "EPISODES_TABLE",
                        "FLEET_TABLE",
                        "INCIDENT_DAYS",
                        "TOPIC_ARN",
                        "ESCALATION_TOPIC_ARN",
                        "ESCALATE_AFTER_MINUTES",
                        "OPERATIONS_TOPIC_ARN",
                        "LINK_BASE_URL",
                        "LINK_SECRET_ARN",
                        "LINK_DAYS");
        assertThat(function(stack, "Tick").at("/Environment"))
                .isEqualTo(function(stack, "Alerting").at("/Environment"));
        assertThat(function(stack, "Alerting").text("/Environment/Variables/OPERATIONS_TOPIC_ARN"))
                .isEqualTo("<TopicsOperations>");
        assertThat(function(stack, "Alerting").text("/Environment/Variables/ESCALATION_TOPIC_ARN"))
                .isEqualTo("<TopicsEscalation>");
        assertThat(function(stack, "Alerting").text("/Environment/Variables/ESCALATE_AFTER_MINUTES"))
                .isEqualTo("7");
        assertThat(variables(function(stack, "Fleet"))).containsExactly("FLEET_TABLE");
        assertThat(variables(function(stack, "Watch")))
                .containsExactlyInAnyOrder(
                        "FLEET_TABLE",
                        "HEADS_TABLE",
                        "INCIDENTS_TABLE",
                        "DETECTIONS_TABLE",
                        "INCIDENT_DAYS",
                        "DETECTION_DAYS");
        assertThat(function(Synthesized.CUSTOM_LABELS.stack(), "Watch").text("/Environment/Variables/MODEL_ARN"))
                .isEqualTo(Synthesized.MODEL);
        assertThat(variables(function(stack, "Provisioning")))
                .containsExactlyInAnyOrder("SERIALS_TABLE", "FLEET_TABLE", "GATEWAY_TEMPLATE", "RENEWAL_TEMPLATE");
    }
}
