package dev.affray.agent.capture;

import dev.affray.agent.health.FrameLedger;
import dev.affray.agent.health.FrameLedger.Stage;
import java.io.IOException;
import java.time.Instant;
import java.util.OptionalInt;

/**
 * The way of one camera thread to the sink and the ledger. Once shut it lets nothing through: a thread that was abandoned and comes back enters nothing any
 * more, beside the one that took its place. Thread-safe.
 */
final class FrameDoor {
    private final FrameSink sink;
    private final FrameLedger ledger;
    private boolean shut;
    private boolean passing;
    private long passedNanos = System.nanoTime();

    FrameDoor(FrameSink sink, FrameLedger ledger) {
        this.sink = sink;
        this.ledger = ledger;
    }

    /** Enters a sampling instant that was not worth a frame. */
    synchronized void skipped(Stage stage) {
        if (!shut) {
            ledger.skipped(stage);
        }
    }

    /** Enters a sampling instant that was lost before it became a frame. */
    synchronized void failed() {
        if (!shut) {
            ledger.failed();
        }
    }

    /**
     * Hands a frame to the sink, which enters it; or enters it as failed. A frame that is on its way when the door is shut still gets through.
     *
     * @throws IOException when the sink could not keep it
     */
    void spool(Instant capturedAt, OptionalInt edgeScore, byte[] jpeg) throws IOException {
        if (!enter()) {
            return;
        }
        try {
            sink.spool(capturedAt, edgeScore, jpeg);
        } catch (IOException | RuntimeException | Error e) {
            ledger.failed();
            throw e;
        } finally {
            leave();
        }
    }

    /** Lets nothing more through. */
    synchronized void shut() {
        shut = true;
    }

    /** Whether nothing gets through any more. */
    synchronized boolean isShut() {
        return shut;
    }

    /** Lets nothing more through, unless a frame is on its way. Returns whether it is shut. */
    synchronized boolean shutUnlessPassing() {
        shut |= !passing;
        return shut;
    }

    /** When the last frame had got through; when the door was made, if there was none. By the monotonic clock. */
    synchronized long passedNanos() {
        return passedNanos;
    }

    private synchronized boolean enter() {
        passing = !shut;
        return passing;
    }

    private synchronized void leave() {
        passing = false;
        passedNanos = System.nanoTime();
    }
}
