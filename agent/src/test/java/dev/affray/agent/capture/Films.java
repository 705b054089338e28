package dev.affray.agent.capture;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Two seconds of moving test pattern in every form that a test may want, made by the ffmpeg program. */
final class Films {
    static final String H264 = "-c:v libx264 -preset ultrafast -tune zerolatency -g 12";
    private static final Map<String, byte[]> MADE = new ConcurrentHashMap<>();

    private Films() {}

    /**
     * A film; the test is skipped where the ffmpeg program is not installed or lacks the encoder.
     *
     * @param size such as {@code 320x240}
     * @param rate pictures a second
     * @param coding the program's options for the encoder and the container
     * @param format the container
     */
    static byte[] film(String size, int rate, String coding, String format) {
        return MADE.computeIfAbsent(size + rate + coding + format, _ -> make(size, rate, coding, format));
    }

    /** MPEG-TS with H.264. */
    static byte[] ts(String size, int rate) {
        return film(size, rate, H264, "mpegts");
    }

    /** One after the other. */
    static byte[] then(byte[]... films) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] film : films) {
            all.writeBytes(film);
        }
        return all.toByteArray();
    }

    private static byte[] make(String size, int rate, String coding, String format) {
        try {
            Path file = Files.createTempFile("film", "." + format);
            List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-nostdin", "-y", "-f", "lavfi"));
            command.addAll(List.of("-i", "testsrc2=size=" + size + ":rate=" + rate + ":duration=2"));
            command.addAll(List.of(coding.split(" ")));
            command.addAll(List.of("-f", format, file.toString()));
            int code = new ProcessBuilder(command).inheritIO().start().waitFor();
            assumeTrue(code == 0, "the ffmpeg program cannot make this film: " + coding);
            byte[] film = Files.readAllBytes(file);
            Files.delete(file);
            return film;
        } catch (IOException e) {
            assumeTrue(false, "the ffmpeg program is not installed");
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
