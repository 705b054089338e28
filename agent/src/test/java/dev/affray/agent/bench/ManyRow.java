package dev.affray.agent.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.agent.capture.RtspServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** As many quiet cameras as one agent takes, on two cores, beside the server that they all come from. */
final class ManyRow {
    private static final int CAMERAS = 64;
    private static final String CORES = "0,1";
    private static final long MOST_LAG_MILLIS = 1_000;

    private ManyRow() {}

    static Line quiet(String work, Window usual) throws Exception {
        Workshop.needs("taskset");
        Window window = usual.longer();
        Path film = Film.QUIET.lasting(window.film());
        try (RtspServer server = RtspServer.start(film, 0, Map.of("RTSP_SHARED", "1"))) {
            String pid = Long.toString(server.pid());
            Workshop.run("taskset", List.of("taskset", "-a", "-p", "-c", CORES, pid));
            ProcessMeter meter = new ProcessMeter(server.pid());
            Ours ours = Ours.sampling(
                    List.of("taskset", "-c", CORES), server.url(), window, "--cameras", Integer.toString(CAMERAS));
            double served = meter.cpuNanos() / 1e9 / window.whole().toSeconds();
            assertThat(ours.cameras()).hasSize(CAMERAS);
            ours.checkClosed(window);
            long lag = ours.cameras().stream()
                    .mapToLong(camera -> camera.get("largestLagMillis").asLong())
                    .max()
                    .orElseThrow();
            return new Line(
                    work,
                    CAMERAS + ", lag of " + lag + " ms at most; " + Line.cores(ours.use()) + ", "
                            + Line.megabytes(ours.use()),
                    "the server: %.2f cores".formatted(served),
                    "",
                    CAMERAS + ", lag below " + MOST_LAG_MILLIS + " ms",
                    Line.verdict(lag < MOST_LAG_MILLIS));
        }
    }
}
