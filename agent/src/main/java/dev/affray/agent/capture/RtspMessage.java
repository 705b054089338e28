package dev.affray.agent.capture;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One RTSP request or response. Its text is kept byte for byte, except for the headers that are set. For one thread. */
final class RtspMessage {
    private static final String VERSION = "RTSP/";
    private static final int MAX_HEAD = 32 * 1024;
    private static final int MAX_BODY = 256 * 1024;

    private final String first;
    private final List<String> headers;
    private final byte[] body;

    private RtspMessage(String first, List<String> headers, byte[] body) {
        this.first = first;
        this.headers = headers;
        this.body = body;
    }

    /** One without headers. */
    static RtspMessage request(String method, String uri) {
        return new RtspMessage(method + " " + uri + " RTSP/1.0", List.of(), new byte[0]);
    }

    /** The answer to a request of this number. */
    static RtspMessage response(String status, String sequence) {
        return new RtspMessage("RTSP/1.0 " + status, List.of("CSeq: " + sequence), new byte[0]);
    }

    /**
     * Reads one.
     *
     * @param begun its first byte, which was read already
     */
    static RtspMessage read(int begun, InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        line.write(begun);
        String first = line(line, in, MAX_HEAD);
        if (!first.startsWith(VERSION) && !first.contains(" " + VERSION)) {
            throw new ProtocolException("not RTSP: what came is something else, such as a web page");
        }
        List<String> headers = new ArrayList<>();
        int left = MAX_HEAD - first.length();
        String header = line(new ByteArrayOutputStream(), in, left);
        while (!header.isEmpty()) {
            headers.add(header);
            left -= header.length();
            header = line(new ByteArrayOutputStream(), in, left);
        }
        RtspMessage bare = new RtspMessage(first, headers, new byte[0]);
        int length = bare.length();
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("an RTSP message was cut off");
        }
        return new RtspMessage(first, headers, body);
    }

    private static String line(ByteArrayOutputStream line, InputStream in, int max) throws IOException {
        int next = in.read();
        while (next != '\n') {
            if (next < 0) {
                throw new EOFException("an RTSP message was cut off");
            }
            if (line.size() >= max) {
                throw new ProtocolException("not RTSP: the head of a message has no end");
            }
            line.write(next);
            next = in.read();
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    private int length() throws IOException {
        String text = header("Content-Length").orElse("0");
        try {
            int length = Integer.parseInt(text);
            if (length >= 0 && length <= MAX_BODY) {
                return length;
            }
        } catch (NumberFormatException e) {
            // As bad as one that is out of bounds.
        }
        throw new ProtocolException("not RTSP: a message of " + text.length() + " digits length");
    }

    boolean isResponse() {
        return first.startsWith(VERSION);
    }

    /** The code of a response and its meaning, such as {@code 404 Not Found}. */
    String statusLine() {
        return first.substring(first.indexOf(' ') + 1);
    }

    /** The code of a response; 0 where there is none to be read. */
    int status() {
        String[] words = first.split(" +", -1);
        return words.length > 1 && words[1].matches("[0-9]{3}") ? Integer.parseInt(words[1]) : 0;
    }

    /** The method of a request. */
    String method() {
        return first.substring(0, Math.max(0, first.indexOf(' ')));
    }

    /** What a response carries. */
    String text() {
        return new String(body, StandardCharsets.UTF_8);
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

    /** The same with another value of a header, which need not have been there. */
    RtspMessage with(String name, String value) {
        String start = name.toLowerCase(Locale.ROOT) + ":";
        List<String> changed = new ArrayList<>(headers);
        changed.removeIf(header -> header.toLowerCase(Locale.ROOT).startsWith(start));
        changed.add(name + ": " + value);
        return new RtspMessage(first, changed, body);
    }

    /** Its first line. */
    @Override
    public String toString() {
        return first;
    }

    void write(OutputStream out) throws IOException {
        String head = first + "\r\n" + String.join("\r\n", headers) + (headers.isEmpty() ? "" : "\r\n") + "\r\n";
        out.write(head.getBytes(StandardCharsets.ISO_8859_1));
        out.write(body);
        out.flush();
    }
}
