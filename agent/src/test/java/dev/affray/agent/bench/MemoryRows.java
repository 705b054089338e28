package dev.affray.agent.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.agent.capture.RtspServer;
import java.nio.file.Path;
import java.util.Map;

/**
 * How much memory one camera more takes: what several take, less what one takes, by the number of the others. No video is kept for clips; packets that the
 * gate keeps undecoded are left out.
 */
final class MemoryRows {
    private static final int QUIET = 17;
    private static final int ACTIVE = 4;

    private MemoryRows() {}

    static Line quiet(String work, Window window) throws Exception {
        return perCamera(work, window, Film.QUIET, QUIET, 20);
    }

    static Line active(String work, Window window) throws Exception {
        return perCamera(work, window, Film.MOVING, ACTIVE, 45);
    }

    private static Line perCamera(String work, Window window, Film kind, int cameras, double most) throws Exception {
        Ours one = ours(window, kind, 1);
        Ours all = ours(window, kind, cameras);
        double each = (all.use().bytes() - kept(all) - one.use().bytes() + kept(one)) / (cameras - 1.0);
        String how = "%s with %d cameras, %.1f MB of them packets; %s with one"
                .formatted(Line.megabytes(all.use()), cameras, kept(all) / 1e6, Line.megabytes(one.use()));
        return Line.ofMemory(work, each, how, most);
    }

    private static long kept(Ours ours) {
        return ours.cameras().stream()
                .mapToLong(camera -> camera.get("keptBytes").asLong())
                .sum();
    }

    private static Ours ours(Window window, Film kind, int cameras) throws Exception {
        Path film = kind.lasting(window.film());
        try (RtspServer server = RtspServer.start(film, 0, Map.of("RTSP_SHARED", "1"))) {
            Ours ours =
                    Ours.sampling(server.url(), window, "--cameras", Integer.toString(cameras), "--clip-seconds", "0");
            assertThat(ours.cameras()).hasSize(cameras);
            ours.checkStreaming();
            if (kind == Film.QUIET) {
                ours.checkClosed(window);
            } else {
                ours.checkOpen();
            }
            assertThat(server.isAlive()).as("the server of the film lives").isTrue();
            return ours;
        }
    }
}
