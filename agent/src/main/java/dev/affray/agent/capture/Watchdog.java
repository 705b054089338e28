package dev.affray.agent.capture;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the threads of all cameras from outside, on one thread of its own. A camera thread that does not come back from FFmpeg although its deadline has
 * passed or it was told to end is abandoned, counted, and replaced: the first at once, further ones of the same camera ever later while those before it still
 * hang. Nobody can end a native call; where too many hang, only a new process helps, and {@link #isOverwhelmed} says so. Thread-safe.
 */
public final class Watchdog implements AutoCloseable {
    /**
     * So many threads may hang. Each holds its stack, a connection and a decoder, some ten megabytes for a usual camera: a small gateway bears eight. One
     * camera alone needs about half an hour to get there, so a single bad one does not end the others' process time and again.
     */
    static final int LIMIT = 8;

    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** FFmpeg asks the interrupt ten times a second; a machine that is short of processor time gets this long nevertheless. */
    private static final Duration GRACE = Duration.ofSeconds(20);

    private static final Duration FIRST_DELAY = Duration.ofSeconds(30);
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(10);

    private final Duration look;
    private final long graceNanos;
    private final Duration firstDelay;
    private final List<Watched> watched = new CopyOnWriteArrayList<>();
    private final List<CameraThread> hanging = new CopyOnWriteArrayList<>();
    private final Map<String, Long> abandoned = new ConcurrentHashMap<>();
    private final Repeats repeats = new Repeats();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("watchdog").daemon().factory());
    private boolean looking;
    private boolean closed;
    private volatile boolean overwhelmed;

    private record Watched(Camera camera, CameraThread thread) {}

    public Watchdog() {
        this(LOOK, GRACE, FIRST_DELAY);
    }

    /**
     * @param look time between two looks
     * @param grace how long after its deadline a thread is given up
     * @param firstDelay how long the second replacement of a camera waits while the thread before it hangs
     */
    Watchdog(Duration look, Duration grace, Duration firstDelay) {
        this.look = look;
        this.graceNanos = grace.toNanos();
        this.firstDelay = firstDelay;
    }

    /** From now on, until it ends. */
    synchronized void watch(Camera camera, CameraThread thread) {
        watched.add(new Watched(camera, thread));
        if (!looking && !closed) {
            looking = true;
            var _ = timer.scheduleWithFixedDelay(this::look, look.toNanos(), look.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** How many threads of a camera were abandoned so far, of all its pipelines. */
    public long abandoned(String camera) {
        return abandoned.getOrDefault(camera, 0L);
    }

    /** Whether so many threads hung at one time that the process should end, to be started again. Once true, it stays so. */
    public boolean isOverwhelmed() {
        return overwhelmed;
    }

    /** How many abandoned threads have not come back. */
    public int hanging() {
        return (int) hanging.stream().filter(CameraThread::isAlive).count();
    }

    /** Stops watching, and waits some seconds at most, once for all, until every stopped camera's thread has ended. Safe to call again. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        timer.shutdownNow();
        long end = System.nanoTime() + Camera.PATIENCE.toNanos();
        for (Watched entry : watched) {
            if (!entry.thread.ended(Duration.ofNanos(Math.max(0, end - System.nanoTime())))) {
                LOG.warn("camera {}: did not stop in time and is left behind", entry.thread.camera());
            }
        }
        watched.clear();
    }

    /** Never throws: the timer would not look again, and say nothing. */
    private void look() {
        for (Watched entry : watched) {
            try {
                look(entry);
            } catch (RuntimeException | Error e) {
                repeats.say("camera " + entry.thread.camera(), "cannot be started anew: " + e, System.nanoTime())
                        .ifPresent(LOG::error);
            }
        }
        hanging.forEach(this::forget);
    }

    private void look(Watched entry) {
        CameraThread thread = entry.thread;
        if (!hanging.contains(thread)) {
            if (!thread.isAlive()) {
                watched.remove(entry);
                return;
            }
            if (thread.lateNanos() <= graceNanos || !thread.hangsInFfmpeg()) {
                return;
            }
            abandon(thread);
        }
        // Where there is no memory for a thread now, the next look tries again.
        entry.camera.replace(thread, delay(thread));
        watched.remove(entry);
    }

    private void abandon(CameraThread thread) {
        long late = TimeUnit.NANOSECONDS.toSeconds(thread.lateNanos());
        thread.abandon();
        hanging.add(thread);
        long count = abandoned.merge(thread.camera(), 1L, Long::sum);
        int now = hanging();
        overwhelmed |= now >= LIMIT;
        LOG.warn(
                "camera {}: a call into FFmpeg should have ended {} s ago; its thread is abandoned, number {} of this camera; {} hang now, {} are too many",
                thread.camera(),
                late,
                count,
                now,
                LIMIT);
    }

    private void forget(CameraThread thread) {
        boolean replaced = watched.stream().noneMatch(entry -> entry.thread == thread);
        if (replaced && !thread.isAlive() && hanging.remove(thread)) {
            LOG.info("camera {}: an abandoned thread came back and ended", thread.camera());
        }
    }

    private Duration delay(CameraThread thread) {
        long others = hanging.stream()
                .filter(other ->
                        other != thread && other.isAlive() && other.camera().equals(thread.camera()))
                .count();
        if (others == 0) {
            return Duration.ZERO;
        }
        Duration delay = firstDelay.multipliedBy(1L << Math.min(others - 1, LIMIT));
        return delay.compareTo(LONGEST_DELAY) < 0 ? delay : LONGEST_DELAY;
    }
}
