package dev.affray.agent.capture;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;

/** The body of an answer of HTTP: of a length, in chunks, or up to the end of the connection. For one thread. */
final class HttpBody extends InputStream {
    private static final int MAX_LINE = 1024;
    private static final int MAX_DIGITS = 15;

    private final InputStream in;
    private final boolean chunked;

    /** How much of it, or of its chunk, is still to come. */
    private long left;

    private boolean begun;
    private boolean ended;

    private HttpBody(InputStream in, boolean chunked, long left) {
        this.in = in;
        this.chunked = chunked;
        this.left = left;
        ended = !chunked && left == 0;
    }

    static HttpBody of(InputStream in, long length) {
        return new HttpBody(in, false, length);
    }

    static HttpBody chunked(InputStream in) {
        return new HttpBody(in, true, 0);
    }

    /** One that ends with its connection. */
    static HttpBody endless(InputStream in) {
        return new HttpBody(in, false, Long.MAX_VALUE);
    }

    /** Whether all of it was read, and the connection is still there. */
    boolean isRead() {
        return ended && left == 0;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    /** @throws EOFException when the connection ends before the body */
    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (chunked && left == 0 && !ended) {
            beginChunk();
        }
        if (ended) {
            return -1;
        }
        int count = in.read(bytes, offset, (int) Math.min(length, left));
        if (count < 0 && (chunked || left != Long.MAX_VALUE)) {
            throw new EOFException("the answer was cut off");
        }
        if (count < 0) {
            ended = true;
        } else if (left != Long.MAX_VALUE) {
            left -= count;
            ended = !chunked && left == 0;
        }
        return count;
    }

    private void beginChunk() throws IOException {
        if (begun) {
            skipLine(true);
        }
        begun = true;
        left = chunkSize();
        if (left == 0) {
            int trailers = 0;
            while (skipLine(false) > 0) {
                trailers++;
                if (trailers > MAX_LINE) {
                    throw new ProtocolException("the trailers have no end");
                }
            }
            ended = true;
        }
    }

    /** Cameras' servers make chunks of as little as a kilobyte: no text is made of their sizes. */
    private long chunkSize() throws IOException {
        long size = 0;
        int digits = 0;
        int next = one();
        int digit = Character.digit(next, 16);
        while (digit >= 0 && digits <= MAX_DIGITS) {
            digits++;
            size = size * 16 + digit;
            next = one();
            digit = Character.digit(next, 16);
        }
        if (digits == 0 || digits > MAX_DIGITS) {
            throw new ProtocolException("a chunk has no sensible size");
        }
        if (next != '\n') {
            skipLine(false);
        }
        return size;
    }

    /** Reads the rest of a line, and returns how long it was but for spaces at its beginning. */
    private int skipLine(boolean blank) throws IOException {
        int length = 0;
        for (int i = 0; i < MAX_LINE; i++) {
            int next = one();
            if (next == '\n') {
                return length;
            }
            length += next > ' ' || length > 0 ? 1 : 0;
            if (blank && length > 0) {
                throw new ProtocolException("a chunk is longer than it says");
            }
        }
        throw new ProtocolException("a line between chunks has no end");
    }

    private int one() throws IOException {
        int next = in.read();
        if (next < 0) {
            throw new EOFException("the answer was cut off");
        }
        return next;
    }
}
