package dev.affray.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.agent.Main;
import dev.affray.document.Json;
import dev.affray.frame.CameraId;
import dev.affray.frame.Frame;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import picocli.CommandLine;

/** The command {@code sample}, with real cameras. */
@Execution(ExecutionMode.CONCURRENT)
class SampleCommandTest {
    private static final String PASSWORD = "sword fish";

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return line.execute(args);
    }

    private String frames() {
        return folder.resolve("frames").toString();
    }

    private static List<String> names(Path frames) throws IOException {
        try (Stream<Path> files = Files.list(frames)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static void assertLaw(JsonNode camera) {
        JsonNode gated = camera.get("gated");
        assertThat(camera.get("instants").asLong())
                .isEqualTo(gated.get("packets").asLong()
                        + gated.get("motion").asLong()
                        + gated.get("duplicates").asLong()
                        + camera.get("failed").asLong()
                        + camera.get("written").asLong());
    }

    @Test
    void writesTheFramesOfAFile_andAccountsForEveryInstant() throws IOException {
        String film = Captures.sample(2).toString();

        assertThat(run("sample", film, "--out", frames(), "--gate", "off", "--fps", "5", "--json"))
                .isZero();

        JsonNode report = Json.tree(out.toString());
        JsonNode camera = report.at("/cameras/0");
        assertThat(camera.get("stream").asText()).isEqualTo("h264 640x360 15 fps");
        assertThat(camera.get("packets").asInt()).isEqualTo(30);
        assertThat(camera.get("decoded").asInt()).isEqualTo(30);
        assertThat(camera.get("instants").asInt()).isEqualTo(10);
        assertThat(camera.get("largestLagMillis").isNull()).isFalse();
        assertThat(camera.get("trouble").isNull()).isTrue();
        assertThat(report.get("cpuSeconds").asDouble()).isPositive();
        assertThat(report.at("/memory/peakBytes").asLong()).isPositive();
        assertLaw(camera);
        List<String> names = names(folder.resolve("frames"));
        assertThat(names).hasSize(camera.get("written").asInt());
        List<Frame> written = names.stream()
                .map(name -> Frame.ofName(new CameraId("trial", "1"), name.replace(".jpg", "")))
                .toList();
        assertThat(written)
                .isSorted()
                .extracting(Frame::sequence)
                .startsWith(1L, 2L)
                .isSorted();
        assertThat(folder.resolve("frames").resolve(names.getFirst()))
                .binaryContent()
                .startsWith(0xff, 0xd8);
    }

    @Test
    void scoresNothing_whereTheScoreIsOff_orTheGateAlone() throws IOException {
        String film = Captures.sample(2).toString();

        for (String options : List.of("--gate off --score on", "--score off", "--gate off")) {
            String to = folder.resolve(options).toString();
            List<String> command = new ArrayList<>(List.of("sample", film, "--out", to, "--fps", "5"));
            command.addAll(List.of(options.split(" ")));
            assertThat(run(command.toArray(String[]::new))).isZero();
        }

        assertThat(names(folder.resolve("--gate off --score on"))).anyMatch(name -> !name.endsWith("-na.jpg"));
        assertThat(names(folder.resolve("--score off"))).isNotEmpty().allMatch(name -> name.endsWith("-na.jpg"));
        assertThat(names(folder.resolve("--gate off"))).isNotEmpty().allMatch(name -> name.endsWith("-na.jpg"));
    }

    @Test
    void tellsInATableWhatBecameOfEveryCamera_sampledAsItsDocumentSays() throws IOException {
        String film = Captures.sample(2).toString();
        Path document = Files.writeString(folder.resolve("camera.json"), """
                {"name": "Yard", "site": {"name": "School", "zone": "Europe/Berlin"},
                 "sampling": {"fps": 5, "activeFps": 5}, "image": {"maxWidth": 320},
                 "masks": [[[0, 0], [1, 0], [1, 1], [0, 1]]]}
                """);

        assertThat(run(("sample " + film + " --cameras 2 --max-width 160 --config " + document + " --out " + frames())
                        .split(" ")))
                .isZero();

        assertThat(out.toString())
                .contains("Camera 2: " + film + ", h264 640x360 15 fps; frames in " + frames(), "instants = packets")
                .containsPattern("(?m)^1 +30 +30 +10 =")
                .containsPattern("(?m)^all +60 +60 +20 =")
                .contains("Memory of ", " MB at most");
        assertThat(names(folder.resolve("frames"))).containsExactly("1", "2");
        Path second = folder.resolve("frames").resolve("2");
        BufferedImage picture =
                ImageIO.read(second.resolve(names(second).getFirst()).toFile());
        assertThat(picture.getWidth()).isEqualTo(160);
        assertThat(picture.getRGB(80, 45)).isEqualTo(picture.getRGB(10, 10));
    }

    @Test
    void signsInWithASecret_andSaysWhyThereIsNoPictureWithoutOne() throws Exception {
        Path secrets = Files.createFile(
                folder.resolve("secrets.yaml"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(secrets, "yard: {user: viewer, password: \"" + PASSWORD + "\", hosts: [127.0.0.1]}\n");
        try (RtspServer server = RtspServer.start(Captures.sample(40), 0, "viewer", PASSWORD)) {
            String url = "rtsp://127.0.0.1:" + server.port() + "/stream";

            String command = "sample " + url + " --out " + frames();

            assertThat(run((command + " --seconds 1").split(" "))).isEqualTo(1);
            assertThat(out.toString()).contains("no video; 401 unauthorized");
            assertThat(err.toString()).contains("camera 1: not a single picture: 401 unauthorized");

            // The folder is there, and empty: good enough for another try.
            String login = " --secrets " + secrets + " --secret yard";
            assertThat(run((command + login + " --seconds 3 --warm-up 1").split(" ")))
                    .isZero();
            assertThat(names(folder.resolve("frames"))).isNotEmpty();
            assertThat(out.toString() + err).doesNotContain(PASSWORD);
        }
    }

    @Test
    void printsWhatThereIs_whenItIsInterrupted() throws Exception {
        Path film = Captures.sample(40);
        Process sample = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.affray.agent.Main",
                        "sample",
                        film.toString(),
                        "--out",
                        frames())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader said = sample.inputReader()) {
            assertThat(said.readLine()).contains("playing " + film);
            await().until(() -> !names(folder.resolve("frames")).isEmpty());
            sample.toHandle().destroy();
            assertThat(said.lines()).anyMatch(line -> line.matches("1 +[1-9][0-9]* .*"));
            assertThat(sample.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(sample.exitValue()).isZero();
        } finally {
            sample.destroyForcibly();
        }
    }

    @Test
    void writesAClip_ofWhatIsKeptAtTheEnd() throws Exception {
        Path clip = folder.resolve("clip.mp4");
        String film = Captures.sample(2).toString();
        assertThat(run("sample", film, "--out", frames(), "--clip", clip.toString()))
                .isZero();

        assertThat(out.toString()).contains("Clip " + clip + ": ").contains(", 30 pictures, ");
        assertThat(Recorded.read(clip)).hasSize(30);
    }

    @Test
    void refusesAClip_ofSeveralCameras_orInNoFolder_andTellsWhyThereIsNone() throws Exception {
        String film = Captures.sample(2).toString();
        String clip = folder.resolve("clip.mp4").toString();
        assertThat(run("sample", film, film, "--out", frames(), "--clip", clip)).isEqualTo(2);
        assertThat(run(
                        "sample",
                        film,
                        "--out",
                        frames(),
                        "--clip",
                        folder.resolve("no/clip.mp4").toString()))
                .isEqualTo(2);
        assertThat(run("sample", film, "--out", frames(), "--clip", clip, "--clip-seconds", "0"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("--clip is about one camera", "must be a file in a folder", "--clip has nothing to write");

        Path broken = Files.write(folder.resolve("broken.mp4"), new byte[100]);
        assertThat(run("sample", broken.toString(), "--out", frames(), "--clip", clip))
                .isOne();
        assertThat(out.toString()).contains("No clip: no video of the camera is kept now.");
    }
}
