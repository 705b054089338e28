package dev.affray.agent.capture;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The answer to a request of HTTP: its head, and its body as it comes. For one thread at a time. */
final class HttpAnswer implements Closeable {
    private static final int MAX_HEAD = 64 * 1024;

    private final int status;
    private final List<String> headers;
    private final HttpConnection connection;
    private final HttpBody body;
    private final boolean closes;

    private HttpAnswer(int status, boolean old, List<String> headers, InputStream in, HttpConnection connection) {
        this.status = status;
        this.headers = headers;
        this.connection = connection;
        body = body(in);
        String kept = header("Connection").orElse(old ? "close" : "").toLowerCase(Locale.ROOT);
        closes = kept.contains("close");
    }

    /**
     * Reads the head of one.
     *
     * @param first its first byte, which was read already
     */
    static HttpAnswer read(int first, InputStream in, HttpConnection connection) throws IOException {
        HeadReader reader = new HeadReader(in);
        String line = (char) first + reader.line();
        while (true) {
            String[] words = line.split(" +", 3);
            if (!words[0].startsWith("HTTP/1.") || words.length < 2 || !words[1].matches("[1-9][0-9]{2}")) {
                throw new ProtocolException("not HTTP: what came is something else");
            }
            List<String> headers = new ArrayList<>();
            for (String header = reader.line(); !header.isEmpty(); header = reader.line()) {
                headers.add(header);
            }
            int status = Integer.parseInt(words[1]);
            if (status >= 200) {
                return new HttpAnswer(status, words[0].equals("HTTP/1.0"), headers, in, connection);
            }
            line = reader.line();
        }
    }

    int status() {
        return status;
    }

    /** The value of the first header of this name. */
    Optional<String> header(String name) {
        return headers(name).stream().findFirst();
    }

    List<String> headers(String name) {
        String start = name.toLowerCase(Locale.ROOT) + ":";
        return headers.stream()
                .filter(header -> header.toLowerCase(Locale.ROOT).startsWith(start))
                .map(header -> header.substring(start.length()).strip())
                .toList();
    }

    InputStream body() {
        return body;
    }

    /** What from now on says whether a read of the body is to end. */
    void endsWhen(BooleanSupplier told) {
        connection.endsWhen(told);
    }

    /** Its connection, where that can carry another one. */
    Optional<HttpConnection> reusable() {
        return body.isRead() && !closes ? Optional.of(connection) : Optional.empty();
    }

    /** Ends the connection. */
    @Override
    public void close() throws IOException {
        connection.close();
    }

    private HttpBody body(InputStream in) {
        if (status == 204 || status == 304) {
            return HttpBody.of(in, 0);
        }
        if (header("Transfer-Encoding").orElse("").toLowerCase(Locale.ROOT).contains("chunked")) {
            return HttpBody.chunked(in);
        }
        String length = header("Content-Length").orElse("");
        return length.matches("[0-9]{1,18}") ? HttpBody.of(in, Long.parseLong(length)) : HttpBody.endless(in);
    }

    private static final class HeadReader {
        private final InputStream in;
        private int left = MAX_HEAD;

        HeadReader(InputStream in) {
            this.in = in;
        }

        String line() throws IOException {
            StringBuilder line = new StringBuilder();
            int next = in.read();
            while (next != '\n') {
                left--;
                if (next < 0) {
                    throw new EOFException("the answer was cut off");
                }
                if (left < 0) {
                    throw new ProtocolException("the head of the answer has no end");
                }
                line.append((char) next);
                next = in.read();
            }
            return line.toString().stripTrailing();
        }
    }
}
