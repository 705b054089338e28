package dev.affray.cdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The CDK's own command line, as package-lock.json pins it, installed below target. */
final class CommandLine {
    private static final Path MODULE = Path.of("").toAbsolutePath();
    private static final Path HOME = MODULE.resolve("target").resolve("cli");
    private static final int PATIENCE_MINUTES = 5;

    /** What a program came to; {@code output} is all it printed. */
    record Ended(int status, String output) {}

    private CommandLine() {}

    /** Skips the test where there is no npm, or it cannot reach its registry. */
    static void install() throws IOException, InterruptedException {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "npm"))),
                "no program 'npm' on the PATH");
        Files.createDirectories(HOME);
        for (String file : List.of("package.json", "package-lock.json", ".npmrc")) {
            Files.copy(MODULE.resolve(file), HOME.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        Ended npm = run(HOME, "npm", "ci", "--no-audit", "--no-fund");
        assumeTrue(
                npm.status() == 0 || !npm.output().matches("(?s).*(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT).*"),
                "npm cannot reach its registry");
        assertThat(npm.status()).as(npm.output()).isZero();
    }

    /** Runs {@code cdk} in the module's folder. */
    static Ended cdk(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(HOME.resolve("node_modules/.bin/cdk").toString(), "--no-notices", "--no-color"));
        command.addAll(List.of(arguments));
        return run(MODULE, command.toArray(String[]::new));
    }

    private static Ended run(Path folder, String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("output", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("AFFRAY_JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("AWS_EC2_METADATA_DISABLED", "true");
        Process process = builder.start();
        try {
            assertThat(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES))
                    .as("%s ended", List.of(command))
                    .isTrue();
            return new Ended(process.exitValue(), Files.readString(output));
        } finally {
            process.destroyForcibly();
            Files.delete(output);
        }
    }
}
