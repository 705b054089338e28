package dev.affray.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.affray.agent.iot.Certificates;
import dev.affray.document.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole program where eight cameras hang in open(2). Another process holds a lease on their files, so the kernel keeps everyone else waiting for 45 s;
 * nothing in FFmpeg can end that.
 */
@Tag("soak")
class OverwhelmedSoakTest {
    private static final List<String> CAMERAS =
            IntStream.rangeClosed(1, 8).mapToObj(number -> "camera" + number).toList();

    /** Python has no name for the command; these are those of Linux. */
    private static final String LEASES = """
            import fcntl, os, signal, sys, time
            signal.signal(signal.SIGIO, signal.SIG_IGN)
            files = [os.open(name, os.O_RDWR) for name in sys.argv[1:]]
            for file in files:
                fcntl.fcntl(file, 1024, fcntl.F_WRLCK)
            print("held", flush=True)
            time.sleep(600)
            """;

    @TempDir
    Path folder;

    @Test
    void endsWithItsOwnExitCode_soThatItIsStartedAgain() throws Exception {
        configure();
        Process leases = leases();
        try {
            Path log = folder.resolve("agent.log");
            Process agent = new ProcessBuilder(command())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            try {
                assertThat(agent.waitFor(2, TimeUnit.MINUTES)).isTrue();
            } finally {
                agent.destroyForcibly();
            }
            String said = Files.readString(log);
            said.lines().filter(line -> line.contains("hang")).forEach(System.out::println);
            assertThat(agent.exitValue()).isEqualTo(3);
            assertThat(said).contains("its thread is abandoned", "Too many calls into FFmpeg hang");
        } finally {
            leases.destroyForcibly();
        }
    }

    private Process leases() throws IOException {
        List<String> command = new ArrayList<>(List.of("python3", "-c", LEASES));
        for (String camera : CAMERAS) {
            command.add(Files.writeString(film(camera), "not a film").toString());
        }
        Process leases = new ProcessBuilder(command).start();
        assumeThat(leases.inputReader().readLine()).as("leases on files").isEqualTo("held");
        return leases;
    }

    private List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(Main.class.getName(), "run", "--config", "" + folder.resolve("agent.yaml")));
        CAMERAS.forEach(camera -> command.addAll(List.of("--source", camera + "=" + film(camera))));
        return command;
    }

    private Path film(String camera) {
        return folder.resolve(camera + ".mp4");
    }

    private void configure() throws Exception {
        Certificates.make(folder, "gateway-1", "RSA");
        Files.writeString(folder.resolve("agent.yaml"), """
                thing: gateway-1
                data: data
                iot: {endpoint: localhost, port: 1, certificate: gateway-1.pem, privateKey: gateway-1.key, authority: gateway-1.pem}
                credentials: {endpoint: "https://localhost:1", roleAlias: gateway}
                s3: {bucket: frames, region: eu-central-1, endpoint: "http://localhost:1"}
                """);
        keep("gateway", CAMERAS.stream().collect(Collectors.joining("\",\"", "{\"cameras\":[\"", "\"]}")));
        for (String camera : CAMERAS) {
            keep("camera-" + camera, "{\"name\":\"Yard\",\"site\":{\"name\":\"School\",\"zone\":\"UTC\"}}");
        }
    }

    private void keep(String shadow, String document) throws IOException {
        Path file = Files.createDirectories(folder.resolve("data/shadows")).resolve(shadow + ".json");
        String hash = Json.hash(Json.tree(document));
        Files.writeString(file, "{\"version\":1,\"hash\":\"" + hash + "\",\"document\":" + document + "}");
    }
}
