package dev.affray.cdk.stack;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.LoggingFormat;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.SnapStartConf;
import software.amazon.awscdk.services.logs.CfnLogGroup;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/**
 * A function of ours: Java 25 on arm64, started from a snapshot, so every caller goes by the alias {@code live} of a published version. Its role may
 * write to its own log group and nothing else, until {@link #allow} says so.
 */
final class JavaFunction extends Construct {
    /** What a function is made of; {@code name} is its short name, also in its metrics. */
    record Spec(String name, Path jar, String handler, int memoryMegabytes, int timeoutSeconds) {}

    private final String name;
    private final Role role;
    private final Function function;
    private final Alias alias;

    JavaFunction(Construct scope, Spec spec, int logsDays, Map<String, String> environment) {
        super(scope, "Function");
        this.name = spec.name();
        LogGroup logs = logs(logsDays);
        role = Role.Builder.create(this, "Role")
                .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
                .build();
        allow(List.of("logs:CreateLogStream", "logs:PutLogEvents"), logs.getLogGroupArn());
        function = Function.Builder.create(this, "Function")
                .description("Affray: " + name)
                .runtime(Runtime.JAVA_25)
                .architecture(Architecture.ARM_64)
                .snapStart(SnapStartConf.ON_PUBLISHED_VERSIONS)
                .code(Code.fromAsset(spec.jar().toString()))
                .handler(spec.handler())
                .memorySize(spec.memoryMegabytes())
                .timeout(Duration.seconds(spec.timeoutSeconds()))
                .environment(environment)
                .role(role)
                .logGroup(logs)
                .loggingFormat(LoggingFormat.JSON)
                .build();
        Annotations.of(function)
                .acknowledgeWarning(
                        "@aws-cdk/aws-lambda:snapStartRequirePublish", "Every caller goes by the alias of a version.");
        alias = Alias.Builder.create(this, "Live")
                .aliasName("live")
                .version(function.getCurrentVersion())
                .build();
    }

    /** Logs go with the stack: what matters is in the tables. */
    private LogGroup logs(int days) {
        LogGroup logs = LogGroup.Builder.create(this, "Logs")
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
        ((CfnLogGroup) logs.getNode().getDefaultChild()).setRetentionInDays(days);
        return logs;
    }

    /** Lets the function do exactly these things to exactly these resources. */
    void allow(List<String> actions, String... arns) {
        role.addToPolicy(PolicyStatement.Builder.create()
                .actions(actions)
                .resources(List.of(arns))
                .build());
    }

    /** Its short name. */
    String shortName() {
        return name;
    }

    Role role() {
        return role;
    }

    Function function() {
        return function;
    }

    Alias alias() {
        return alias;
    }
}
