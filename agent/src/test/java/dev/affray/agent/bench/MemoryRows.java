package dev.affray.agent.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.agent.capture.RtspServer;
import java.nio.file.Path;
import java.util.Map;

/**
 * How much memory one camera more takes: what several take, less what one takes, by the number of the others. No video is kept for clips; what the gate keeps
 * between two looks is part of it.
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
        Use one = use(window, kind, 1);
        Use all = use(window, kind, cameras);
        double each = (all.bytes() - one.bytes()) / (cameras - 1.0);
        String how = Line.megabytes(all) + " with " + cameras + " cameras, " + Line.megabytes(one) + " with one";
        return Line.ofMemory(work, each, how, most);
    }

    private static Use use(Window window, Film kind, int cameras) throws Exception {
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
            return ours.use();
        }
    }
}
