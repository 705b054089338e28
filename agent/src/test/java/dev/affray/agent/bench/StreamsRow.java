package dev.affray.agent.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Motion JPEG of 1080p, ten pictures a second, each into a file of its own, as it came: one agent, beside one FFmpeg for each stream. */
final class StreamsRow {
    private static final int STREAMS = 16;
    private static final int RATE = 10;
    private static final int PICTURES = 25;

    private StreamsRow() {}

    static Line passedThrough(String work, Window window) throws Exception {
        Workshop.needs("ffmpeg");
        List<byte[]> pictures = Film.QUIET.pictures(PICTURES);
        try (PictureFeed feed = new PictureFeed(pictures, RATE)) {
            Use ours = ours(feed, pictures, window);
            Use theirs = theirs(feed, pictures, window);
            return Line.ofRatio(work, ours, STREAMS + " x ffmpeg -c copy", theirs, 1.5);
        }
    }

    private static Use ours(PictureFeed feed, List<byte[]> pictures, Window window) throws Exception {
        Sweeper sweeper = new Sweeper(Ours.OUT, pictures);
        Ours ours;
        try (sweeper) {
            ours = Ours.sampling(
                    feed.url(),
                    window,
                    "--cameras",
                    Integer.toString(STREAMS),
                    "--gate",
                    "off",
                    "--mode",
                    "keyframes",
                    "--fps",
                    Integer.toString(RATE),
                    "--max-width",
                    "1920",
                    "--clip-seconds",
                    "0");
        }
        assertThat(ours.cameras()).hasSize(STREAMS);
        ours.checkStreaming();
        check("ours", ours.written(), sweeper, window);
        return ours.use();
    }

    private static Use theirs(PictureFeed feed, List<byte[]> pictures, Window window) throws Exception {
        List<List<String>> commands = new ArrayList<>();
        for (int i = 0; i < STREAMS; i++) {
            Path out = Peer.folder(i).resolve("%08d.jpg");
            commands.add(List.of(
                    "ffmpeg",
                    "-v",
                    "error",
                    "-nostdin",
                    "-i",
                    feed.url(),
                    "-c",
                    "copy",
                    "-f",
                    "image2",
                    out.toString()));
        }
        Sweeper sweeper = new Sweeper(Peer.OUT, pictures);
        Peer peer;
        try (sweeper) {
            peer = Peer.running(window, commands);
        }
        check("FFmpeg's", peer.pictures() + sweeper.swept(), sweeper, window);
        return peer.use();
    }

    private static void check(String whose, long count, Sweeper sweeper, Window window) {
        long expected = STREAMS * RATE * window.whole().toSeconds();
        assertThat(count).as(whose + " pictures").isBetween(expected * 7 / 10, expected * 12 / 10);
        assertThat(sweeper.swept()).isPositive();
        assertThat(sweeper.different())
                .as(whose + " pictures that differ from what was sent")
                .isZero();
    }
}
