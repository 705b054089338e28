package dev.affray.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class MainTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return line.execute(args);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | a command is missing",
                "fly | fly",
                "run | --config",
                "run --config a.yaml --loop | --loop needs --source",
                "run --config a.yaml --source yard=nothing.mp4 | there is no such file",
                "run --config a.yaml --source a/b=nothing.mp4 | is not 1 to 64 characters",
                "run --config nothing.yaml | there is no file nothing.yaml",
                "sample-video | FILE",
            })
    void saysWhatIsWrongWithTheUsage_andExitsWith2(String args, String message) {
        assertThat(run(args.isEmpty() ? new String[0] : args.split(" "))).isEqualTo(2);
        assertThat(err.toString()).contains(message).contains("--help").doesNotContain("Exception");
    }

    @Test
    void showsEveryProblemOfTheConfiguration() throws IOException {
        Path file = Files.writeString(folder.resolve("agent.yaml"), "thing: a/b\niot: {port: 0}\n");

        assertThat(run("run", "--config", file.toString())).isEqualTo(2);
        assertThat(err.toString())
                .contains("$.thing", "$.data", "$.iot.endpoint", "$.iot.port", "$.credentials", "$.s3");
    }

    @Test
    void saysWhatIsWrongWithADataFolder_whichIsAFile() throws IOException {
        Files.writeString(folder.resolve("data"), "a file");
        Files.writeString(folder.resolve("own.pem"), "certificate");
        Path file = Files.writeString(folder.resolve("agent.yaml"), """
                thing: gateway-1
                data: data
                iot: {endpoint: localhost, certificate: own.pem, privateKey: own.pem}
                credentials: {endpoint: "https://localhost", roleAlias: gateway}
                s3: {bucket: frames, region: eu-central-1}
                """);

        assertThat(run("run", "--config", file.toString())).isEqualTo(1);
        assertThat(err.toString().strip())
                .isEqualTo(folder.resolve("data") + ": is in the way, a file where a folder should be");
    }

    @Test
    void saysThatAConfigurationIsEmpty() throws IOException {
        Path file = Files.writeString(folder.resolve("agent.yaml"), "# nothing yet\n");

        assertThat(run("run", "--config", file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("agent.yaml is empty");
    }

    @ParameterizedTest
    @CsvSource({"--help, run", "run --help, --until-idle", "sample-video --help, MP4", "--version, affray-agent"})
    void helps(String args, String text) {
        assertThat(run(args.split(" "))).isZero();
        assertThat(out.toString()).contains(text);
    }
}
