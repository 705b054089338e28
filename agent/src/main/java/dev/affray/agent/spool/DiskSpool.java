package dev.affray.agent.spool;

import dev.affray.agent.health.Ledgers;
import dev.affray.frame.CameraId;
import dev.affray.frame.Frame;
import dev.affray.health.SpoolHealth;
import dev.affray.health.SpoolState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queue between capture and upload: one file a frame, {@code spool/{camera}/{name}.jpg}, and in memory no more than an index of them.
 *
 * <p>A frame is written beside its place and then renamed, so nobody sees half of one, and what was added survives the death of the process; what a power
 * cut may cost is for {@link Fsync} to say. What it tears is set aside at the next start. Sequence numbers are always forced, so none is ever repeated.
 *
 * <p>Thread-safe. Writing and forcing are done by the thread that adds or flushes, outside the lock.
 */
public final class DiskSpool {
    private static final Logger log = LoggerFactory.getLogger(DiskSpool.class);

    /** For one frame that comes to a full disk. */
    private static final int MOST_EVICTED = 8;

    private final String thing;
    private final Ledgers ledgers;
    private final BootClock clock;
    private final FrameFiles files;
    private final Sequences sequences;
    private final Condition condition;
    private final Room room;
    private final Stock stock;
    private final Waiting waiting;
    private final Map<Frame, Entry> leased = new HashMap<>();
    private long nextOrder;
    private int damaged;

    private DiskSpool(
            Path data, String thing, SpoolBounds bounds, Fsync fsync, Ledgers ledgers, BootClock clock, Disk disk)
            throws IOException {
        this.thing = thing;
        this.ledgers = ledgers;
        this.clock = clock;
        this.files = new FrameFiles(data.resolve("spool"), fsync, disk);
        this.sequences = new Sequences(data.resolve("sequences"), clock.wall());
        this.condition = new Condition(log, clock.nanos());
        this.room = new Room(bounds, disk, data.resolve("aside"));
        this.stock = new Stock(ledgers, files, room, condition, bounds.maxAge(), clock.nanos());
        this.waiting = stock.waiting();
    }

    /**
     * Opens the spool in a data folder and recovers what an earlier run left there. The caller sees to it that no other process has it open.
     *
     * @throws IOException when the folder cannot be read or written
     */
    public static DiskSpool open(
            Path data, String thing, SpoolBounds bounds, Fsync fsync, Ledgers ledgers, BootClock clock)
            throws IOException {
        Files.createDirectories(data.resolve("spool"));
        return open(data, thing, bounds, fsync, ledgers, clock, new SystemDisk(data.resolve("spool")));
    }

    static DiskSpool open(
            Path data, String thing, SpoolBounds bounds, Fsync fsync, Ledgers ledgers, BootClock clock, Disk disk)
            throws IOException {
        Files.createDirectories(data.resolve("spool"));
        DiskSpool spool = new DiskSpool(data, thing, bounds, fsync, ledgers, clock, disk);
        spool.recover(data.resolve("spool"), data.resolve("clock.json"));
        return spool;
    }

    private synchronized void recover(Path folder, Path clockFile) throws IOException {
        PastClock past = PastClock.read(clockFile, clock);
        long now = clock.nanos().getAsLong();
        Recovery recovery = new Recovery(thing, ledgers, room.aside());
        for (Recovery.Found found : recovery.look(folder)) {
            Frame frame = found.frame();
            sequences.found(frame);
            OptionalLong spooled = past.spooledNanos(frame);
            long footprint = room.footprint(found.size());
            room.take(footprint);
            waiting.add(
                    new Entry(nextOrder++, frame, found.file(), found.size(), footprint, spooled.orElse(now), spooled));
        }
        damaged = recovery.damaged();
        stock.trim();
        keep(past, clockFile);
    }

    /** On a full disk in place of the oldest frames. Where there is no room for it at all, the next run shall know no ages rather than wrong ones. */
    private void keep(PastClock past, Path clockFile) throws IOException {
        for (int left = MOST_EVICTED; ; left--) {
            try {
                past.keep();
                return;
            } catch (IOException e) {
                IOException why = NoRoomException.of(e);
                if (!(why instanceof NoRoomException)) {
                    throw why;
                }
                if (left == 0 || !evictOnFullDisk()) {
                    condition.is(SpoolState.FULL, NoRoomException.DISK_FULL);
                    Files.deleteIfExists(clockFile);
                    return;
                }
            }
        }
    }

    /**
     * Adds a frame and enters it in its camera's ledger.
     *
     * @param capturedAt cut to whole milliseconds
     * @throws IOException when it could not be stored: there is no room even in place of some of the oldest frames, which are evicted then, or the disk fails. Nothing is left behind and nothing is entered
     */
    public Frame add(String camera, Instant capturedAt, OptionalInt edgeScore, byte[] jpeg) throws IOException {
        try {
            return store(camera, capturedAt.truncatedTo(ChronoUnit.MILLIS), edgeScore, jpeg);
        } catch (NoRoomException e) {
            condition.is(SpoolState.FULL, e.getMessage() + "; new frames are refused and counted as failed");
            throw e;
        } catch (IOException e) {
            condition.is(SpoolState.FAILING, "frames cannot be written and are counted as failed: " + e);
            throw e;
        }
    }

    /** On a full disk the oldest frames make room for this one. */
    private Frame store(String camera, Instant capturedAt, OptionalInt edgeScore, byte[] jpeg) throws IOException {
        long footprint = room.footprint(jpeg.length);
        for (int left = MOST_EVICTED; ; left--) {
            try {
                Frame frame = reserve(camera, capturedAt, edgeScore, footprint);
                write(frame, jpeg, footprint);
                return frame;
            } catch (NoRoomException e) {
                throw e;
            } catch (IOException e) {
                IOException why = NoRoomException.of(e);
                if (left == 0 || !(why instanceof NoRoomException) || !evictOnFullDisk()) {
                    throw why;
                }
            }
        }
    }

    private synchronized Frame reserve(String camera, Instant capturedAt, OptionalInt edgeScore, long footprint)
            throws IOException {
        stock.makeRoom(footprint);
        Frame frame = new Frame(new CameraId(thing, camera), capturedAt, sequences.next(camera), edgeScore);
        room.reserve(footprint);
        return frame;
    }

    private synchronized boolean evictOnFullDisk() {
        return stock.evictOldest(NoRoomException.DISK_FULL) > 0;
    }

    private void write(Frame frame, byte[] jpeg, long footprint) throws IOException {
        try {
            files.write(frame, jpeg);
        } catch (IOException | RuntimeException | Error e) {
            synchronized (this) {
                room.written(footprint);
                stock.remove(files.unfinished(frame), 0);
                stock.remove(files.of(frame), footprint);
            }
            throw e;
        }
        enter(frame, files.of(frame), jpeg.length, footprint);
    }

    private synchronized void enter(Frame frame, Path file, long size, long footprint) {
        room.written(footprint);
        ledgers.of(frame.camera().camera()).spooled();
        long now = clock.nanos().getAsLong();
        waiting.add(new Entry(nextOrder++, frame, file, size, footprint, now, OptionalLong.of(now)));
        notifyAll();
    }

    /**
     * The frame whose turn it is, waiting for one if need be: live before late; among the cameras that have such, the one whose turn is longest ago; of
     * that camera, the newest.
     *
     * @param maxLag by camera: an older frame is late, and so is one whose age is not known; called under the spool's lock
     * @return empty when none came in that time
     */
    public synchronized Optional<Lease> take(Duration patience, Function<String, Duration> maxLag)
            throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        stock.evictTooOld();
        while (waiting.isEmpty()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return Optional.empty();
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return waiting.next(entry -> age(entry)
                        .filter(age -> age.compareTo(maxLag.apply(entry.camera())) <= 0)
                        .isPresent())
                .map(this::lease);
    }

    private Lease lease(Entry entry) {
        leased.put(entry.frame(), entry);
        return new Lease(entry.frame(), entry.file(), entry.size(), age(entry));
    }

    private Optional<Duration> age(Entry entry) {
        return entry.spooledNanos().isEmpty()
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(Math.max(
                        0, clock.nanos().getAsLong() - entry.spooledNanos().getAsLong())));
    }

    /** S3 has it: the file goes, counted as uploaded. */
    public synchronized void done(Lease lease) {
        Entry entry = giveBack(lease);
        stock.remove(entry.file(), entry.footprint());
        ledgers.of(entry.camera()).uploaded();
    }

    /** It could not be sent now: it takes its old place in the queue. */
    public synchronized void retry(Lease lease) {
        waiting.add(giveBack(lease));
        notifyAll();
    }

    /** S3 will never take it: kept aside, counted as rejected. */
    public synchronized void reject(Lease lease) {
        Entry entry = giveBack(lease);
        stock.setAside(entry);
        ledgers.of(entry.camera()).rejected();
    }

    /** Its file cannot be read any more: kept aside, counted as set aside. */
    public synchronized void unreadable(Lease lease) {
        Entry entry = giveBack(lease);
        stock.setAside(entry);
        ledgers.of(entry.camera()).setAside();
    }

    private Entry giveBack(Lease lease) {
        Entry entry = leased.remove(lease.frame());
        if (entry == null) {
            throw new IllegalStateException("frame " + lease.frame() + " is not on lease");
        }
        return entry;
    }

    /** Forces to the disk what {@link Fsync#BATCH} left for later; to be called every second. Frames stay when that fails, but the state says so. */
    public void flush() {
        files.flush()
                .ifPresent(e -> condition.is(
                        SpoolState.FAILING,
                        "frames cannot be forced to the disk and may not survive a power cut: " + e));
    }

    /** Whether every frame has left, those on lease included. */
    public synchronized boolean isEmpty() {
        return waiting.isEmpty() && leased.isEmpty();
    }

    /** Bytes of disk in use: frames, what is being written, what is kept aside. */
    public synchronized long bytes() {
        return room.used();
    }

    /** The bound on {@link #bytes}. */
    public long maxBytes() {
        return room.max();
    }

    /** How it fares. */
    public synchronized SpoolHealth health() {
        return new SpoolHealth(
                condition.state(), condition.reason(), room.aside().bytes(), damaged);
    }
}
