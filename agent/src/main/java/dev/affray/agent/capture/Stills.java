package dev.affray.agent.capture;

import dev.affray.agent.capture.CaptureSource.Stream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The still picture of a camera, asked for again and again. For one thread. */
final class Stills {
    private static final int MAX_PICTURE = 16 * 1024 * 1024;

    private final Stream stream;
    private final HttpFetch fetch;
    private final Interrupt interrupt;
    private final BooleanSupplier ends;
    private @Nullable HttpAnswer first;
    private long dueNanos;

    /**
     * Those of a camera that has sent the first one.
     *
     * @param ends whether to wait no longer
     */
    Stills(Stream stream, HttpFetch fetch, HttpAnswer first, Interrupt interrupt, BooleanSupplier ends) {
        this.stream = stream;
        this.fetch = fetch;
        this.first = first;
        this.interrupt = interrupt;
        this.ends = ends;
        dueNanos = System.nanoTime();
    }

    /** The picture that came first, and then whatever is there when it is due to be asked for. */
    byte[] next() throws IOException {
        HttpAnswer answer = first;
        first = null;
        return answer == null ? picture(ask()) : picture(answer);
    }

    private HttpAnswer ask() throws IOException {
        // One that is late is asked for at once, and what was missed is not made up for.
        dueNanos = Math.max(dueNanos + stream.still().toNanos(), System.nanoTime());
        if (interrupt.raisedWithin(dueNanos - System.nanoTime())) {
            throw new InterruptedIOException();
        }
        interrupt.closes(fetch.sockets());
        try {
            return fetch.get(stream.url(), Optional.empty(), ends);
        } finally {
            interrupt.closes(null);
        }
    }

    private byte[] picture(HttpAnswer answer) throws IOException {
        try {
            if (answer.status() != 200) {
                throw new IOException("instead of a picture came HTTP " + answer.status());
            }
            byte[] picture = answer.body().readNBytes(MAX_PICTURE + 1);
            if (!Multipart.isPicture(picture) || picture.length > MAX_PICTURE) {
                throw new IOException("a picture is no JPEG");
            }
            fetch.done(answer);
            return picture;
        } catch (EOFException e) {
            answer.close();
            throw new IOException("a picture was cut off", e);
        } catch (IOException e) {
            answer.close();
            throw e;
        }
    }
}
