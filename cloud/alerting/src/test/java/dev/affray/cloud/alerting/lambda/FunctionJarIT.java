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
    /** The SDKs of SES and S3 and Jakarta Mail, which a deployment without SES never loads, are 7 MB of it; that of Secrets Manager one more. */
    private static final long MAX_BYTES = 22_000_000;

    @Test
    void isWhatEveryFunctionsJarMustBe() throws IOException {
        System.out.println("the functions' jar has " + Files.size(FunctionProcess.jar()) + " bytes");

        FunctionJar.check(FunctionProcess.jar(), MAX_BYTES);
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
