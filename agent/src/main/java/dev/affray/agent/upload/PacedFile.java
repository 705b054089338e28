package dev.affray.agent.upload;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.http.ContentStreamProvider;

/**
 * A file as it is sent: from its beginning each time it is asked for, and no faster than the cap allows.
 *
 * @param cap shared with whatever else is sent; empty for as fast as it goes
 */
record PacedFile(Path file, Optional<Bandwidth> cap) implements ContentStreamProvider {
    /** So little that a frame need not wait long behind it. */
    private static final int SLICE = 16 * 1024;

    @Override
    public InputStream newStream() {
        try {
            InputStream plain = Files.newInputStream(file);
            return cap.isEmpty() ? plain : new Paced(plain, cap.get());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Paced extends FilterInputStream {
        private final Bandwidth cap;

        Paced(InputStream plain, Bandwidth cap) {
            super(plain);
            this.cap = cap;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                for (long left = cap.leftNanos(); left > 0; left = cap.leftNanos()) {
                    TimeUnit.NANOSECONDS.sleep(left);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException();
            }
            int read = super.read(bytes, offset, Math.min(length, SLICE));
            cap.spend(Math.max(0, read));
            return read;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
