package dev.affray.cdk.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FunctionJarsTest {
    @TempDir
    Path root;

    @Test
    void jarsAreLookedForWhereTheBuildLeavesThem() {
        assertThat(FunctionJars.builtIn(root))
                .isEqualTo(new FunctionJars(
                        root.resolve("cloud/inference/target/affray-inference-function.jar"),
                        root.resolve("cloud/alerting/target/affray-alerting-function.jar"),
                        root.resolve("cloud/fleet/target/affray-fleet-function.jar"),
                        root.resolve("cloud/console/target/affray-console-function.jar")));
    }

    @Test
    void jarsThatAreNotThereAreNamed() throws IOException {
        FunctionJars jars = FunctionJars.builtIn(root);
        Files.createDirectories(jars.fleet().getParent());
        Files.createFile(jars.fleet());
        assertThat(jars.missing()).containsExactly(jars.inference(), jars.alerting(), jars.console());
    }
}
