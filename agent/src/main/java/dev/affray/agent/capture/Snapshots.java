package dev.affray.agent.capture;

import dev.affray.agent.capture.Snapshot.Reason;
import dev.affray.agent.capture.Snapshot.Refused;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Who waits for a picture of a camera, whichever of its threads takes it. Thread-safe. */
final class Snapshots {
    private final List<Wait> waits = new ArrayList<>();
    private @Nullable Refused closed;

    /** What somebody who waited got. */
    sealed interface Got {
        /** None, and why. */
        record Nothing(Refused refused) implements Got {}

        /** A JPEG. */
        final class Picture implements Got {
            final Instant at;
            final byte[] jpeg;

            Picture(Instant at, byte[] jpeg) {
                this.at = at;
                this.jpeg = jpeg;
            }
        }
    }

    /** @param sinceNanos when it was asked for, by the monotonic clock */
    private record Wait(long sinceNanos, CompletableFuture<Got> got) {
        boolean isFor(long capturedNanos) {
            return capturedNanos - sinceNanos >= 0 && !got.isDone();
        }
    }

    /** Asks for the next picture that is captured from now on. */
    synchronized CompletableFuture<Got> ask() {
        CompletableFuture<Got> got = new CompletableFuture<>();
        if (closed != null) {
            got.complete(new Got.Nothing(closed));
        } else {
            waits.removeIf(wait -> wait.got().isDone());
            waits.add(new Wait(System.nanoTime(), got));
        }
        return got;
    }

    /** Whether somebody waits for a picture that was captured at this time of the monotonic clock, or is still to come. */
    synchronized boolean wants(long capturedNanos) {
        return !waits.isEmpty() && waits.stream().anyMatch(wait -> wait.isFor(capturedNanos));
    }

    /** Hands a picture to those who wait for it. */
    void give(Instant at, byte[] jpeg, long capturedNanos) {
        settle(wait -> wait.isFor(capturedNanos), got -> got.complete(new Got.Picture(at, jpeg)));
    }

    /** Lets those go who wait. */
    void refuse(Reason reason, String detail) {
        settle(_ -> true, got -> got.complete(new Got.Nothing(new Refused(reason, detail))));
    }

    /** Lets those go who wait, and whoever asks later. */
    void close(String detail) {
        synchronized (this) {
            closed = new Refused(Reason.NOT_RUNNING, detail);
        }
        refuse(Reason.NOT_RUNNING, detail);
    }

    private void settle(Predicate<Wait> which, Consumer<CompletableFuture<Got>> how) {
        List<Wait> settled;
        synchronized (this) {
            settled = waits.stream().filter(which).toList();
            waits.removeAll(settled);
        }
        settled.forEach(wait -> how.accept(wait.got()));
    }
}
