package dev.affray.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.cdk.deployment.Deployment;
import dev.affray.cdk.deployment.DeploymentYaml;
import dev.affray.document.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.Environment;

class MainTest {
    private static final Map<String, String> CREDENTIALS =
            Map.of("CDK_DEFAULT_ACCOUNT", "210987654321", "CDK_DEFAULT_REGION", "us-east-1");

    @TempDir
    Path folder;

    private Deployment deployment(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("deployment.yaml"), yaml);
        return ((Reading.Accepted<Deployment>) DeploymentYaml.load(file)).value();
    }

    @Test
    void accountAndRegionOfTheSettingsWin() throws IOException {
        Environment environment =
                Main.environment(deployment("{account: \"123456789012\", region: eu-central-1}"), CREDENTIALS);
        assertThat(environment.getAccount()).isEqualTo("123456789012");
        assertThat(environment.getRegion()).isEqualTo("eu-central-1");
    }

    @Test
    void whatTheSettingsLeaveOutIsThatOfTheCredentials() throws IOException {
        Environment environment = Main.environment(deployment("{region: eu-central-1}"), CREDENTIALS);
        assertThat(environment.getAccount()).isEqualTo("210987654321");
        assertThat(environment.getRegion()).isEqualTo("eu-central-1");
    }

    @Test
    void withoutEitherTheStackFitsAnyAccountAndRegion() throws IOException {
        Environment environment = Main.environment(deployment("{}"), Map.of());
        assertThat(environment.getAccount()).isNull();
        assertThat(environment.getRegion()).isNull();
    }

    @Test
    void theSettingsLieInConfig() {
        assertThat(Path.of("").toAbsolutePath().resolve(Main.SETTINGS).normalize())
                .isEqualTo(Path.of("").toAbsolutePath().resolveSibling("config").resolve("deployment.yaml"));
    }
}
