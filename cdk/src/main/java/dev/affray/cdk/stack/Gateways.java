package dev.affray.cdk.stack;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.iot.CfnPolicy;
import software.amazon.awscdk.services.iot.CfnRoleAlias;
import software.amazon.awscdk.services.s3.Bucket;
import software.constructs.Construct;

/**
 * What a gateway may do, once its certificate is attached to its thing and to the policy: speak for itself over MQTT, follow its own shadows, hear and
 * answer its own commands, renew its certificate, and get credentials that write its own frames and nothing else.
 */
final class Gateways extends Construct {
    private static final String THING = "${iot:Connection.Thing.ThingName}";

    /** AWS IoT takes no longer policy, spaces not counted: so what a gateway hears is allowed by whole branches, all of them its own. */
    static final int LONGEST_POLICY = 2048;

    private static final String SHADOWS = "$aws/things/" + THING + "/shadow/name/";

    private static final int SESSION_SECONDS = 3600;

    private final CfnRoleAlias roleAlias;
    private final CfnPolicy policy;
    private final String renewal;

    Gateways(Construct scope, String name, Bucket frames) {
        super(scope, "Gateways");
        renewal = Provisioning.renewalTemplate(name);
        roleAlias = CfnRoleAlias.Builder.create(this, "RoleAlias")
                .roleAlias(name + "-gateway")
                .roleArn(uploader(frames).getRoleArn())
                .credentialDurationSeconds(SESSION_SECONDS)
                .build();
        policy = CfnPolicy.Builder.create(this, "Policy")
                .policyName(name + "-gateway")
                .policyDocument(Map.of("Version", "2012-10-17", "Statement", statements()))
                .build();
    }

    /** The thing name comes from the certificate, whatever a gateway asks for. */
    private Role uploader(Bucket frames) {
        Role role = Role.Builder.create(this, "Uploader")
                .assumedBy(new ServicePrincipal("credentials.iot.amazonaws.com"))
                .build();
        role.addToPolicy(PolicyStatement.Builder.create()
                .actions(List.of("s3:PutObject"))
                .resources(Stream.of("live", "backlog", "clips")
                        .map(folder -> frames.getBucketArn() + "/" + folder + "/${credentials-iot:ThingName}/*")
                        .toList())
                .build());
        Nag.exceptWildcard(
                role,
                "<FramesBucket.*\\.Arn>\\/(live|backlog|clips)\\/<credentials-iot:ThingName>\\/\\*",
                "A gateway names its frames itself; the rights end at the folders that carry its own thing name.");
        return role;
    }

    private List<Map<String, Object>> statements() {
        return List.of(
                Map.of(
                        "Effect",
                        "Allow",
                        "Action",
                        "iot:Connect",
                        "Resource",
                        arn("client/" + THING),
                        "Condition",
                        Map.of("Bool", Map.of("iot:Connection.Thing.IsAttached", "true"))),
                allow(
                        List.of("iot:Publish", "iot:RetainPublish"),
                        Stream.concat(own(), requests()).map(topic -> arn("topic/" + topic))),
                allow("iot:Subscribe", heard().map(filter -> arn("topicfilter/" + filter))),
                allow("iot:Receive", received().map(topic -> arn("topic/" + topic))),
                allow("iot:AssumeRoleWithCertificate", Stream.of(roleAlias.getAttrRoleAliasArn())));
    }

    private static Map<String, Object> allow(Object action, Stream<String> resources) {
        return Map.of("Effect", "Allow", "Action", action, "Resource", resources.toList());
    }

    /** Presence is also the last will; the last answer about each camera is kept by the broker. */
    private static Stream<String> own() {
        return Stream.of("health", "presence", "answers/*").map(topic -> "affray/" + THING + "/" + topic);
    }

    private Stream<String> requests() {
        return Stream.concat(Stream.of(SHADOWS + "*/get", SHADOWS + "*/update"), Provisioning.requests(renewal));
    }

    /** In a policy {@code *} stands for anything; the agent's own filters have {@code +}. */
    private Stream<String> heard() {
        return Stream.concat(
                Stream.of(SHADOWS + "*", "affray/" + THING + "/commands"),
                Provisioning.requests(renewal).map(topic -> topic + "/*"));
    }

    /** Only what was subscribed to is ever delivered, so this need not say it again word by word. */
    private static Stream<String> received() {
        return Stream.of("*/" + THING + "/*", "$aws/*/json/*");
    }

    private String arn(String resource) {
        Stack stack = Stack.of(this);
        return "arn:" + stack.getPartition() + ":iot:" + stack.getRegion() + ":" + stack.getAccount() + ":" + resource;
    }

    /** As agent.yaml wants it. */
    String roleAliasName() {
        return roleAlias.getRef();
    }

    /** To be attached to each gateway's certificate. */
    String policyName() {
        return policy.getRef();
    }
}
