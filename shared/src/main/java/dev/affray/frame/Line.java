package dev.affray.frame;

import java.util.Locale;
import java.util.Optional;

/** Whether a frame arrives in time to raise a live alarm, or late, after an outage. */
public enum Line {
    LIVE,
    BACKLOG;

    /** The first part of an S3 key: {@code live} or {@code backlog}. */
    public String prefix() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The line whose {@link #prefix} the text is. */
    public static Optional<Line> ofPrefix(String text) {
        for (Line line : values()) {
            if (line.prefix().equals(text)) {
                return Optional.of(line);
            }
        }
        return Optional.empty();
    }
}
