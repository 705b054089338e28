package dev.affray.cloud.alerting.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.cloud.function.runtime.FunctionJar;
import dev.affray.cloud.function.runtime.FunctionProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** What is packed for Lambda. */
class FunctionJarIT {
    @Test
    void isWhatEveryFunctionsJarMustBe() throws IOException {
        System.out.println("the functions' jar has " + Files.size(FunctionProcess.jar()) + " bytes");

        FunctionJar.check(FunctionProcess.jar());
    }

    @Test
    void holdsBothFunctions() throws IOException {
        try (JarFile jar = new JarFile(FunctionProcess.jar().toFile())) {
            assertThat(jar.stream().map(Object::toString))
                    .contains(
                            "dev/affray/cloud/alerting/lambda/AlertingFunction.class",
                            "dev/affray/cloud/alerting/lambda/TickFunction.class");
        }
    }
}
