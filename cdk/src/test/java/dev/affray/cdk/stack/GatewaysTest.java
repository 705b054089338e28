package dev.affray.cdk.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.cdk.stack.Resources.Resource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a gateway may do over MQTT: exactly what the agent does. */
@NeedsNode
class GatewaysTest {
    private static final String ARN = "arn:<AWS::Partition>:iot:eu-central-1:123456789012:";
    private static final String THING = "${iot:Connection.Thing.ThingName}";
    private static final String CREATE = "$aws/certificates/create-from-csr/json";
    private static final String RENEWAL = "$aws/provisioning-templates/affray-gateway-renewal/provision/json";
    private static final String SHADOWS = "$aws/things/" + THING + "/shadow/name/";

    private final Resources stack = Synthesized.EDGE_SCORE.stack();
    private final Resource policy = stack.one("AWS::IoT::Policy", "Gateways");

    private JsonNode statement(String action) {
        List<JsonNode> found = policy.at("/PolicyDocument/Statement")
                .valueStream()
                .filter(statement ->
                        Resources.texts(statement.path("Action")).getFirst().equals(action))
                .toList();
        assertThat(found).as(action).hasSize(1);
        return found.getFirst();
    }

    private List<String> resources(String action) {
        return Resources.texts(statement(action).path("Resource"));
    }

    @Test
    void itConnectsAsTheThingThatItsCertificateIsAttachedTo() {
        assertThat(resources("iot:Connect")).containsExactly(ARN + "client/" + THING);
        assertThat(statement("iot:Connect")
                        .at("/Condition/Bool/iot:Connection.Thing.IsAttached")
                        .asText())
                .isEqualTo("true");
    }

    @Test
    void itPublishesItsHealthItsPresenceItsAnswersAndRequests_alsoToBeKept_butNoCommands() {
        assertThat(Resources.texts(statement("iot:Publish").path("Action")))
                .containsExactly("iot:Publish", "iot:RetainPublish");
        assertThat(resources("iot:Publish"))
                .containsExactlyInAnyOrder(
                        ARN + "topic/affray/" + THING + "/health",
                        ARN + "topic/affray/" + THING + "/presence",
                        ARN + "topic/affray/" + THING + "/answers/*",
                        ARN + "topic/" + SHADOWS + "*/get",
                        ARN + "topic/" + SHADOWS + "*/update",
                        ARN + "topic/" + CREATE,
                        ARN + "topic/" + RENEWAL);
    }

    @Test
    void itHearsOfItsShadowsItsCommandsAndItsNewCertificate() {
        assertThat(resources("iot:Subscribe"))
                .containsExactlyInAnyOrder(
                        ARN + "topicfilter/" + SHADOWS + "*",
                        ARN + "topicfilter/affray/" + THING + "/commands",
                        ARN + "topicfilter/" + CREATE + "/*",
                        ARN + "topicfilter/" + RENEWAL + "/*");
        assertThat(resources("iot:Receive"))
                .as("only what was subscribed to is delivered")
                .containsExactly(ARN + "topic/*/" + THING + "/*", ARN + "topic/$aws/*/json/*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$aws/things/gw-1/shadow/name/camera-door/update/delta",
                "affray/gw-1/commands",
                CREATE + "/accepted",
                RENEWAL + "/rejected"
            })
    void itReceivesWhateverItHears(String topic) {
        assertThat(resources("iot:Receive"))
                .anyMatch(resource -> topic.matches(resource.replace(ARN + "topic/", "")
                        .replace(THING, "gw-1")
                        .replace("$", "\\$")
                        .replace("*", ".*")));
    }

    @Test
    void itGetsCredentialsByOneRoleAlias_andMayDoNothingElse() {
        assertThat(resources("iot:AssumeRoleWithCertificate")).containsExactly("<GatewaysRoleAlias.RoleAliasArn>");
        assertThat(policy.at("/PolicyDocument/Statement")).hasSize(5);
        assertThat(policy.at("/PolicyDocument/Statement")
                        .valueStream()
                        .flatMap(statement -> Resources.texts(statement.path("Resource")).stream())
                        .filter(resource -> resource.startsWith("arn:")))
                .isNotEmpty()
                .allMatch(resource -> resource.contains(THING)
                        || resource.contains(CREATE)
                        || resource.contains(RENEWAL)
                        || resource.equals(ARN + "topic/$aws/*/json/*"));
    }

    @Test
    void awsIotTakesThePolicy_alsoWithLongNames() {
        String filledIn = policy.at("/PolicyDocument")
                .toString()
                .replace("<AWS::Partition>", "aws-us-gov")
                .replace("eu-central-1", "ap-southeast-1")
                .replace("affray-gateway", "affray-of-a-long-name-gateway")
                .replace("<GatewaysRoleAlias.RoleAliasArn>", ARN + "rolealias/affray-of-a-long-name-gateway");
        assertThat(filledIn.replace(" ", "")).hasSizeLessThanOrEqualTo(Gateways.LONGEST_POLICY);
    }

    @Test
    void namesThatAnAgentIsTold_beginWithTheDeploymentsName() {
        Resource alias = stack.one("AWS::IoT::RoleAlias", "Gateways");
        assertThat(alias.text("/RoleAlias")).isEqualTo("affray-gateway");
        assertThat(alias.text("/RoleArn")).isEqualTo("<GatewaysUploader.Arn>");
        assertThat(alias.at("/CredentialDurationSeconds").asInt()).isEqualTo(3600);
        assertThat(policy.text("/PolicyName")).isEqualTo("affray-gateway");
    }

    @Test
    void theOutputsAreWhatAnAgentAndItsOperatorNeed() {
        JsonNode outputs = stack.template().path("Outputs");
        assertThat(outputs.properties())
                .extracting(output -> output.getKey() + " = "
                        + output.getValue().path("Value").asText())
                .containsExactlyInAnyOrder(
                        "Region = eu-central-1",
                        "Bucket = <FramesBucket>",
                        "RoleAlias = <GatewaysRoleAlias>",
                        "GatewayPolicy = <GatewaysPolicy>",
                        "ProvisioningTemplate = <ProvisioningGateway>",
                        "ClaimPolicy = <ProvisioningClaimPolicy>",
                        "SerialsTable = <TablesSerials>",
                        "LinkUrl = <LinksApi.ApiEndpoint>",
                        "AlertsTopic = <TopicsAlerts>",
                        "EscalationTopic = <TopicsEscalation>");
    }
}
