package dev.affray.agent.tuning;

import dev.affray.agent.tuning.TrialReport.Tried;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** A trial's report for people. */
public final class TrialTable {
    private static final double MEGA = 1e6;

    private TrialTable() {}

    /** Some lines, the last one ended too. */
    public static String of(TrialReport report) {
        StringBuilder text = new StringBuilder();
        for (Tried camera : report.cameras()) {
            text.append(line(
                    "Camera %s: %s, %s; frames in %s",
                    camera.camera(), camera.source(), stream(camera), camera.folder()));
        }
        text.append(line(""));
        text.append(line(
                "        packets pictures   sampling   skipped:                                              largest"));
        text.append(line(
                "camera     read  decoded   instants = packets + motion + duplicates + failed + written   lag, ms"));
        report.cameras().forEach(camera -> text.append(row(camera)));
        if (report.cameras().size() > 1) {
            text.append(total(report.cameras()));
        }
        text.append(line(""));
        text.append(
                line(
                        "Skipped: the sizes of the packets showed no change; nothing moved in the picture; it was nearly the last one written."));
        text.append(line(
                "Ran %.1f s. Processor time of the last %.1f s: %.2f s, %.2f %% of one core.",
                report.seconds(),
                report.measuredSeconds(),
                report.cpuSeconds(),
                100 * report.cpuSeconds() / Math.max(0.001, report.measuredSeconds())));
        text.append(line(
                "Memory of %s: %.0f MB at most, %.0f MB at the end.",
                switch (report.memory().scope()) {
                    case PROCESS -> "the process";
                    case JAVA_HEAP -> "Java's heap alone";
                },
                report.memory().peakBytes() / MEGA,
                report.memory().bytes() / MEGA));
        if (report.clip() != null) {
            text.append(clip(report.clip()));
        }
        return text.toString();
    }

    private static String clip(TrialClip clip) {
        String trouble = clip.trouble() == null ? "" : ": " + clip.trouble();
        return clip.from() == null || clip.to() == null
                ? line("No clip%s.", trouble)
                : line(
                        "Clip %s: %s to %s, %d pictures, %.1f MB%s.",
                        clip.file(), clip.from(), clip.to(), clip.pictures(), clip.bytes() / MEGA, trouble);
    }

    private static String stream(Tried camera) {
        List<String> parts = new ArrayList<>();
        parts.add(camera.stream() == null ? "no video" : camera.stream());
        if (camera.reconnects() > 0) {
            parts.add("opened again " + camera.reconnects() + " times");
        }
        if (camera.decodeErrors() > 0) {
            parts.add(camera.decodeErrors() + " packets could not be decoded");
        }
        if (camera.trouble() != null) {
            parts.add(camera.trouble());
        }
        return String.join("; ", parts);
    }

    private static String row(Tried camera) {
        return row(
                camera.camera(),
                camera.packets(),
                camera.decoded(),
                camera.instants(),
                camera.gated().packets(),
                camera.gated().motion(),
                camera.gated().duplicates(),
                camera.failed(),
                camera.written(),
                camera.largestLagMillis() == null ? "-" : camera.largestLagMillis());
    }

    private static String total(List<Tried> cameras) {
        return row(
                "all",
                sum(cameras, Tried::packets),
                sum(cameras, Tried::decoded),
                sum(cameras, Tried::instants),
                sum(cameras, camera -> camera.gated().packets()),
                sum(cameras, camera -> camera.gated().motion()),
                sum(cameras, camera -> camera.gated().duplicates()),
                sum(cameras, Tried::failed),
                sum(cameras, Tried::written),
                "");
    }

    private static long sum(List<Tried> cameras, ToLongFunction<Tried> figure) {
        return cameras.stream().mapToLong(figure).sum();
    }

    private static String row(Object... cells) {
        return String.format(Locale.ROOT, "%-6s %8s %8s   %8s = %7s + %6s + %10s + %6s + %7s   %7s%n", cells);
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format + "%n", values);
    }
}
