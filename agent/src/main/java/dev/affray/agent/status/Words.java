package dev.affray.agent.status;

import dev.affray.health.CameraState;
import dev.affray.health.ImageCondition;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Figures in words. */
final class Words {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Words() {}

    /** Roughly, such as {@code 3 h 12 min}. */
    static String of(Duration duration) {
        if (duration.toDays() > 0) {
            return duration.toDays() + " d " + duration.toHoursPart() + " h";
        }
        if (duration.toHours() > 0) {
            return duration.toHours() + " h " + duration.toMinutesPart() + " min";
        }
        return duration.toMinutes() > 0 ? duration.toMinutes() + " min" : Math.max(0, duration.toSeconds()) + " s";
    }

    static String of(Instant time) {
        return MINUTE.format(time);
    }

    static String second(Instant time) {
        return SECOND.format(time);
    }

    /** Of 1,024 bytes each. */
    static String bytes(long bytes) {
        String[] units = {"kB", "MB", "GB", "TB"};
        double amount = bytes / 1024.0;
        int unit = 0;
        while (amount >= 999.5 && unit < units.length - 1) {
            amount /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, amount < 10 ? "%.1f %s" : "%.0f %s", amount, units[unit]);
    }

    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String of(CameraState state) {
        return switch (state) {
            case STREAMING -> "Streaming";
            case STALLED -> "Stalled: connected, but nothing comes";
            case RECONNECTING -> "Not connected, trying again";
            case DISARMED -> "Disarmed";
            case MISCONFIGURED -> "Misconfigured";
            case ENDED -> "Played to its end";
        };
    }

    static String of(ImageCondition condition) {
        return switch (condition) {
            case OK -> "fine";
            case DARK -> "dark";
            case FROZEN -> "frozen: the very same picture again and again";
            case COVERED -> "covered: without any detail";
        };
    }
}
