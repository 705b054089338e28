package dev.affray.cdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.cdk.CommandLine.Ended;
import dev.affray.cdk.stack.FunctionJars;
import dev.affray.cdk.stack.NeedsNode;
import dev.affray.document.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator types: the real command line, the real app, the real jars. */
@NeedsNode
class CdkSynthIT {
    private static final FunctionJars JARS = FunctionJars.builtIn(Path.of(".."));

    @TempDir
    Path folder;

    @BeforeAll
    static void install() throws IOException, InterruptedException {
        CommandLine.install();
    }

    private Ended synth(String yaml) throws IOException, InterruptedException {
        Path settings = Files.writeString(folder.resolve("deployment.yaml"), yaml);
        return CommandLine.cdk(
                "synth",
                "--quiet",
                "-c",
                "deployment=" + settings,
                "--output",
                folder.resolve("out").toString());
    }

    @Test
    void theSampleSettingsBecomeATemplateWithTheFunctionsThatWereBuilt() throws IOException, InterruptedException {
        assumeTrue(JARS.missing().isEmpty(), () -> "not built: " + JARS.missing());
        Ended synth = synth(
                Files.readString(Path.of("../config/src/main/resources/dev/affray/config/defaults/deployment.yaml")));

        assertThat(synth.status()).as(synth.output()).isZero();
        assertThat(synth.output()).contains("nobody is told of a fight");
        JsonNode template = Json.tree(Files.readAllBytes(folder.resolve("out/affray.template.json")));
        List<JsonNode> functions = template.path("Resources")
                .valueStream()
                .filter(resource -> resource.path("Type").asText().equals("AWS::Lambda::Function"))
                .toList();
        assertThat(functions).hasSize(7);
        for (JsonNode function : functions) {
            String handler = function.at("/Properties/Handler").asText();
            String asset = function.at("/Properties/Code/S3Key").asText();
            try (JarFile jar = new JarFile(folder.resolve("out/asset." + asset).toFile())) {
                assertThat(jar.getEntry(handler.replace('.', '/') + ".class"))
                        .as("%s in its jar", handler)
                        .isNotNull();
            }
        }
    }

    @Test
    void aBadDocumentIsRefusedWithAllItsProblems() throws IOException, InterruptedException {
        Ended synth = synth("{nam: affray, retention: {logsDays: 31}}");

        assertThat(synth.status()).isNotZero();
        assertThat(synth.output())
                .contains(
                        "$.nam: is not a known field; did you mean name?",
                        "$.retention.logsDays: is 31; CloudWatch Logs knows only",
                        "defaults/deployment.yaml");
    }
}
