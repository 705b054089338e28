package dev.affray.agent.capture;

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

    /** What is believed before it comes: more than nearly every picture is. */
    private static final int USUAL_PICTURE = 1024 * 1024;

    private static final Pattern BOUNDARY = Pattern.compile("(?i);\\s*boundary=(?:\"([^\"]*)\"|([^;\\s]*))");

    private final InputStream in;
    private final byte[] buffer = new byte[16 * 1024];
    private int next;
    private int end;
    private String boundary;
    private boolean begun;
    private boolean dashed;

    /** @param type the answer's content type */
    Multipart(String type, InputStream in) {
        this.in = in;
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
        if (!isPicture(picture)) {
            throw new IOException("a part is no JPEG");
        }
        return picture;
    }

    /** Whether it begins as a JPEG does. */
    static boolean isPicture(byte[] file) {
        return file.length >= 4 && file[0] == (byte) 0xff && file[1] == (byte) 0xd8;
    }

    private byte[] ofLength(String text) throws IOException {
        int length = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
        if (length < 0 || length > MAX_PICTURE) {
            throw new IOException("a picture has no sensible length");
        }
        byte[] picture = read(length);
        String line = line();
        if (line.isEmpty()) {
            line = line();
        }
        if (!isBoundary(line)) {
            throw new IOException("a picture is longer than its length says");
        }
        return picture;
    }

    private byte[] read(int length) throws IOException {
        byte[] picture = new byte[Math.min(length, USUAL_PICTURE)];
        int have = Math.min(end - next, picture.length);
        System.arraycopy(buffer, next, picture, 0, have);
        next += have;
        while (have < length) {
            if (have == picture.length) {
                picture = Arrays.copyOf(picture, Math.min(length, 2 * have));
            }
            int count = in.read(picture, have, picture.length - have);
            if (count < 0) {
                throw new EOFException("a picture was cut off");
            }
            have += count;
        }
        return picture;
    }

    private byte[] untilBoundary() throws IOException {
        byte[] picture = new byte[4 * buffer.length];
        int length = 0;
        int lineAt = 0;
        while (fill()) {
            int stop = next;
            while (stop < end && buffer[stop] != '\n') {
                stop++;
            }
            boolean ended = stop < end;
            int count = stop - next + (ended ? 1 : 0);
            if (length + count > MAX_PICTURE) {
                throw new IOException("a picture has no end");
            }
            if (length + count > picture.length) {
                picture = Arrays.copyOf(picture, Math.max(2 * picture.length, length + count));
            }
            System.arraycopy(buffer, next, picture, length, count);
            next += count;
            length += count;
            if (ended && isBoundary(picture, lineAt, length)) {
                return withoutLineEnd(picture, lineAt);
            }
            lineAt = ended ? length : lineAt;
        }
        throw new EOFException("a picture was cut off");
    }

    /** Nearly every line of a picture is told from a boundary by its first byte. */
    private boolean isBoundary(byte[] picture, int from, int to) {
        byte first = picture[from];
        boolean possible = dashed ? first == '-' : first == boundary.charAt(0);
        return to - from <= MAX_LINE
                && (possible || Character.isWhitespace(first))
                && isBoundary(new String(picture, from, to - from, StandardCharsets.ISO_8859_1).strip());
    }

    private static byte[] withoutLineEnd(byte[] picture, int boundaryAt) {
        int length = Math.max(0, boundaryAt - 1);
        return Arrays.copyOf(picture, length > 0 && picture[length - 1] == '\r' ? length - 1 : length);
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
        while (fill()) {
            byte one = buffer[next++];
            if (one == '\n') {
                return line.toString().strip();
            }
            if (line.length() >= MAX_LINE) {
                throw new IOException("a line between pictures has no end");
            }
            line.append((char) Byte.toUnsignedInt(one));
        }
        throw new EOFException("the camera ended the stream");
    }

    /** Whether there is something in the buffer; otherwise it was the end. */
    private boolean fill() throws IOException {
        if (next == end) {
            next = 0;
            end = Math.max(0, in.read(buffer));
        }
        return next < end;
    }
}
