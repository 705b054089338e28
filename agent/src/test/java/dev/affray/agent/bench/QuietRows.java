package dev.affray.agent.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.agent.capture.RtspServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A scene in which nothing happens, watched as the agent comes, beside motion: both look for movement, and write a picture every minute. */
final class QuietRows {
    private QuietRows() {}

    static Line closed(String work, Window window) throws Exception {
        return compared(work, window, Film.QUIET, 0.05);
    }

    /** Without a bound: the packet stage may find that it cannot tell, and then everything is decoded. */
    static Line constant(String work, Window window) throws Exception {
        return compared(work, window, Film.QUIET_CONSTANT, null);
    }

    private static Line compared(String work, Window window, Film kind, @Nullable Double most) throws Exception {
        Workshop.needs("motion");
        Path film = kind.lasting(window.film());
        try (RtspServer server = RtspServer.start(film, 0, Map.of())) {
            Ours ours = Ours.sampling(server.url(), window);
            ours.checkStreaming();
            if (kind == Film.QUIET) {
                ours.checkClosed(window);
            }
            Peer peer = Peer.running(window, List.of(List.of("motion", "-n", "-c", configuration(server.url()))));
            assertThat(peer.pictures())
                    .as("pictures of motion, one every minute")
                    .isGreaterThan(window.whole().toSeconds() / 60 - 2);
            assertThat(server.isAlive()).as("the server of the film lives").isTrue();
            return Line.ofRatio(work, ours.use(), "motion", peer.use(), most);
        }
    }

    /** As little work for it as may be: two looks a second, like ours, and nothing written but a picture now and then. */
    private static String configuration(String url) throws Exception {
        Path file = Workshop.FOLDER.resolve("motion.conf");
        Files.writeString(file, """
                daemon off
                log_level 5
                target_dir %s
                netcam_url %s
                width 1920
                height 1080
                framerate 2
                picture_output off
                movie_output off
                snapshot_interval 60
                webcontrol_port 0
                stream_port 0
                """.formatted(Peer.folder(0), url));
        return file.toString();
    }
}
