package dev.affray.agent.capture;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;

/** The body of an answer of HTTP: of a length, in chunks, or up to the end of the connection. For one thread. */
final class HttpBody extends InputStream {
    private static final int MAX_LINE = 1024;

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
        if (begun && !line().isEmpty()) {
            throw new ProtocolException("a chunk is longer than it says");
        }
        begun = true;
        String size = line().split(";", 2)[0].strip();
        if (!size.matches("[0-9a-fA-F]{1,15}")) {
            throw new ProtocolException("a chunk has no size");
        }
        left = Long.parseLong(size, 16);
        if (left == 0) {
            int trailers = 0;
            while (!line().isEmpty()) {
                trailers++;
                if (trailers > MAX_LINE) {
                    throw new ProtocolException("the trailers have no end");
                }
            }
            ended = true;
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        int next = in.read();
        while (next != '\n') {
            if (next < 0) {
                throw new EOFException("the answer was cut off");
            }
            if (line.length() >= MAX_LINE) {
                throw new ProtocolException("a line between chunks has no end");
            }
            line.append((char) next);
            next = in.read();
        }
        return line.toString().strip();
    }
}
