package dev.affray.agent.capture;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A socket's input, taken in bursts: a camera sends a picture in many small packets, and to wake for each of them would cost more than to read them. When
 * something comes it waits a moment for the rest of it. For one thread.
 */
final class BurstInput extends InputStream {
    /** Nobody notices so little, and of 25 pictures a second each still comes by itself. */
    private static final long PAUSE_NANOS = 10_000_000;

    /** Where nothing happens, pictures may come a few at a time. */
    private static final long LEISURELY_NANOS = 200_000_000;

    /** A second of 4 Mb/s in eight reads, or a burst of 50 Mb/s in one. */
    private static final int SIZE = 64 * 1024;

    private final InputStream in;
    private final BooleanSupplier ends;
    private final byte[] buffer = new byte[SIZE];
    private long pauseNanos = PAUSE_NANOS;
    private int next;
    private int end;

    /**
     * Input that ends when it is told to.
     *
     * @param in of a socket with a short time-out, at which it is asked whether to end
     * @param interrupt ends a read by an {@link InterruptedIOException}
     */
    BurstInput(InputStream in, Interrupt interrupt) {
        this(in, () -> interrupt.raised() || interrupt.overdue());
    }

    /** @param ends says whether a read is to end by an {@link InterruptedIOException} */
    BurstInput(InputStream in, BooleanSupplier ends) {
        this.in = in;
        this.ends = ends;
    }

    /** How long it waits for more: a moment, or a longer one. */
    void pause(boolean leisurely) {
        pauseNanos = leisurely ? LEISURELY_NANOS : PAUSE_NANOS;
    }

    @Override
    public int read() throws IOException {
        return fill() ? Byte.toUnsignedInt(buffer[next++]) : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (next == end && length >= SIZE) {
            // Who asks for so much is in the middle of something: it comes without a detour.
            return await(bytes, offset, length);
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, end - next);
        System.arraycopy(buffer, next, bytes, offset, count);
        next += count;
        return count;
    }

    /** How much can be read without waiting. */
    @Override
    public int available() throws IOException {
        return end - next + in.available();
    }

    private boolean fill() throws IOException {
        if (next < end) {
            return true;
        }
        next = 0;
        end = Math.max(0, await(buffer, 0, SIZE));
        if (end > 0 && end < SIZE / 2) {
            LockSupport.parkNanos(pauseNanos);
            if (in.available() > 0) {
                end += Math.max(0, in.read(buffer, end, SIZE - end));
            }
        }
        return end > 0;
    }

    private int await(byte[] into, int offset, int length) throws IOException {
        while (true) {
            if (ends.getAsBoolean()) {
                throw new InterruptedIOException();
            }
            try {
                return in.read(into, offset, length);
            } catch (SocketTimeoutException e) {
                // Nothing came: is it to wait any longer?
            }
        }
    }
}
