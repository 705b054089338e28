package dev.affray.cdk.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.affray.cdk.stack.Resources.Resource;
import dev.affray.cloud.function.runtime.FunctionProcess;
import dev.affray.cloud.function.runtime.Start;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the stack tells a function is what the function asks for: each starts, on AWS's own runtime client, with the handler and environment of the template. */
@NeedsNode
class FunctionsStartIT {
    private static final FunctionJars JARS = FunctionJars.builtIn(Path.of(".."));

    @ParameterizedTest
    @CsvSource({
        "EDGE_SCORE, Inference",
        "MODERATION, Inference",
        "CUSTOM_LABELS, Inference",
        "EDGE_SCORE, Alerting",
        "EDGE_SCORE, Tick",
        "EDGE_SCORE, Fleet",
        "EDGE_SCORE, Watch",
        "CUSTOM_LABELS, Watch",
        "EDGE_SCORE, Provisioning",
        "EDGE_SCORE, Links"
    })
    void startsAsTheTemplateSays(Synthesized variant, String construct) throws IOException {
        assumeTrue(JARS.missing().isEmpty(), () -> "not built in this run: " + JARS.missing());
        Resources stack = variant.stack();
        Resource function = stack.one("AWS::Lambda::Function", construct);

        try (FunctionProcess process =
                FunctionProcess.start(jar(construct), function.text("/Handler"), environment(stack, function))) {
            assertThat(process.started()).isInstanceOf(Start.Ready.class);
        }
    }

    @ParameterizedTest
    @CsvSource("EDGE_SCORE, Inference")
    void doesNotStartWithoutThat(Synthesized variant, String construct) throws IOException {
        assumeTrue(JARS.missing().isEmpty(), () -> "not built in this run: " + JARS.missing());
        Resource function = variant.stack().one("AWS::Lambda::Function", construct);

        try (FunctionProcess process =
                FunctionProcess.start(jar(construct), function.text("/Handler"), Map.of("DETECTOR", "guess"))) {
            assertThat(process.started()).isNotInstanceOf(Start.Ready.class);
        }
    }

    private static Path jar(String construct) {
        return switch (construct) {
            case "Inference" -> JARS.inference();
            case "Links" -> JARS.console();
            case "Fleet", "Watch", "Provisioning" -> JARS.fleet();
            default -> JARS.alerting();
        };
    }

    private static Map<String, String> environment(Resources stack, Resource function) {
        Map<String, String> environment = new HashMap<>();
        function.at("/Environment/Variables")
                .properties()
                .forEach(variable -> environment.put(
                        variable.getKey(), deployed(stack, variable.getValue().asText())));
        return environment;
    }

    /** What CloudFormation would put in place of a reference. */
    private static String deployed(Resources stack, String value) {
        if (!value.startsWith("<")) {
            return value;
        }
        String name = "affray-" + stack.behind(value).id();
        return switch (stack.behind(value).type()) {
            case "AWS::SQS::Queue" -> "https://sqs.eu-central-1.amazonaws.com/123456789012/" + name;
            case "AWS::SNS::Topic" -> "arn:aws:sns:eu-central-1:123456789012:" + name;
            case "AWS::ApiGatewayV2::Api" -> "https://affray.execute-api.eu-central-1.amazonaws.com";
            default -> name;
        };
    }
}
