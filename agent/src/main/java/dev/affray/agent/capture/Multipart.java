package dev.affray.agent.capture;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The pictures of a motion JPEG answer. Cameras differ: with and without lengths, their boundary with more or fewer dashes than announced, quoted or not
 * announced at all, and text before the first one. Anything else is an error, and nothing is read without bounds. For one thread.
 */
final class Multipart {
    private static final int MAX_PICTURE = 16 * 1024 * 1024;
    private static final int MAX_LINE = 1024;
    private static final int MAX_LINES = 64;
    private static final Pattern BOUNDARY = Pattern.compile("(?i);\\s*boundary=(?:\"([^\"]*)\"|([^;\\s]*))");

    private final InputStream in;
    private String boundary;
    private boolean begun;
    private boolean dashed;

    /** @param type the answer's content type */
    Multipart(String type, InputStream in) {
        this.in = new BufferedInputStream(in, 64 * 1024);
        Matcher matcher = BOUNDARY.matcher(type);
        boundary = matcher.find() ? bare(matcher.group(1) == null ? matcher.group(2) : matcher.group(1)) : "";
    }

    /**
     * The next picture, byte for byte as it was sent.
     *
     * @throws EOFException after the last one
     * @throws IOException when this is not motion JPEG
     */
    byte[] next() throws IOException {
        if (!begun) {
            skipToBoundary();
            begun = true;
        }
        Map<String, String> headers = headers();
        String type = headers.getOrDefault("content-type", "image/jpeg").toLowerCase(Locale.ROOT);
        if (!type.startsWith("image/jpeg") && !type.startsWith("image/jpg")) {
            throw new IOException("a part is of another type than image/jpeg");
        }
        String length = headers.get("content-length");
        byte[] picture = length == null ? untilBoundary() : ofLength(length);
        if (picture.length < 4 || picture[0] != (byte) 0xff || picture[1] != (byte) 0xd8) {
            throw new IOException("a part is no JPEG");
        }
        return picture;
    }

    private byte[] ofLength(String text) throws IOException {
        int length = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
        if (length < 0 || length > MAX_PICTURE) {
            throw new IOException("a picture has no sensible length");
        }
        byte[] picture = in.readNBytes(length);
        if (picture.length < length) {
            throw new EOFException("a picture was cut off");
        }
        String line = line();
        if (line.isEmpty()) {
            line = line();
        }
        if (!isBoundary(line)) {
            throw new IOException("a picture is longer than its length says");
        }
        return picture;
    }

    private byte[] untilBoundary() throws IOException {
        Picture picture = new Picture();
        int next = in.read();
        while (next >= 0) {
            picture.write(next);
            if (next == '\n' && isBoundary(picture.lastLine())) {
                return picture.withoutLastLine();
            }
            if (picture.size() > MAX_PICTURE) {
                throw new IOException("a picture has no end");
            }
            next = in.read();
        }
        throw new EOFException("a picture was cut off");
    }

    private void skipToBoundary() throws IOException {
        for (int i = 0; i < MAX_LINES; i++) {
            String line = line();
            if (boundary.isEmpty() && line.startsWith("--")) {
                boundary = bare(line);
            }
            dashed = line.startsWith("-");
            if (isBoundary(line)) {
                return;
            }
        }
        throw new IOException("no boundary between pictures");
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (int i = 0; i < MAX_LINES; i++) {
            String line = line();
            if (line.isEmpty()) {
                return headers;
            }
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        throw new IOException("the headers of a picture have no end");
    }

    private boolean isBoundary(String line) {
        String core = bare(line);
        return !boundary.isEmpty()
                && line.startsWith("-") == dashed
                && (core.equals(boundary) || core.equals(boundary + "--"));
    }

    private static String bare(String boundary) {
        return boundary.strip().replaceFirst("^-+", "");
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        int next = in.read();
        while (next != '\n') {
            if (next < 0) {
                throw new EOFException("the camera ended the stream");
            }
            if (line.length() >= MAX_LINE) {
                throw new IOException("a line between pictures has no end");
            }
            line.append((char) next);
            next = in.read();
        }
        return line.toString().strip();
    }

    private static final class Picture extends ByteArrayOutputStream {
        private int lineAt;
        private int lastLineAt;

        Picture() {
            super(64 * 1024);
        }

        /** The line that ended just now; empty where it is too long for a boundary. To be asked for at the end of every line. */
        String lastLine() {
            lastLineAt = lineAt;
            lineAt = count;
            int length = count - lastLineAt;
            return length > MAX_LINE ? "" : new String(buf, lastLineAt, length, StandardCharsets.ISO_8859_1).strip();
        }

        /** What stood before that line, without the end of the line that separates them. */
        byte[] withoutLastLine() {
            int end = Math.max(0, lastLineAt - 1);
            return Arrays.copyOf(buf, end > 0 && buf[end - 1] == '\r' ? end - 1 : end);
        }
    }
}
