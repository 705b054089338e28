package dev.affray.cloud.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All that can be wrong with a command line, without a process for each: {@link CommandLineIT} has the packaged program. */
class CommandLineTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --camara a=b.mp4          | 2 | Unknown option
                    --until-idle --loop       | 2 | exclude each other
                    --smtp mail.example.org   | 2 | is not HOST:PORT
                    --smtp localhost:25       | 2 | --smtp needs --mail-to
                    --mail-to nobody          | 2 | is not a mail address
                    --mail-to a@example..org  | 2 | is not a mail address
                    --mail-from nobody        | 2 | is not a mail address
                    --webhook ftp://alarms.example.org | 2 | a --webhook is not a URL such as https://
                    --webhook http://alarms.example.org/ | 2 | is http:// to another machine
                    --webhook https://alarms.example.org/ | 2 | AFFRAY_WEBHOOK_SECRET, is missing; it is not whsec_ and
                    --escalate-to nobody      | 2 | is not a mail address
                    --escalate-after 5        | 2 | needs --escalate-to
                    --escalate-to a@b --escalate-after 0 | 2 | is not 1 to 240
                    --recipients no/such.yaml | 2 | there is no file no/such.yaml
                    --recipients no/such.yaml --mail-to a@b | 2 | all is in the file
                    --zone Mars/Olympus       | 2 | is not an IANA time zone
                    --language fr             | 2 | --language 'fr' is not en or es
                    --report no/such/r.json   | 2 | cannot be written
                    --fingerprint door=12     | 2 | is not ID=SHA256
                    --detector guess          | 2 | is not one of edge-score, rekognition-moderation
                    --detector rekognition-custom-labels | 2 | needs --model ARN
                    --detector rekognition-moderation --from-edge-score 0 | 2 | is not 1 to 100
                    --from-edge-score 30      | 2 | goes with the rekognition detectors only
                    --serial 4711             | 2 | --serial needs --gateway-port
                    --serial a/b --gateway-port 8883 | 2 | --serial 'a/b' is not
                    --serial this-machine --gateway-port 8883 | 2 | uses itself
                    --gateway-port 65534      | 2 | is not 0 to 65533
                    --camera a=no/such.mp4    | 1 | there is no file
                    """)
    void aWrongCommandLineIsOneClearLine(String arguments, int status, String complaint) throws Exception {
        Path agent = folder.resolve("agent");
        Files.createDirectories(agent.resolve("lib"));
        Path data = folder.resolve("data");
        List<String> all = Stream.concat(
                        Stream.of("--agent", agent.toString(), "--data", data.toString(), "--port", "0"),
                        Stream.of(arguments.split(" ")))
                .toList();

        List<String> err =
                errors(() -> assertThat(Main.run(all.toArray(String[]::new))).isEqualTo(status));

        assertThat(err).isNotEmpty().hasSizeLessThanOrEqualTo(2);
        assertThat(err.getFirst()).startsWith("affray-local: ").contains(complaint);
        assertThat(data).doesNotExist();
    }

    private static List<String> errors(Runnable running) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            running.run();
        } finally {
            System.setErr(before);
        }
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
