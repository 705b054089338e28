package dev.affray.agent.capture;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.affray.agent.capture.CaptureSource.Login;
import dev.affray.agent.capture.CaptureSource.Stream;
import dev.affray.camera.Source;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** GStreamer's RTSP server in a process of its own: a peer that shares no code with FFmpeg. */
public final class RtspServer implements AutoCloseable {
    private static final String IMPORTS =
            "import gi; gi.require_version('GstRtspServer', '1.0'); from gi.repository import GstRtspServer";

    private final Process process;
    private final int port;

    private RtspServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Skips the test where Python cannot load GStreamer's RTSP server. */
    static RtspServer start(Path file, int port, String... login) throws Exception {
        return start(file, port, Map.of(), login);
    }

    /** @param environment as the script has it */
    public static RtspServer start(Path file, int port, Map<String, String> environment, String... login)
            throws Exception {
        List<String> command = new ArrayList<>(List.of(python(), script(), file.toString(), Integer.toString(port)));
        command.addAll(List.of(login));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        Process process = builder.start();
        BufferedReader output = process.inputReader();
        String line = output.readLine();
        if (line == null) {
            throw new IOException("the RTSP server did not start");
        }
        return new RtspServer(process, Integer.parseInt(line));
    }

    /** Its address: {@code rtsp://127.0.0.1:PORT/stream}. */
    public String url() {
        return "rtsp://127.0.0.1:" + port + "/stream";
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    int port() {
        return port;
    }

    Stream stream(Source.Transport transport, Optional<Login> login) {
        return new Stream(URI.create(url()), transport, login);
    }

    /** From now on it holds its connections and says nothing. */
    void freeze() throws Exception {
        new ProcessBuilder("kill", "-STOP", Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    private static String script() throws URISyntaxException {
        return Path.of(RtspServer.class.getResource("/rtsp-server.py").toURI()).toString();
    }

    private static String python() throws InterruptedException {
        for (String candidate : List.of("python3", "/usr/bin/python3")) {
            try {
                Process probe = new ProcessBuilder(candidate, "-c", IMPORTS)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                if (probe.waitFor() == 0) {
                    return candidate;
                }
            } catch (IOException e) {
                // There is no such Python; the next one may be there.
            }
        }
        assumeTrue(
                false, "Python with GStreamer's RTSP server (gir1.2-gst-rtsp-server-1.0, python3-gi) is not installed");
        throw new IllegalStateException();
    }
}
