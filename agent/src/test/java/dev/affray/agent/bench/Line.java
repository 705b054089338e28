package dev.affray.agent.bench;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What came of a row: the cells of a line. */
record Line(String work, String ours, String peer, String ratio, String must, String verdict) {
    static final Line HEAD = new Line("Work", "Affray", "Peer", "Ratio", "Must be", "");
    private static final double MEGABYTE = 1e6;

    /** @param most times the peer's processor time; null: no bound */
    static Line ofRatio(String work, Use ours, String peer, Use theirs, @Nullable Double most) {
        double ratio = ours.cores() / theirs.cores();
        return new Line(
                work,
                cores(ours),
                peer + ": " + cores(theirs),
                number("%.3f", ratio),
                most == null ? "" : "at most " + most,
                most == null ? "" : verdict(ratio <= most));
    }

    /** @param bytes for each further camera */
    static Line ofMemory(String work, double bytes, String how, double mostMegabytes) {
        return new Line(
                work,
                number("%.1f MB", bytes / MEGABYTE) + " (" + how + ")",
                "",
                "",
                number("at most %.0f MB", mostMegabytes),
                verdict(bytes <= mostMegabytes * MEGABYTE));
    }

    /** One that could not be measured. */
    static Line without(String work, String why) {
        return new Line(work, "not measured: " + why.strip().lines().findFirst().orElse(""), "", "", "", "");
    }

    static String cores(Use use) {
        return number("%.4f cores", use.cores());
    }

    static String megabytes(Use use) {
        return number("%.0f MB", use.bytes() / MEGABYTE);
    }

    static String verdict(boolean met) {
        return met ? "met" : "MISSED";
    }

    /** As a line of Markdown. */
    String markdown() {
        return "| " + String.join(" | ", List.of(work, ours, peer, ratio, must, verdict)) + " |";
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
