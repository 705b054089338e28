package dev.affray.agent.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.agent.capture.RtspServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Pictures of an RTSP camera as JPEG files, beside FFmpeg's program: the same pictures of the same size and quality. */
final class PictureRows {
    private PictureRows() {}

    static Line keyframes(String work, Window window) throws Exception {
        return compared(
                work, window, "keyframes", 0.5, List.of("-skip_frame", "nokey"), List.of("-fps_mode", "passthrough"));
    }

    static Line onePerSecond(String work, Window window) throws Exception {
        return compared(work, window, "interval", 1, List.of(), List.of("-vf", "fps=1"));
    }

    private static Line compared(
            String work, Window window, String mode, double rate, List<String> input, List<String> output)
            throws Exception {
        Workshop.needs("ffmpeg");
        Path film = Film.QUIET.lasting(window.film());
        try (RtspServer server = RtspServer.start(film, 0, Map.of())) {
            Ours ours = Ours.sampling(
                    server.url(),
                    window,
                    "--gate",
                    "off",
                    "--score",
                    "off",
                    "--mode",
                    mode,
                    "--fps",
                    "1",
                    "--max-width",
                    "1920",
                    "--quality",
                    "4");
            ours.checkStreaming();
            checkCount("our pictures", ours.written(), rate, window);
            // One thread decodes with the least processor time, and is enough.
            List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-nostdin", "-threads", "1"));
            command.addAll(input);
            command.addAll(List.of("-rtsp_transport", "tcp", "-i", server.url()));
            command.addAll(output);
            command.addAll(
                    List.of("-q:v", "4", Peer.folder(0).resolve("%06d.jpg").toString()));
            Peer peer = Peer.running(window, List.of(command));
            checkCount("FFmpeg's pictures", peer.pictures(), rate, window);
            assertThat(server.isAlive()).as("the server of the film lives").isTrue();
            return Line.ofRatio(work, ours.use(), "ffmpeg", peer.use(), 1.1);
        }
    }

    private static void checkCount(String what, long count, double rate, Window window) {
        double expected = rate * window.whole().toSeconds();
        assertThat(count).as(what).isBetween((long) (0.7 * expected), (long) (1.2 * expected) + 1);
    }
}
