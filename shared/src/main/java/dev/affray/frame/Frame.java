package dev.affray.frame;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One sampled picture's identity, from the camera to the incident it may prove. The picture itself (a JPEG) travels beside it.
 *
 * @param camera where it was taken
 * @param capturedAt when, by the gateway's clock, in whole milliseconds
 * @param sequence per camera, strictly increasing, also across restarts; at most ten digits
 * @param edgeScore the gateway's own score, 0 to 100; empty when it computed none
 */
public record Frame(CameraId camera, Instant capturedAt, long sequence, OptionalInt edgeScore)
        implements Comparable<Frame> {
    /** The largest sequence that fits the key. */
    public static final long MAX_SEQUENCE = 9_999_999_999L;

    private static final Pattern NAME = Pattern.compile("(\\d{13})-(\\d{10})-(\\d{3}|na)");
    private static final long MAX_MILLIS = 9_999_999_999_999L;
    private static final Comparator<Frame> ORDER =
            Comparator.comparing(Frame::camera).thenComparing(Frame::capturedAt).thenComparingLong(Frame::sequence);

    /** @throws IllegalArgumentException when a part is out of its range or the time is finer than a millisecond */
    public Frame {
        if (!capturedAt.equals(capturedAt.truncatedTo(ChronoUnit.MILLIS))) {
            throw new IllegalArgumentException("capturedAt " + capturedAt + " is finer than a millisecond");
        }
        if (capturedAt.toEpochMilli() < 0 || capturedAt.toEpochMilli() > MAX_MILLIS) {
            throw new IllegalArgumentException("capturedAt " + capturedAt + " does not fit thirteen digits");
        }
        if (sequence < 0 || sequence > MAX_SEQUENCE) {
            throw new IllegalArgumentException("sequence " + sequence + " does not fit ten digits");
        }
        if (edgeScore.isPresent() && (edgeScore.getAsInt() < 0 || edgeScore.getAsInt() > 100)) {
            throw new IllegalArgumentException("edge score " + edgeScore.getAsInt() + " is not 0 to 100");
        }
    }

    /**
     * {@code {captureMillis}-{sequence}-{score}}: thirteen digits, ten digits, three digits or {@code na}. Names of one camera sort by
     * capture. It is the last part of the S3 key, and the name of the spool's file.
     */
    public String name() {
        String score = edgeScore.isPresent() ? digits(edgeScore.getAsInt(), 3) : "na";
        return position() + "-" + score;
    }

    /** {@code {captureMillis}-{sequence}}: a frame's place among its camera's detections. */
    public String position() {
        return digits(capturedAt.toEpochMilli(), 13) + "-" + digits(sequence, 10);
    }

    /**
     * The inverse of {@link #name}.
     *
     * @throws IllegalArgumentException when the text is no frame name
     */
    public static Frame ofName(CameraId camera, String name) {
        Matcher parts = NAME.matcher(name);
        if (!parts.matches()) {
            throw new IllegalArgumentException("'" + name + "' is not {13 digits}-{10 digits}-{000..100 or na}");
        }
        OptionalInt score =
                parts.group(3).equals("na") ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(parts.group(3)));
        Instant capturedAt = Instant.ofEpochMilli(Long.parseLong(parts.group(1)));
        return new Frame(camera, capturedAt, Long.parseLong(parts.group(2)), score);
    }

    /** By camera, then capture time, then sequence. */
    @Override
    public int compareTo(Frame other) {
        return ORDER.compare(this, other);
    }

    private static String digits(long value, int width) {
        String text = Long.toString(value);
        return "0".repeat(Math.max(0, width - text.length())) + text;
    }
}
