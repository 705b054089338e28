package dev.affray.agent.spool;

import dev.affray.agent.health.Ledgers;
import dev.affray.health.SpoolState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The frames on disk and the room they take. Room is made from the oldest frame on, and every frame that goes for it is counted as evicted; frames on lease
 * stay. Not thread-safe.
 */
final class Stock {
    private final Ledgers ledgers;
    private final FrameFiles files;
    private final Room room;
    private final Condition condition;
    private final Duration maxAge;
    private final LongSupplier nanos;
    private final Waiting waiting = new Waiting();

    Stock(Ledgers ledgers, FrameFiles files, Room room, Condition condition, Duration maxAge, LongSupplier nanos) {
        this.ledgers = ledgers;
        this.files = files;
        this.room = room;
        this.condition = condition;
        this.maxAge = maxAge;
        this.nanos = nanos;
    }

    /** The frames that nobody has on lease. */
    Waiting waiting() {
        return waiting;
    }

    /**
     * Makes room for so many bytes of disk more.
     *
     * @throws NoRoomException when there is none, even in place of others
     */
    void makeRoom(long footprint) throws IOException {
        evictTooOld();
        if (room.used() + footprint > room.max()) {
            removeStuck();
        }
        if (room.used() - waiting.footprint() + footprint > room.max()) {
            throw new NoRoomException("a frame does not fit into the spool beside what is on its way or aside");
        }
        long freed = evictDownTo(room.max() - footprint);
        if (room.used() + footprint > room.max()) {
            throw new IOException("old frames cannot be removed");
        }
        while (freed < footprint && room.isScarce(footprint)) {
            long more = evictOldest(room.scarcity());
            if (more == 0) {
                throw new NoRoomException(room.scarcity());
            }
            freed += more;
        }
    }

    /** Lets go what is beyond either bound. */
    void trim() {
        evictTooOld();
        evictDownTo(room.max());
    }

    /** Lets go what is too old. */
    void evictTooOld() {
        long now = nanos.getAsLong();
        boolean more = true;
        while (more) {
            Optional<Entry> oldest = waiting.oldest();
            more = oldest.isPresent()
                    && now - oldest.get().heldSinceNanos() > maxAge.toNanos()
                    && evictOldest("frames are older than " + maxAge.toHours() + " h") > 0;
        }
    }

    /** Returns how many bytes that freed. */
    private long evictDownTo(long limit) {
        long freed = 0;
        long more = 1;
        while (room.used() > limit && more > 0) {
            more = evictOldest("the spool has reached its bound");
            freed += more;
        }
        return freed;
    }

    /** Returns how many bytes that freed: none when there is no frame, or its file cannot be removed. */
    long evictOldest(String why) {
        Optional<Entry> oldest = waiting.oldest();
        if (oldest.isEmpty()) {
            return 0;
        }
        Entry entry = oldest.get();
        try {
            files.remove(entry.file());
        } catch (IOException e) {
            condition.is(SpoolState.FAILING, "old frames cannot be removed: " + e);
            return 0;
        }
        waiting.remove(entry);
        room.giveBack(entry.footprint());
        ledgers.of(entry.camera()).evicted();
        condition.is(SpoolState.EVICTING, why + "; the oldest frames are evicted and counted");
        return entry.footprint();
    }

    /** Removes a file for good. One that cannot be removed stays in the book of disk, and is found again at the next start: S3 then knows it already. */
    void remove(Path file, long footprint) {
        try {
            files.remove(file);
            room.giveBack(footprint);
        } catch (IOException e) {
            room.stick(file, footprint);
            condition.is(SpoolState.FAILING, "frames cannot be removed: " + e);
        }
    }

    private void removeStuck() {
        try {
            room.removeStuck();
        } catch (IOException e) {
            condition.is(SpoolState.FAILING, "frames cannot be removed: " + e);
        }
    }

    /** Moves a frame's file aside. */
    void setAside(Entry entry) {
        room.giveBack(entry.footprint());
        try {
            room.aside().take(entry.camera(), entry.file());
        } catch (IOException e) {
            room.take(entry.footprint());
            room.stick(entry.file(), entry.footprint());
            condition.is(SpoolState.FAILING, "frames cannot be moved aside: " + e);
        }
    }
}
