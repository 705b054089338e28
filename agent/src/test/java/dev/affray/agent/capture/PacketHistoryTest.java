package dev.affray.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.agent.capture.Recorded.Packet;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two seconds at 24 pictures a second, a key picture every half second. */
class PacketHistoryTest {
    private static final int GROUP = 12;

    @TempDir
    Path folder;

    @Test
    void keepsAtLeastTheTimeAskedFor_inWholeGroups() throws Exception {
        try (Recorded recorded = play(new ClipBounds(Duration.ofMillis(700), 100_000_000))) {
            assertThat(kept(recorded)).isEqualTo(2 * GROUP);
            assertThat(first(recorded)).isEqualTo(recorded.packets.size() - kept(recorded));
        }
    }

    @Test
    void neverKeepsMoreThanItsBytes() throws Exception {
        try (Recorded all = play(new ClipBounds(Duration.ofSeconds(30), 100_000_000))) {
            assertThat(kept(all)).isEqualTo(all.packets.size());
            assertThat(all.history.bytes()).isEqualTo(bytes(all.packets));
            long bound = bytes(all.packets) * 3 / 5;
            try (Recorded some = play(new ClipBounds(Duration.ofSeconds(30), bound))) {
                assertThat(some.history.bytes()).isPositive().isLessThanOrEqualTo(bound);
                assertThat(kept(some)).isEqualTo(2 * GROUP);
                assertThat(some.history.bytes())
                        .isEqualTo(bytes(some.packets.subList(first(some), some.packets.size())));
            }
        }
    }

    @Test
    void keepsNothing_andSaysWhy_whenOneGroupIsMoreThanItsBytes() throws Exception {
        try (Recorded recorded = play(new ClipBounds(Duration.ofSeconds(30), 1000))) {
            assertThat(recorded.history.bytes()).isZero();
            assertThat(recorded.history.lacking()).contains("raise clips.maxMegabytesPerCamera");
        }
    }

    @Test
    void keepsNothing_whenItIsOff() throws Exception {
        for (ClipBounds off :
                List.of(ClipBounds.OFF, new ClipBounds(Duration.ZERO, 16), new ClipBounds(Duration.ofSeconds(3), 0))) {
            try (Recorded recorded = play(off)) {
                assertThat(recorded.history.bytes()).isZero();
                assertThat(recorded.history.isOff()).isTrue();
            }
        }
    }

    @Test
    void takesNothingMore_ofAThreadThatWasReplaced_orOnceItIsClosed() throws Exception {
        Path film = film();
        try (Recorded recorded = new Recorded(ClipBounds.DEFAULT);
                Interrupt abandoned = new Interrupt();
                VideoInput input =
                        VideoInput.open(new CaptureSource.LocalFile(film, false), new Interrupt(), 10_000_000_000L)) {
            PacketHistory.Recording before = recorded.history.begin(new Interrupt());
            PacketHistory.Recording now = recorded.history.begin(new Interrupt());
            abandoned.raise();
            PacketHistory.Recording late = recorded.history.begin(abandoned);
            input.next();
            before.add(input, System.nanoTime());
            late.add(input, System.nanoTime());
            assertThat(recorded.history.bytes()).isZero();
            now.add(input, System.nanoTime());
            assertThat(recorded.history.bytes()).isPositive();
            recorded.history.close();
            now.add(input, System.nanoTime());
            assertThat(recorded.history.bytes()).isZero();
        }
    }

    private Path film() throws Exception {
        return Recorded.film(folder, Films.ts("320x240", 24), "ts");
    }

    private Recorded play(ClipBounds bounds) throws Exception {
        return new Recorded(bounds).play(film(), 0);
    }

    private static int kept(Recorded recorded) {
        try (Excerpt all = recorded.history.excerpt(Instant.EPOCH, Instant.now())) {
            return all.packets().size();
        }
    }

    /** The number of the packet that the history begins with, which must be a key packet. */
    private static int first(Recorded recorded) {
        int first = recorded.packets.size() - kept(recorded);
        assertThat(recorded.packets.get(first).key).isTrue();
        return first;
    }

    private static long bytes(List<Packet> packets) {
        return packets.stream().mapToLong(p -> p.bytes.length).sum();
    }
}
