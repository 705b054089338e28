package dev.affray.agent.spool;

import dev.affray.agent.health.Ledgers;
import dev.affray.agent.health.Trouble;
import dev.affray.frame.CameraId;
import dev.affray.frame.Frame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queue between capture and upload: one file a frame, {@code spool/{camera}/{name}.jpg}, and in memory no more than an index of them.
 *
 * <p>A frame is written beside its place and then renamed, so nobody sees half of one, and what was added survives the death of the process. Frames are not
 * forced to the disk one by one, which flash storage would not bear for long: a power cut may cost the last seconds, and what it tore is set aside at the
 * next start. Sequence numbers are forced, so a power cut cannot repeat one.
 *
 * <p>Thread-safe. The writing itself is done by the thread that adds, outside the lock.
 */
public final class DiskSpool {
    private static final Logger log = LoggerFactory.getLogger(DiskSpool.class);

    /** For one frame that comes to a full disk. */
    private static final int MOST_EVICTED = 8;

    private final Path folder;
    private final String thing;
    private final SpoolBounds bounds;
    private final Ledgers ledgers;
    private final BootClock clock;
    private final Aside aside;
    private final Sequences sequences;
    private final Trouble writing = new Trouble(log, "Writing to the spool");
    private final Trouble room = new Trouble(log, "Keeping every frame until it is sent");
    private final TreeMap<Long, Entry> ready = new TreeMap<>();
    private final Map<Frame, Entry> leased = new HashMap<>();
    private long nextOrder;
    private long bytes;
    private long leasedBytes;

    private DiskSpool(Path data, String thing, SpoolBounds bounds, Ledgers ledgers, BootClock clock) {
        this.folder = data.resolve("spool");
        this.thing = thing;
        this.bounds = bounds;
        this.ledgers = ledgers;
        this.clock = clock;
        this.aside = new Aside(data.resolve("aside"));
        this.sequences = new Sequences(data.resolve("sequences"), clock.wall());
    }

    /**
     * Opens the spool in a data folder and recovers what an earlier run left there. The caller sees to it that no other process has it open.
     *
     * @throws IOException when the folder cannot be read or written
     */
    public static DiskSpool open(Path data, String thing, SpoolBounds bounds, Ledgers ledgers, BootClock clock)
            throws IOException {
        DiskSpool spool = new DiskSpool(data, thing, bounds, ledgers, clock);
        spool.recover(data.resolve("clock.json"));
        return spool;
    }

    private synchronized void recover(Path clockFile) throws IOException {
        Files.createDirectories(folder);
        PastClock past = PastClock.read(clockFile, clock);
        long now = clock.nanos().getAsLong();
        for (Recovery.Found found : new Recovery(thing, ledgers, aside).look(folder)) {
            Frame frame = found.frame();
            sequences.found(frame);
            OptionalLong spooled = past.spooledNanos(frame);
            insert(new Entry(nextOrder++, frame, found.file(), found.bytes(), spooled.orElse(now), spooled));
        }
        past.keep();
        evict(0);
    }

    /**
     * Adds a frame and enters it in its camera's ledger.
     *
     * @param capturedAt cut to whole milliseconds
     * @throws IOException when it could not be stored: the disk is full even without some of the oldest frames, which are evicted then, or the frame is larger than the spool. Nothing is left behind and nothing is entered
     */
    public Frame add(String camera, Instant capturedAt, OptionalInt edgeScore, byte[] jpeg) throws IOException {
        try {
            Frame frame = store(camera, capturedAt.truncatedTo(ChronoUnit.MILLIS), edgeScore, jpeg);
            writing.worked();
            return frame;
        } catch (IOException e) {
            writing.failed(e.toString());
            throw e;
        }
    }

    /** On a full disk the oldest frames make room for this one. */
    private Frame store(String camera, Instant capturedAt, OptionalInt edgeScore, byte[] jpeg) throws IOException {
        for (int left = MOST_EVICTED; ; left--) {
            try {
                return storeOnce(camera, capturedAt, edgeScore, jpeg);
            } catch (IOException e) {
                if (left == 0 || !saysFull(e) || !evictOldest()) {
                    throw e;
                }
            }
        }
    }

    /** In the words of Linux and macOS, of their quotas, and of Windows: Java has no exception of its own for it. */
    private static boolean saysFull(IOException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains("No space left on device")
                || message.contains("quota exceeded")
                || message.contains("not enough space on the disk");
    }

    private Frame storeOnce(String camera, Instant capturedAt, OptionalInt edgeScore, byte[] jpeg) throws IOException {
        long sequence;
        synchronized (this) {
            sequence = sequences.next(camera);
        }
        Frame frame = new Frame(new CameraId(thing, camera), capturedAt, sequence, edgeScore);
        Path file = folder.resolve(camera).resolve(frame.name() + Recovery.SUFFIX);
        Path tmp = file.resolveSibling(file.getFileName() + Recovery.TMP);
        Files.createDirectories(folder.resolve(camera));
        try {
            Files.write(tmp, jpeg);
            enter(frame, tmp, file, jpeg.length);
        } catch (IOException e) {
            Files.deleteIfExists(tmp);
            throw e;
        }
        return frame;
    }

    private synchronized void enter(Frame frame, Path tmp, Path file, long size) throws IOException {
        if (leasedBytes + size > bounds.maxBytes()) {
            throw new IOException("a frame of " + size + " bytes does not fit into a spool of " + bounds.maxBytes());
        }
        evict(size);
        Files.move(tmp, file, StandardCopyOption.ATOMIC_MOVE);
        ledgers.of(frame.camera().camera()).spooled();
        long now = clock.nanos().getAsLong();
        insert(new Entry(nextOrder++, frame, file, size, now, OptionalLong.of(now)));
        notifyAll();
    }

    private void insert(Entry entry) {
        ready.put(entry.order(), entry);
        bytes += entry.bytes();
    }

    /** Makes room for so many bytes more, from the oldest on, and lets go what is too old. Frames on lease stay. */
    private void evict(long needed) {
        int evicted = 0;
        long now = clock.nanos().getAsLong();
        while (!ready.isEmpty()) {
            Entry oldest = ready.firstEntry().getValue();
            boolean tooOld = now - oldest.heldSinceNanos() > bounds.maxAge().toNanos();
            if (!tooOld && bytes + needed <= bounds.maxBytes()) {
                break;
            }
            drop(oldest);
            evicted++;
        }
        if (evicted > 0) {
            room.failed("the spool is full or its frames too old; the oldest are evicted and counted");
        }
    }

    private synchronized boolean evictOldest() {
        if (ready.isEmpty()) {
            return false;
        }
        drop(ready.firstEntry().getValue());
        room.failed("the disk is full; the oldest frames are evicted and counted");
        return true;
    }

    private void drop(Entry entry) {
        ready.remove(entry.order());
        forget(entry);
        ledgers.of(entry.camera()).evicted();
    }

    /** Removes the file. One that cannot be removed is found again at the next start, and S3 then knows it already. */
    private void forget(Entry entry) {
        bytes -= entry.bytes();
        try {
            Files.deleteIfExists(entry.file());
        } catch (IOException e) {
            log.warn("Cannot remove {}: {}", entry.file(), e.toString());
        }
    }

    /**
     * The newest frame that nobody has on lease, waiting for one if need be.
     *
     * @return empty when none came in that time
     */
    public synchronized Optional<Lease> take(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        evict(0);
        while (ready.isEmpty()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return Optional.empty();
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        Entry newest = ready.pollLastEntry().getValue();
        leased.put(newest.frame(), newest);
        leasedBytes += newest.bytes();
        return Optional.of(new Lease(newest.frame(), newest.file(), age(newest)));
    }

    private Optional<Duration> age(Entry entry) {
        return entry.spooledNanos().isEmpty()
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(Math.max(
                        0, clock.nanos().getAsLong() - entry.spooledNanos().getAsLong())));
    }

    /** S3 has it: the file goes, counted as uploaded. */
    public synchronized void done(Lease lease) {
        forget(giveBack(lease));
        ledgers.of(lease.frame().camera().camera()).uploaded();
        if (ready.isEmpty()) {
            room.worked();
        }
    }

    /** It could not be sent now: it takes its old place in the queue. */
    public synchronized void retry(Lease lease) {
        Entry entry = giveBack(lease);
        ready.put(entry.order(), entry);
        notifyAll();
    }

    /** S3 will never take it: kept aside, counted as rejected. */
    public synchronized void reject(Lease lease) {
        setAside(giveBack(lease));
        ledgers.of(lease.frame().camera().camera()).rejected();
    }

    /** Its file cannot be read any more: kept aside, counted as set aside. */
    public synchronized void unreadable(Lease lease) {
        setAside(giveBack(lease));
        ledgers.of(lease.frame().camera().camera()).setAside();
    }

    private void setAside(Entry entry) {
        bytes -= entry.bytes();
        aside.take(entry.camera(), entry.file());
    }

    private Entry giveBack(Lease lease) {
        Entry entry = leased.remove(lease.frame());
        if (entry == null) {
            throw new IllegalStateException("frame " + lease.frame() + " is not on lease");
        }
        leasedBytes -= entry.bytes();
        return entry;
    }

    /** Whether every frame has left, those on lease included. */
    public synchronized boolean isEmpty() {
        return ready.isEmpty() && leased.isEmpty();
    }

    /** Bytes of pictures on disk now. */
    public synchronized long bytes() {
        return bytes;
    }

    /** The bound on {@link #bytes}. */
    public long maxBytes() {
        return bounds.maxBytes();
    }
}
