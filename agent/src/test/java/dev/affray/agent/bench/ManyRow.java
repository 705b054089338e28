package dev.affray.agent.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.agent.capture.RtspServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** As many quiet cameras as one agent takes, on two cores, beside the server that they all come from. Another number by {@code bench.cameras}. */
final class ManyRow {
    private static final int CAMERAS = Integer.getInteger("bench.cameras", 64);
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
            assertThat(server.isAlive()).as("the server of the film lives").isTrue();
            assertThat(ours.cameras())
                    .hasSize(CAMERAS)
                    .allSatisfy(
                            camera -> assertThat(camera.get("packets").asLong()).isPositive());
            long closed = ours.cameras().stream()
                    .filter(camera -> Ours.isClosed(camera, window))
                    .count();
            long lag = ours.cameras().stream()
                    .mapToLong(camera -> camera.get("largestLagMillis").asLong(Long.MAX_VALUE))
                    .max()
                    .orElseThrow();
            String figures = "%d, of which %d with the gate closed; lag of %d ms at most; %s, %s"
                    .formatted(CAMERAS, closed, lag, Line.cores(ours.use()), Line.megabytes(ours.use()));
            return new Line(
                    work,
                    figures,
                    "their server: %.2f cores".formatted(served),
                    "",
                    "64, closed, lag below " + MOST_LAG_MILLIS + " ms",
                    Line.verdict(CAMERAS >= 64 && closed == CAMERAS && lag < MOST_LAG_MILLIS));
        }
    }
}
