package dev.affray.command;

import dev.affray.frame.CameraId;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The S3 key of what came of a command: {@code clips/{thing}/{camera}/{yyyy}/{MM}/{dd}/{id}.jpg}, or {@code .mp4} for a clip.
 *
 * @param camera whose it is
 * @param day on which it was captured, UTC
 * @param id the command's
 * @param kind of the command: {@code SNAPSHOT} or {@code CLIP}
 */
public record ClipKey(CameraId camera, LocalDate day, String id, CommandKind kind) {
    /** What all of them begin with. */
    public static final String FOLDER = "clips";

    private static final Pattern FORM =
            Pattern.compile(FOLDER + "/([^/]+)/([^/]+)/(\\d{4}/\\d{2}/\\d{2})/([^/.]+)\\.(jpg|mp4)");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuu/MM/dd");

    /** @throws IllegalArgumentException when nothing is stored of such a command, or the id is no name */
    public ClipKey {
        if (kind == CommandKind.RESTART) {
            throw new IllegalArgumentException("nothing is stored of a restart");
        }
        if (!CameraId.isName(id)) {
            throw new IllegalArgumentException("id '" + id + "' is not " + CameraId.NAME_RULE);
        }
    }

    /** The key. */
    public String format() {
        return FOLDER + "/" + camera + "/" + DAY.format(day) + "/" + id
                + (kind == CommandKind.SNAPSHOT ? ".jpg" : ".mp4");
    }

    /**
     * The strict inverse of {@link #format}.
     *
     * @throws IllegalArgumentException when the text is no such key
     */
    public static ClipKey parse(String key) {
        Matcher parts = FORM.matcher(key);
        if (!parts.matches()) {
            throw new IllegalArgumentException("'" + key + "' is no key of a clip");
        }
        try {
            ClipKey parsed = new ClipKey(
                    new CameraId(parts.group(1), parts.group(2)),
                    LocalDate.parse(parts.group(3), DAY),
                    parts.group(4),
                    parts.group(5).equals("jpg") ? CommandKind.SNAPSHOT : CommandKind.CLIP);
            if (!parsed.format().equals(key)) {
                throw new IllegalArgumentException("'" + key + "' has a day that is not in the calendar");
            }
            return parsed;
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + key + "' has a day that is not in the calendar", e);
        }
    }
}
