package dev.affray.cdk.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.cdk.stack.Resources.Resource;
import dev.affray.document.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a gateway gets a certificate without an administrator. */
@NeedsNode
class ProvisioningTest {
    private static final String ARN = "arn:<AWS::Partition>:iot:eu-central-1:123456789012:";
    private static final String CREATE = "$aws/certificates/create-from-csr/json";
    private static final String REGISTER = "$aws/provisioning-templates/affray-gateway/provision/json";

    private final Resources stack = Synthesized.EDGE_SCORE.stack();

    private Resource template(String id) {
        return stack.one("AWS::IoT::ProvisioningTemplate", "Provisioning" + id);
    }

    private JsonNode body(String id) {
        return Json.tree(template(id).text("/TemplateBody"));
    }

    @ParameterizedTest
    @CsvSource({"Gateway, affray-gateway", "Renewal, affray-gateway-renewal"})
    void eachTemplateAsksTheFunctionFirst_andGivesTheGatewaysPolicy(String id, String name) {
        assertThat(template(id).text("/TemplateName")).isEqualTo(name);
        assertThat(template(id).at("/Enabled").asBoolean()).isTrue();
        assertThat(template(id).text("/PreProvisioningHook/TargetArn")).isEqualTo("<ProvisioningFunctionLive>");
        assertThat(template(id).text("/PreProvisioningHook/PayloadVersion")).isEqualTo("2020-04-01");
        assertThat(template(id).text("/ProvisioningRoleArn")).isEqualTo("<ProvisioningRegistrar.Arn>");
        assertThat(body(id).at("/Resources/policy/Properties/PolicyName").asText())
                .isEqualTo("<GatewaysPolicy>");
        assertThat(body(id).at("/Resources/certificate/Properties").toString())
                .isEqualTo("{\"CertificateId\":{\"Ref\":\"AWS::IoT::Certificate::Id\"},\"Status\":\"Active\"}");
        assertThat(body(id).at("/Resources/thing/Properties/ThingName/Ref").asText())
                .isEqualTo("ThingName");

        Resource permission = stack.one("AWS::Lambda::Permission", "ProvisioningFunctionLive" + id);
        assertThat(permission.text("/Principal")).isEqualTo("iot.amazonaws.com");
        assertThat(permission.text("/SourceArn")).isEqualTo(ARN + "provisioningtemplate/" + name);
        assertThat(permission.text("/SourceAccount")).isEqualTo("123456789012");
    }

    @Test
    void aNewGatewayFailsWhereTheThingExists_andARenewalLeavesItAlone() {
        assertThat(body("Gateway").at("/Resources/thing/OverrideSettings"))
                .isNotEmpty()
                .allMatch(setting -> setting.asText().equals("FAIL"));
        assertThat(body("Renewal").at("/Resources/thing/OverrideSettings"))
                .isNotEmpty()
                .allMatch(setting -> setting.asText().equals("DO_NOTHING"));
    }

    @Test
    void aNewGatewayIsToldWhatItsConfigurationNeeds() {
        assertThat(body("Gateway").path("DeviceConfiguration").toString())
                .isEqualTo(
                        "{\"bucket\":\"<FramesBucket>\",\"region\":\"eu-central-1\",\"roleAlias\":\"<GatewaysRoleAlias>\",\"credentialsEndpoint\":\""
                                + Synthesized.CREDENTIALS + "\"}");
    }

    @Test
    void aNewGatewayIsNotToldACredentialsEndpointThatNobodyNamed() {
        String body = Synthesized.MODERATION
                .stack()
                .one("AWS::IoT::ProvisioningTemplate", "ProvisioningGateway")
                .text("/TemplateBody");
        assertThat(Json.tree(body).path("DeviceConfiguration").toString())
                .isEqualTo(
                        "{\"bucket\":\"<FramesBucket>\",\"region\":\"eu-central-1\",\"roleAlias\":\"<GatewaysRoleAlias>\"}");
    }

    @Test
    void aClaimMayAskForACertificateByTheOneTemplate_andDoNothingElse() {
        Resource policy = stack.one("AWS::IoT::Policy", "ProvisioningClaimPolicy");
        List<String> rights = policy.at("/PolicyDocument/Statement")
                .valueStream()
                .flatMap(statement -> Resources.texts(statement.path("Resource")).stream()
                        .map(resource -> statement.path("Action").asText() + " " + resource.substring(ARN.length())))
                .toList();
        assertThat(policy.text("/PolicyName")).isEqualTo("affray-claim");
        assertThat(rights)
                .containsExactlyInAnyOrder(
                        "iot:Connect client/claim-*",
                        "iot:Publish topic/" + CREATE,
                        "iot:Publish topic/" + REGISTER,
                        "iot:Subscribe topicfilter/" + CREATE + "/*",
                        "iot:Subscribe topicfilter/" + REGISTER + "/*",
                        "iot:Receive topic/" + CREATE + "/*",
                        "iot:Receive topic/" + REGISTER + "/*");
    }
}
