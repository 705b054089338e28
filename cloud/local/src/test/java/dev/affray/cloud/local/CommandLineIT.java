package dev.affray.cloud.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong is said in one line, and what else can run goes on. */
class CommandLineIT {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --camara a=b.mp4       | 2 | Unknown option
                    --camera a=no/such.mp4 | 1 | there is no file
                    """)
    void whatIsWrongIsOneClearLine_andTheExitStatus(String arguments, int status, String complaint) throws Exception {
        try (LocalProcess local = LocalProcess.start(folder.resolve("data"), arguments.split(" "))) {
            assertThat(local.exitWithin(Duration.ofSeconds(30))).isEqualTo(status);
            await().untilAsserted(() -> assertThat(local.err()).isNotEmpty());
            assertThat(local.err().getFirst()).startsWith("affray-local: ").contains(complaint);
            assertThat(local.err()).hasSizeLessThanOrEqualTo(2);
        }
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void whatCannotRunIsNamed_theRestRuns_andThePasswordIsNowhereButInTheSecrets() throws Exception {
        Path data = folder.resolve("data");
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                LocalProcess local = LocalProcess.startOnPort(
                        busy.getLocalPort(),
                        data,
                        "--camera",
                        "door=rtsp://admin:pass%40word-77@127.0.0.1:" + closedPort() + "/stream",
                        "--camera",
                        "gone=" + folder.resolve("gone.mp4"),
                        "--camera",
                        "nonsense")) {
            await().atMost(Duration.ofSeconds(180))
                    .untilAsserted(() -> assertThat(local.out())
                            .as(local.said())
                            .anyMatch(line -> line.contains("door: not connected: connection refused")));

            assertThat(local.err())
                    .satisfiesExactlyInAnyOrder(
                            line -> assertThat(line).contains("camera gone: there is no file"),
                            line -> assertThat(line).contains("--camera nonsense: must be ID=URL"),
                            line -> assertThat(line).contains("port " + busy.getLocalPort() + " is in use"));
            try (LocalProcess second = LocalProcess.start(data)) {
                assertThat(second.exitWithin(Duration.ofSeconds(30))).isEqualTo(1);
                await().untilAsserted(() -> assertThat(second.err())
                        .singleElement()
                        .satisfies(line -> assertThat(line).contains("another affray-local is using " + data)));
            }
            assertThat(local.stop()).isIn(0, 143);
            assertThat(local.said()).doesNotContain("pass@word-77").doesNotContain("pass%40word-77");
        }
        Path secrets = data.resolve("agent/secrets.yaml");
        assertThat(filesWith(data, "pass@word-77")).containsExactly(secrets);
        assertThat(filesWith(data, "pass%40word-77")).isEmpty();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secrets)))
                .isEqualTo("rw-------");
    }

    private static List<Path> filesWith(Path folder, String text) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> contains(file, text))
                    .toList();
        }
    }

    private static boolean contains(Path file, String text) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            throw new IllegalStateException(file + " cannot be read", e);
        }
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
