package dev.affray.cdk.stack;

import dev.affray.cdk.deployment.Deployment;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.apigatewayv2.CfnApi;
import software.amazon.awscdk.services.apigatewayv2.CfnIntegration;
import software.amazon.awscdk.services.apigatewayv2.CfnRoute;
import software.amazon.awscdk.services.apigatewayv2.CfnStage;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Permission;
import software.amazon.awscdk.services.logs.CfnLogGroup;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.amazon.awscdk.services.secretsmanager.SecretStringGenerator;
import software.constructs.Construct;

/** The pages behind the links of alerts: an HTTP API that has no other path, the function that makes them, and the secret that signs links. */
final class Links extends Construct {
    private static final int TIMEOUT_SECONDS = 30;
    private static final int KEY_CHARACTERS = 64;

    /** For all callers together. A page with its pictures is about thirty requests. */
    private static final int REQUESTS_A_SECOND = 50;

    private static final int BURST = 200;

    /** Nothing of the path, which holds the link, and nothing of who asked. */
    private static final String ACCESS_LOG =
            "{\"requestId\":\"$context.requestId\",\"at\":\"$context.requestTime\",\"route\":\"$context.routeKey\","
                    + "\"status\":\"$context.status\",\"bytes\":\"$context.responseLength\","
                    + "\"millis\":\"$context.responseLatency\",\"error\":\"$context.integrationErrorMessage\"}";

    private final JavaFunction function;
    private final Secret secret;
    private final CfnApi api;
    private final Deployment.Links settings;

    Links(Construct scope, Deployment deployment, Path jar, Tables tables, Frames frames) {
        super(scope, "Links");
        settings = deployment.links();
        secret = secret(deployment);
        var spec = new JavaFunction.Spec(
                "link", jar, "dev.affray.cloud.console.lambda.LinkFunction", 1024, TIMEOUT_SECONDS);
        function = new JavaFunction(
                this,
                spec,
                deployment.retention().logsDays(),
                Map.of(
                        "HEADS_TABLE", tables.heads().getTableName(),
                        "INCIDENTS_TABLE", tables.incidents().getTableName(),
                        "DETECTIONS_TABLE", tables.detections().getTableName(),
                        "FLEET_TABLE", tables.fleet().getTableName(),
                        "BUCKET", frames.bucket().getBucketName(),
                        "LINK_SECRET_ARN", secret.getSecretArn()));
        allow(tables, frames);
        api = CfnApi.Builder.create(this, "Api")
                .name(deployment.name() + "-links")
                .description("Affray: the pages behind the links of alerts")
                .protocolType("HTTP")
                .build();
        stage(deployment.retention().logsDays());
        route();
    }

    /** Whoever has it can make links. A new one is put before it by hand: CloudFormation would end the links that are out. */
    private Secret secret(Deployment deployment) {
        Secret made = Secret.Builder.create(this, "Keys")
                .description(
                        "Affray: what signs the links of alerts. Several may stand here with spaces between: the first signs, all verify")
                .generateSecretString(SecretStringGenerator.builder()
                        .passwordLength(KEY_CHARACTERS)
                        .excludePunctuation(true)
                        .build())
                .removalPolicy(Removals.policy(deployment.removal()))
                .build();
        Nag.except(
                made,
                "SMG4",
                "A rotation by the clock would end links before their time; a key is changed by hand, the old one kept behind it until its links have expired.");
        return made;
    }

    private void allow(Tables tables, Frames frames) {
        function.allow(
                List.of("dynamodb:GetItem", "dynamodb:PutItem"), tables.heads().getTableArn());
        String incidents = tables.incidents().getTableArn();
        function.allow(
                List.of("dynamodb:Query"),
                incidents + "/index/" + Tables.BY_ID,
                incidents + "/index/" + Tables.BY_LAST,
                tables.detections().getTableArn());
        function.allow(
                List.of("dynamodb:GetItem", "dynamodb:Query"), tables.fleet().getTableArn());
        String bucket = frames.bucket().getBucketArn();
        function.allow(List.of("s3:GetObject"), bucket + "/live/*", bucket + "/backlog/*");
        Nag.exceptWildcard(
                function.role(),
                "<FramesBucket.*\\.Arn>\\/(live|backlog)\\/\\*",
                "A frame's name is known only when it comes; the rights end at the two folders of frames.");
        allowKeys(function);
    }

    /** Lets a function sign or verify links. */
    void allowKeys(JavaFunction other) {
        other.allow(List.of("secretsmanager:GetSecretValue"), secret.getSecretArn());
    }

    /** What a function is told that puts links into messages. */
    Map<String, String> environment() {
        return Map.of(
                "LINK_BASE_URL", baseUrl(),
                "LINK_SECRET_ARN", secret.getSecretArn(),
                "LINK_DAYS", Integer.toString(settings.days()));
    }

    private void stage(int logsDays) {
        LogGroup logs = LogGroup.Builder.create(this, "AccessLog")
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
        ((CfnLogGroup) logs.getNode().getDefaultChild()).setRetentionInDays(logsDays);
        CfnStage.Builder.create(this, "Stage")
                .apiId(api.getRef())
                .stageName("$default")
                .autoDeploy(true)
                .defaultRouteSettings(CfnStage.RouteSettingsProperty.builder()
                        .throttlingRateLimit(REQUESTS_A_SECOND)
                        .throttlingBurstLimit(BURST)
                        .build())
                .accessLogSettings(CfnStage.AccessLogSettingsProperty.builder()
                        .destinationArn(logs.getLogGroupArn())
                        .format(ACCESS_LOG)
                        .build())
                .build();
    }

    private void route() {
        CfnIntegration integration = CfnIntegration.Builder.create(this, "Integration")
                .apiId(api.getRef())
                .integrationType("AWS_PROXY")
                .integrationUri(function.alias().getFunctionArn())
                .payloadFormatVersion("2.0")
                .build();
        for (String method : List.of("GET", "HEAD", "POST")) {
            CfnRoute route = CfnRoute.Builder.create(
                            this, method.charAt(0) + method.substring(1).toLowerCase(Locale.ROOT))
                    .apiId(api.getRef())
                    .routeKey(method + " /i/{proxy+}")
                    .authorizationType("NONE")
                    .target("integrations/" + integration.getRef())
                    .build();
            Nag.except(
                    route,
                    "APIG4",
                    "The link is the authorization: bound to one incident by a MAC of 128 bits, and expiring. Guards open it without a login.");
        }
        Stack stack = Stack.of(this);
        function.alias()
                .addPermission(
                        "Api",
                        Permission.builder()
                                .principal(new ServicePrincipal("apigateway.amazonaws.com"))
                                .sourceArn("arn:" + stack.getPartition() + ":execute-api:" + stack.getRegion() + ":"
                                        + stack.getAccount() + ":" + api.getRef() + "/*/*/i/{proxy+}")
                                .build());
    }

    /** What links begin with. */
    String baseUrl() {
        return settings.baseUrl().map(URI::toString).orElse(api.getAttrApiEndpoint());
    }

    JavaFunction function() {
        return function;
    }
}
