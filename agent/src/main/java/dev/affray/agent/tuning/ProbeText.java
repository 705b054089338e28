package dev.affray.agent.tuning;

import dev.affray.agent.capture.Access;
import dev.affray.agent.capture.StreamFacts;
import dev.affray.agent.capture.StreamFacts.Pace;
import java.util.Locale;

/** A probe's report for people. */
public final class ProbeText {
    private final StringBuilder text = new StringBuilder();

    private ProbeText() {}

    /** Some lines, the last one ended too. */
    public static String of(ProbeReport report) {
        ProbeText page = new ProbeText();
        page.line("%s", report.source());
        StreamFacts video = report.video();
        if (video == null) {
            page.fact("No video", "%s", String.valueOf(report.problem()));
        } else {
            page.video(video);
        }
        page.access(report.access(), report.login(), video != null);
        if (video != null && report.problem() != null) {
            page.fact("Lost", "%s", report.problem());
        }
        if (report.remedy() != null) {
            page.line("%n%s", report.remedy());
        }
        if (!report.notes().isEmpty()) {
            page.line("");
            report.notes().forEach(note -> page.line("- %s", note));
        }
        if (report.document() != null) {
            page.line("%nA document for it; name and site are yours to choose:%n");
            page.line("%s", report.document().toPrettyString());
        }
        return page.text.toString();
    }

    private void video(StreamFacts video) {
        Pace pace = video.pace();
        String profile = video.profile() == null ? "" : " " + video.profile();
        fact("Video", "%s%s, %dx%d", video.codec(), profile, video.width(), video.height());
        String declared = video.declaredRate() == null
                ? "none declared"
                : String.format(Locale.ROOT, "%.1f declared", video.declaredRate());
        if (pace.rate() != null) {
            fact("Rate", "%.1f pictures a second, %s%s", pace.rate(), declared, pace.variable() ? ", varying" : "");
        }
        if (pace.intraOnly()) {
            fact("Key pictures", "every picture is one");
        } else if (pace.keySeconds() == null) {
            fact("Key pictures", "%d in %.1f s", pace.keys(), pace.seconds());
        } else {
            fact("Key pictures", "%d, at most %.1f s apart", pace.keys(), pace.keySeconds());
        }
        if (pace.kilobitsPerSecond() != null) {
            fact(
                    "Bit rate",
                    "%.0f kb/s; a key picture takes %.1f kB%s",
                    pace.kilobitsPerSecond(),
                    pace.keyBytes() / 1000.0,
                    pace.intraOnly()
                            ? ""
                            : String.format(Locale.ROOT, ", another one %.1f kB", pace.otherBytes() / 1000.0));
        }
        fact("B-frames", "%s", pace.reordered() ? "yes" : "no");
        fact("Watched", "%d packets, %.1f s", pace.packets(), pace.seconds());
    }

    private void access(Access access, boolean login, boolean seen) {
        if (access.audio() != null) {
            fact("Sound", "%s", access.audio() ? "yes" : "no");
        }
        if (access.transport() != null) {
            fact("Transport", "%s", access.transport());
        }
        if (access.contentType() != null) {
            fact("Content type", "%s", access.contentType().isEmpty() ? "none" : access.contentType());
        }
        if (!access.logins().isEmpty()) {
            String answer =
                    !login ? "none was given" : seen ? "the one given was accepted" : "the one given was not accepted";
            fact("Login", "asked for, %s", answer);
            access.logins().forEach(offer -> fact("", "%s", offer));
        } else if (seen && access.answered()) {
            fact("Login", "not asked for");
        }
        Access.Certificate certificate = access.certificate();
        if (certificate != null) {
            fact(
                    "Certificate",
                    "%s",
                    switch (certificate.trust()) {
                        case AUTHORITY -> "trusted: an authority vouches for it";
                        case PINNED -> "trusted: it is the pinned one";
                        case NONE -> "not trusted";
                    });
            fact("", "SHA-256 %s", certificate.sha256());
        }
    }

    private void fact(String name, String format, Object... values) {
        line("  %-14s%s", name, String.format(Locale.ROOT, format, values));
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
    }
}
