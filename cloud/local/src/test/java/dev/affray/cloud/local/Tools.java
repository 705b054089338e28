package dev.affray.cloud.local;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Programs and material that tests borrow; where they are absent the test is skipped, saying so. */
final class Tools {
    private Tools() {}

    /** The folder of labelled clips. */
    static Path clips() {
        Path clips = Path.of(System.getProperty("affray.clips", ""));
        assumeTrue(
                Files.isDirectory(clips.resolve("fight")),
                "no labelled clips at " + clips + "; name their folder with -Daffray.clips=DIR");
        return clips;
    }

    /** Runs the ffmpeg program. */
    static void ffmpeg(String... arguments) throws IOException, InterruptedException {
        assumeTrue(isThere("ffmpeg", "-version"), "the ffmpeg program is not installed");
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-y"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("ffmpeg: " + said);
        }
    }

    /** What the ffprobe program, which comes with ffmpeg, says of a file's streams. */
    static String ffprobe(Path file) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("ffprobe", "-v", "error", "-show_streams", file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("ffprobe: " + said);
        }
        return said;
    }

    /** The first fight clip of each of some source videos. */
    static List<Path> fights(int sources) throws IOException {
        Map<String, Path> bySource = new LinkedHashMap<>();
        for (String line : Files.readAllLines(clips().resolve("clips.csv"))) {
            String[] cells = line.split(",", -1);
            if (cells[1].equals("fight") && bySource.size() < sources) {
                bySource.putIfAbsent(cells[2], clips().resolve("fight").resolve(cells[0] + ".mp4"));
            }
        }
        return List.copyOf(bySource.values());
    }

    /** A GStreamer RTSP server that serves one file, from its beginning for each client, and prints its port. */
    static Process rtspServer(Path file) throws IOException {
        String python = List.of("python3", "/usr/bin/python3").stream()
                .filter(p -> isThere(p, "-c", "import gi; gi.require_version('GstRtspServer', '1.0')"))
                .findFirst()
                .orElse("");
        assumeTrue(!python.isEmpty(), "Python with GStreamer's RTSP server is not installed");
        Path script = Path.of("../../agent/src/test/resources/rtsp-server.py")
                .toAbsolutePath()
                .normalize();
        return new ProcessBuilder(python, script.toString(), file.toString(), "0")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static boolean isThere(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
