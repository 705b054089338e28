package dev.affray.frame;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * The S3 key of a frame: {@code {live|backlog}/{thing}/{camera}/{yyyy}/{MM}/{dd}/{HH}/{captureMillis}-{sequence}-{score}.jpg}, UTC. All that
 * the cloud must know of a frame is in it, since S3 events carry no metadata.
 *
 * @param line the line it was uploaded on
 * @param frame the frame it names
 */
public record FrameKey(Line line, Frame frame) {
    private static final String SUFFIX = ".jpg";
    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("yyyy/MM/dd/HH").withZone(ZoneOffset.UTC);

    /** The key as text. */
    public String format() {
        return line.prefix() + "/" + frame.camera() + "/" + HOUR.format(frame.capturedAt()) + "/" + frame.name()
                + SUFFIX;
    }

    /**
     * The strict inverse of {@link #format}: {@code parse(key).format()} is {@code key}.
     *
     * @throws IllegalArgumentException when the text is no frame key, saying which part is wrong
     */
    public static FrameKey parse(String key) {
        String[] parts = key.split("/", -1);
        if (parts.length != 8) {
            throw malformed(key, "it has " + parts.length + " parts instead of 8");
        }
        Line line =
                Line.ofPrefix(parts[0]).orElseThrow(() -> malformed(key, "it begins with neither live/ nor backlog/"));
        if (!parts[7].endsWith(SUFFIX)) {
            throw malformed(key, "it does not end in " + SUFFIX);
        }
        FrameKey parsed;
        try {
            CameraId camera = new CameraId(parts[1], parts[2]);
            String name = parts[7].substring(0, parts[7].length() - SUFFIX.length());
            parsed = new FrameKey(line, Frame.ofName(camera, name));
        } catch (IllegalArgumentException e) {
            throw malformed(key, e.getMessage());
        }
        if (!parsed.format().equals(key)) {
            throw malformed(key, "its hour is not that of its capture time");
        }
        return parsed;
    }

    private static IllegalArgumentException malformed(String key, @org.jspecify.annotations.Nullable String why) {
        return new IllegalArgumentException("'" + key + "' is not a frame key: " + why);
    }
}
