package dev.affray.agent.capture;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * Lets another thread, or a deadline, end FFmpeg's blocking calls. FFmpeg asks a single native callback, many times a second, with the number of the
 * interrupt that is meant: JavaCPP has room for only ten callbacks of one class. Thread-safe.
 */
final class Interrupt implements AutoCloseable {
    private static final Map<Long, Interrupt> OPEN = new ConcurrentHashMap<>();
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final long number = NUMBERS.incrementAndGet();
    private final CountDownLatch raised = new CountDownLatch(1);
    private volatile long deadlineNanos = Long.MAX_VALUE;
    private volatile @Nullable Sockets blocking;

    /** How many guard a context now. */
    static int open() {
        return OPEN.size();
    }

    /** Ends the call in progress, and every later one, at once. */
    void raise() {
        raised.countDown();
        closeBlocking();
    }

    /** What a call that does not ask this interrupt waits for: it is closed when the interrupt is raised. */
    void closes(@Nullable Sockets waitedFor) {
        blocking = waitedFor;
        if (raised()) {
            closeBlocking();
        }
    }

    private void closeBlocking() {
        Sockets sockets = blocking;
        if (sockets != null) {
            sockets.close();
        }
    }

    /** Ends a call that is still in progress after this long. */
    void within(long nanos) {
        deadlineNanos = System.nanoTime() + nanos;
    }

    boolean raised() {
        return raised.getCount() == 0;
    }

    /**
     * Waits for it to be raised, for so many nanoseconds at most; says whether it was, or this thread is to end. A deadline is put off by as long.
     */
    boolean raisedWithin(long nanos) {
        long deadline = deadlineNanos;
        long began = System.nanoTime();
        deadlineNanos = Long.MAX_VALUE;
        try {
            return raised.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        } finally {
            deadlineNanos = deadline == Long.MAX_VALUE ? deadline : deadline + System.nanoTime() - began;
        }
    }

    boolean overdue() {
        long deadline = deadlineNanos;
        return deadline != Long.MAX_VALUE && System.nanoTime() - deadline > 0;
    }

    /** When the call in progress is to end, by the monotonic clock; {@link Long#MAX_VALUE} when there is none, or it may take as long as it likes. */
    long deadlineNanos() {
        return deadlineNanos;
    }

    /** Makes a context, not opened yet, ask this interrupt; to be closed afterwards. */
    void guard(AVFormatContext context) {
        OPEN.put(number, this);
        context.interrupt_callback().callback(Callback.INSTANCE);
        context.interrupt_callback().opaque(new Handle(number));
    }

    @Override
    public void close() {
        OPEN.remove(number);
    }

    private static boolean ends(long number) {
        Interrupt interrupt = OPEN.get(number);
        return interrupt == null || interrupt.raised() || interrupt.overdue();
    }

    private static final class Callback extends AVIOInterruptCB.Callback_Pointer {
        static final Callback INSTANCE = new Callback();

        @Override
        public int call(Pointer opaque) {
            return ends(opaque.address()) ? 1 : 0;
        }
    }
}
