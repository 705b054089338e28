package dev.affray.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.affray.agent.health.FrameLedger;
import dev.affray.agent.health.FrameLedger.Stage;
import java.io.IOException;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class FrameDoorTest {
    private final Captures captures = new Captures();
    private final FrameLedger ledger = captures.ledger;

    private static void frame(FrameDoor door) throws IOException {
        door.spool(Instant.EPOCH, OptionalInt.empty(), new byte[1]);
    }

    @Test
    void letsNothingThrough_onceItIsShut() throws IOException {
        FrameDoor door = new FrameDoor(captures, ledger);
        frame(door);
        assertThat(door.shutUnlessPassing()).isTrue();
        frame(door);
        door.skipped(Stage.MOTION);
        door.failed();
        assertThat(captures.frames).hasSize(1);
        assertThat(ledger.counts().captured()).isOne();
    }

    @Test
    void letsAFrameThroughThatIsOnItsWay() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch disk = new CountDownLatch(1);
        FrameDoor door = new FrameDoor(
                (capturedAt, score, jpeg) -> {
                    inside.countDown();
                    awaitUninterrupted(disk);
                    captures.spool(capturedAt, score, jpeg);
                },
                ledger);
        Thread camera = Thread.ofPlatform().start(() -> {
            try {
                frame(door);
                door.skipped(Stage.MOTION);
            } catch (IOException e) {
                door.failed();
            }
        });
        inside.await();
        assertThat(door.shutUnlessPassing()).isFalse();
        door.shut();
        disk.countDown();
        camera.join();
        assertThat(ledger.counts().spooled()).isOne();
        assertThat(ledger.counts().captured()).isOne();
    }

    @Test
    void entersAFrameThatTheSinkCannotKeep_alsoWhenItIsShutMeanwhile() {
        FrameDoor[] door = new FrameDoor[1];
        door[0] = new FrameDoor(
                (_, _, _) -> {
                    door[0].shut();
                    throw new IOException("no space left");
                },
                ledger);
        assertThatIOException().isThrownBy(() -> frame(door[0]));
        assertThat(ledger.counts().failed()).isOne();
        assertThat(ledger.counts().conserved()).isTrue();
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
