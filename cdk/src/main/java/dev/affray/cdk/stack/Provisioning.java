package dev.affray.cdk.stack;

import dev.affray.cdk.deployment.Deployment;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.iot.CfnPolicy;
import software.amazon.awscdk.services.iot.CfnProvisioningTemplate;
import software.amazon.awscdk.services.iot.CfnProvisioningTemplate.ProvisioningHookProperty;
import software.amazon.awscdk.services.lambda.Permission;
import software.constructs.Construct;

/**
 * How gateways come by a certificate of their own (AWS IoT fleet provisioning): new ones with a claim certificate and a serial number that is on the
 * list, known ones in place of the certificate they have. A function decides; what a client may ask at all is in its policy.
 */
final class Provisioning extends Construct {
    /** What a claim's client id begins with; the serial number follows. */
    private static final String CLAIM = "claim-";

    private static final String CREATE = "$aws/certificates/create-from-csr/json";
    private static final String HOOK_VERSION = "2020-04-01";

    /** AWS IoT waits no longer for the answer. */
    private static final int TIMEOUT_SECONDS = 5;

    private final JavaFunction function;
    private final CfnPolicy claims;
    private final CfnProvisioningTemplate newGateways;

    Provisioning(Construct scope, Deployment deployment, Path jar, Tables tables, Frames frames, Gateways gateways) {
        super(scope, "Provisioning");
        String name = deployment.name();
        function = hook(deployment, jar, tables);
        Role role = registrar(gateways);
        newGateways = template("Gateway", gatewayTemplate(name), role, newGateway(deployment, frames, gateways));
        template("Renewal", renewalTemplate(name), role, renewal(gateways));
        claims = CfnPolicy.Builder.create(this, "ClaimPolicy")
                .policyName(name + "-claim")
                .policyDocument(Map.of("Version", "2012-10-17", "Statement", claimStatements(name)))
                .build();
    }

    /** Of new gateways. */
    static String gatewayTemplate(String name) {
        return name + "-gateway";
    }

    /** Of gateways that have a certificate. */
    static String renewalTemplate(String name) {
        return name + "-gateway-renewal";
    }

    /** The topics by which a certificate is asked for and registered by a template. Each has its answers below. */
    static Stream<String> requests(String template) {
        return Stream.of(CREATE, "$aws/provisioning-templates/" + template + "/provision/json");
    }

    private JavaFunction hook(Deployment deployment, Path jar, Tables tables) {
        var spec = new JavaFunction.Spec(
                "provisioning", jar, "dev.affray.cloud.fleet.lambda.ProvisioningFunction", 1024, TIMEOUT_SECONDS);
        JavaFunction hook = new JavaFunction(
                this,
                spec,
                deployment.retention().logsDays(),
                Map.of(
                        "SERIALS_TABLE", tables.serials().getTableName(),
                        "FLEET_TABLE", tables.fleet().getTableName(),
                        "GATEWAY_TEMPLATE", gatewayTemplate(deployment.name()),
                        "RENEWAL_TEMPLATE", renewalTemplate(deployment.name())));
        hook.allow(
                List.of("dynamodb:GetItem", "dynamodb:UpdateItem"),
                tables.serials().getTableArn());
        hook.allow(List.of("dynamodb:GetItem"), tables.fleet().getTableArn());
        return hook;
    }

    /** As whom AWS IoT registers: of AWS's own policy for that (AWSIoTThingsRegistration) what these templates need. */
    private Role registrar(Gateways gateways) {
        Role role = Role.Builder.create(this, "Registrar")
                .assumedBy(ServicePrincipal.Builder.create("iot.amazonaws.com")
                        .conditions(Map.of(
                                "StringEquals",
                                Map.of("aws:SourceAccount", Stack.of(this).getAccount())))
                        .build())
                .build();
        allow(role, List.of("iot:CreateThing", "iot:DescribeThing", "iot:UpdateThing"), arn("thing/*"));
        allow(role, List.of("iot:AttachThingPrincipal"), arn("thing/*"), arn("cert/*"));
        allow(role, List.of("iot:DescribeCertificate", "iot:UpdateCertificate"), arn("cert/*"));
        allow(role, List.of("iot:AttachPolicy"), arn("cert/*"), arn("policy/" + gateways.policyName()));
        allow(role, List.of("iot:GetPolicy"), arn("policy/" + gateways.policyName()));
        // AWS knows no resource for it.
        allow(role, List.of("iot:RegisterThing"), "*");
        // Account and region may be tokens, which hold colons.
        Nag.exceptWildcard(
                role,
                "arn:<AWS::Partition>:iot:.*:(thing|cert)\\/\\*",
                "The names of gateways and certificates to come are not known.");
        Nag.exceptWildcard(role, "\\*", "AWS lets nobody name a resource for iot:RegisterThing.");
        return role;
    }

    private static void allow(Role role, List<String> actions, String... arns) {
        role.addToPolicy(PolicyStatement.Builder.create()
                .actions(actions)
                .resources(List.of(arns))
                .build());
    }

    private CfnProvisioningTemplate template(String id, String name, Role role, String body) {
        function.alias()
                .addPermission(
                        id,
                        Permission.builder()
                                .principal(new ServicePrincipal("iot.amazonaws.com"))
                                .sourceArn(arn("provisioningtemplate/" + name))
                                .sourceAccount(Stack.of(this).getAccount())
                                .build());
        CfnProvisioningTemplate template = CfnProvisioningTemplate.Builder.create(this, id)
                .templateName(name)
                .description("Affray: " + name)
                .enabled(true)
                .provisioningRoleArn(role.getRoleArn())
                .preProvisioningHook(ProvisioningHookProperty.builder()
                        .targetArn(function.alias().getFunctionArn())
                        .payloadVersion(HOOK_VERSION)
                        .build())
                .templateBody(body)
                .build();
        template.getNode().addDependency(role);
        return template;
    }

    /** Fails where the thing exists. */
    private String newGateway(Deployment deployment, Frames frames, Gateways gateways) {
        String endpoint = deployment
                .credentialsEndpoint()
                .map(", \"credentialsEndpoint\": \"%s\""::formatted)
                .orElse("");
        return """
                {
                  "Parameters": {
                    "SerialNumber": {"Type": "String"},
                    "ThingName": {"Type": "String"},
                    "Site": {"Type": "String", "Default": "unknown"},
                    "AWS::IoT::Certificate::Id": {"Type": "String"}
                  },
                  "Resources": {
                    "thing": {
                      "Type": "AWS::IoT::Thing",
                      "OverrideSettings": {"AttributePayload": "FAIL", "ThingTypeName": "FAIL", "ThingGroups": "FAIL"},
                      "Properties": {
                        "ThingName": {"Ref": "ThingName"},
                        "AttributePayload": {"serial": {"Ref": "SerialNumber"}, "site": {"Ref": "Site"}}
                      }
                    },
                    %s
                  },
                  "DeviceConfiguration": {"bucket": "%s", "region": "%s", "roleAlias": "%s"%s}
                }
                """.formatted(
                        certified(gateways),
                        frames.bucket().getBucketName(),
                        Stack.of(this).getRegion(),
                        gateways.roleAliasName(),
                        endpoint);
    }

    /** Changes nothing of the thing but its certificates. */
    private static String renewal(Gateways gateways) {
        return """
                {
                  "Parameters": {
                    "ThingName": {"Type": "String"},
                    "AWS::IoT::Certificate::Id": {"Type": "String"}
                  },
                  "Resources": {
                    "thing": {
                      "Type": "AWS::IoT::Thing",
                      "OverrideSettings": {"AttributePayload": "DO_NOTHING", "ThingTypeName": "DO_NOTHING", "ThingGroups": "DO_NOTHING"},
                      "Properties": {"ThingName": {"Ref": "ThingName"}}
                    },
                    %s
                  }
                }
                """.formatted(certified(gateways));
    }

    private static String certified(Gateways gateways) {
        return """
                "certificate": {
                  "Type": "AWS::IoT::Certificate",
                  "Properties": {"CertificateId": {"Ref": "AWS::IoT::Certificate::Id"}, "Status": "Active"}
                },
                "policy": {"Type": "AWS::IoT::Policy", "Properties": {"PolicyName": "%s"}}""".formatted(gateways.policyName());
    }

    private List<Map<String, Object>> claimStatements(String name) {
        List<String> topics = requests(gatewayTemplate(name)).toList();
        return List.of(
                statement("iot:Connect", Stream.of("client/" + CLAIM + "*")),
                statement("iot:Publish", topics.stream().map(topic -> "topic/" + topic)),
                statement("iot:Subscribe", topics.stream().map(topic -> "topicfilter/" + topic + "/*")),
                statement("iot:Receive", topics.stream().map(topic -> "topic/" + topic + "/*")));
    }

    private Map<String, Object> statement(String action, Stream<String> resources) {
        return Map.of(
                "Effect",
                "Allow",
                "Action",
                action,
                "Resource",
                resources.map(this::arn).toList());
    }

    private String arn(String resource) {
        Stack stack = Stack.of(this);
        return "arn:" + stack.getPartition() + ":iot:" + stack.getRegion() + ":" + stack.getAccount() + ":" + resource;
    }

    JavaFunction function() {
        return function;
    }

    /** To be attached to a claim certificate. */
    String claimPolicyName() {
        return claims.getRef();
    }

    /** As affray-agent provision wants it. */
    String templateName() {
        return newGateways.getRef();
    }
}
