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
import org.junit.jupiter.params.provider.ValueSource;
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
                "check | --config",
                "check --config nothing.yaml | --config nothing.yaml: there is no such file",
                "check --config pom.xml --camera a/b | a/b' is not 1 to 64 characters",
                "cameras | a command is missing: cameras list",
                "cameras list | --thing NAME is missing, or --local FOLDER",
                "cameras list --thing a/b | a/b' is not 1 to 64 characters",
                "cameras add roof --thing gateway-1 | --name",
                "run --config a.yaml --loop | --loop needs --source",
                "run --config a.yaml --speed 2 | --speed needs --source",
                "run --config a.yaml --speed 0.5 | --speed 0.5: must be 1 to 100",
                "run --config a.yaml --speed fast | --speed",
                "run --config a.yaml --source yard=pom.xml --loop --speed 2 | --speed and --loop contradict each other",
                "run --config a.yaml --source yard=nothing.mp4 | there is no such file",
                "run --config a.yaml --source a/b=nothing.mp4 | is not 1 to 64 characters",
                "run --config nothing.yaml | there is no file nothing.yaml",
                "enroll | --thing",
                "enroll --thing gateway-1 | --bucket",
                "enroll --thing a/b --bucket frames | --thing: 'a/b' is not 1 to 64 characters",
                "provision --endpoint localhost | --claim-cert",
                "provision --endpoint localhost --claim-cert a --claim-key b --serial 1/2 | --serial: '1/2' is not 1 to 64 characters",
                "provision --endpoint localhost --claim-cert pom.xml --claim-key b --serial 12 | --claim-key b: there is no such file",
                "sample-video | FILE",
                "probe | a URL or a file is missing",
                "probe nothing.mp4 | nothing.mp4: there is no such file",
                "probe rtsp://camera/1 --seconds 0 | --seconds is 0; must be at least 1",
                "probe rtsp://10.0.0.5:x/1 | URL: names the host '10.0.0.5:x'",
                "sample nothing.mp4 | --out",
                "sample --out frames | a URL or a file is missing",
                "sample nothing.mp4 --out frames | nothing.mp4: there is no such file",
                "sample nothing.mp4 --out frames --seconds 0 | --seconds is 0; must be at least 1",
                "sample nothing.mp4 --out frames --warm-up 60 | --warm-up is 60; must be from 0 to less than --seconds",
                "sample nothing.mp4 --out frames --cameras 65 | no more than 64 cameras in all",
                "sample nothing.mp4 --out src | is there and not an empty folder",
                "sample rtsp://camera/1 --out frames --secret yard | --secret needs --secrets FILE",
                "sample rtsp://camera/1 --out frames --config nothing.json | --config nothing.json: there is no such file",
                "sample rtsp://camera/1 --out frames --fps 99 | --fps: is 99.0; must be from 0.05 to 30",
                "sample rtsp://camera/1 --out frames --fps 4 --active-fps 1 | --active-fps: is 1.0; must be at least fps",
                "sample rtsp://camera/1 --out frames --mode all | --mode: is \"all\"; must be one of interval, keyframes",
                "sample rtsp://camera/1 --out frames --gate half | --gate: is \"half\"; must be one of on, off",
                "sample rtsp://camera/1 --out frames --max-width 1 | --max-width: is 1; must be from 160 to 7680",
                "sample rtsp://camera/1 --out frames --quality 1 | --quality: is 1; must be from 2 to 31",
                "sample rtsp://camera/1 --out frames --transport air | --transport: is \"air\"",
                "sample rtsp://camera/1 --out frames --fingerprint ab | --fingerprint: is not the SHA-256",
                "sample ftp://camera/1 --out frames | URL: has the scheme 'ftp'",
            })
    void saysWhatIsWrongWithTheUsage_andExitsWith2(String args, String message) {
        assertThat(run(args.isEmpty() ? new String[0] : args.split(" "))).isEqualTo(2);
        assertThat(err.toString()).contains(message).contains("--help").doesNotContain("Exception");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rtsp://viewer:marzipan@camera/1",
                "rtsp://marzipan@camera/1",
                "http://viewer:marzi/pan@camera/1",
                "rtsp://viewer:marzi pan@camera/1",
            })
    void refusesALoginInAUrl_withoutRepeatingIt(String url) {
        assertThat(run("sample", url, "--out", folder.resolve("frames").toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--secrets FILE --secret camera").doesNotContain("marzi", "viewer");
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

    @ParameterizedTest
    @ValueSource(strings = {"{\"features\": \"others\"}", "{}", "no JSON"})
    void refusesAScoreModelThatIsNone_beforeAnythingRuns(String text) throws IOException {
        Path model = Files.writeString(folder.resolve("yard.json"), text);
        Files.writeString(folder.resolve("own.pem"), "certificate");
        Path file = Files.writeString(folder.resolve("agent.yaml"), """
                thing: gateway-1
                data: data
                iot: {endpoint: localhost, certificate: own.pem, privateKey: own.pem}
                credentials: {endpoint: "https://localhost", roleAlias: gateway}
                s3: {bucket: frames, region: eu-central-1}
                score: {model: yard.json}
                """);

        assertThat(run("run", "--config", file.toString())).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("score.model of " + file + ": " + model + " is no score model for this agent:")
                .doesNotContain("Exception");
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void saysThatAConfigurationIsEmpty() throws IOException {
        Path file = Files.writeString(folder.resolve("agent.yaml"), "# nothing yet\n");

        assertThat(run("run", "--config", file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("agent.yaml is empty");
    }

    @ParameterizedTest
    @CsvSource({
        "--help, run",
        "run --help, --until-idle",
        "check --help, --disconnect",
        "cameras --help, iot:UpdateThingShadow",
        "cameras set --help, PATH=VALUE",
        "sample-video --help, MP4",
        "sample --help, --warm-up",
        "score --help, --detail",
        "train --help, clips.csv",
        "probe --help, --fingerprint",
        "enroll --help, --role-alias",
        "provision --help, --claim-cert",
        "--version, affray-agent"
    })
    void helps(String args, String text) {
        assertThat(run(args.split(" "))).isZero();
        assertThat(out.toString()).contains(text);
    }
}
