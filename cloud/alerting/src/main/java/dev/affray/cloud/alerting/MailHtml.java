package dev.affray.cloud.alerting;

import dev.affray.camera.Language;
import dev.affray.camera.Site;
import dev.affray.incident.BestFrame;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * The HTML part of a mail, well-formed as XML: a card of tables with the styles in the tags, which every mail program shows, a phone's too. Nothing comes from elsewhere, and all
 * text is escaped.
 */
final class MailHtml {
    /** In points, for mail programs that know no percentages. */
    private static final int PICTURE = 264;

    private static final String RED = "#b3261e";
    private static final String AMBER = "#8a5300";
    private static final String GREEN = "#1d6b3f";
    private static final String GREY = "#50565e";

    private static final String HEAD = """
            <meta charset="utf-8"/><meta name="viewport" content="width=device-width, initial-scale=1"/>
            <meta name="color-scheme" content="light dark"/><meta name="supported-color-schemes" content="light dark"/>
            <style>
            :root { color-scheme: light dark; supported-color-schemes: light dark; }
            @media (prefers-color-scheme: dark) {
              .around { background: #15171a !important; }
              .card { background: #23262b !important; }
              .card td, .card p, .card h2 { color: #e9eaec !important; }
              .card .soft { color: #a9afb8 !important; }
              .card a.link { color: #9cc2ff !important; }
              .card td.top, .card td.top h1 { color: #ffffff !important; }
            }
            </style>
            """;

    private final StringBuilder html = new StringBuilder();
    private final Language language;

    private MailHtml(Language language) {
        this.language = language;
    }

    /** Of an alert. */
    static String of(Alert alert, String what, String where, String when, List<BestFrame> frames) {
        MailHtml mail = new MailHtml(alert.site().language());
        mail.begin(what, colour(alert));
        mail.put("<p style=\"margin:0;font-size:19px;font-weight:700\">%s</p>", where);
        mail.put("<p class=\"soft\" style=\"margin:2px 0 16px;color:#5f6670\">%s</p>", when);
        alert.page().ifPresent(mail::button);
        mail.strip(alert, frames);
        mail.facts(Fact.of(alert));
        mail.put("<p style=\"margin:16px 0 0\">%s</p>", Fact.last(alert).in(mail.language));
        alert.page().ifPresent(mail::written);
        return mail.end();
    }

    /** Of a digest. */
    static String of(Digest digest, Roundup roundup) {
        MailHtml mail = new MailHtml(roundup.language());
        mail.begin(roundup.what(), AMBER);
        mail.put("<p style=\"margin:0\">%s</p>", Words.TOO_MUCH.in(mail.language));
        for (Map.Entry<Site, List<Alert>> site : Roundup.bySite(digest.told()).entrySet()) {
            mail.put(
                    "<h2 style=\"margin:20px 0 4px;font-size:17px\">%s</h2>",
                    Fact.plain(site.getKey().name()));
            site.getValue().forEach(mail::line);
        }
        AlertMail.more(digest)
                .ifPresent(more -> mail.put("<p class=\"soft\" style=\"margin:12px 0 0;color:#5f6670\">%s</p>", more));
        return mail.end();
    }

    private static String colour(Alert alert) {
        return switch (alert.step()) {
            case OPENED, RAISED, ESCALATED ->
                alert.incident().kind().isCondition() || SmsText.isOld(alert) ? AMBER : RED;
            case ACKNOWLEDGED, FALSE_ALARM, CLOSED, UNMUTED -> GREEN;
            case MUTED -> GREY;
        };
    }

    private void begin(String what, String colour) {
        put("<!DOCTYPE html><html lang=\"%s\"><head>", language.code());
        put("<title>%s</title>", what);
        html.append(HEAD).append("</head>");
        html.append("<body class=\"around\" style=\"margin:0;padding:0;background:#eef0f3\">")
                .append(table("width=\"100%\" class=\"around\" style=\"background:#eef0f3\""))
                .append("<tr><td align=\"center\" style=\"padding:12px 8px\">")
                .append(
                        table(
                                "width=\"100%\" class=\"card\" style=\"max-width:600px;background:#ffffff;"
                                        + "border-radius:10px;overflow:hidden;font-family:system-ui,-apple-system,'Segoe UI',Roboto,"
                                        + "Helvetica,Arial,sans-serif;font-size:16px;line-height:1.45;color:#1c1f23;text-align:left;overflow-wrap:anywhere\""));
        html.append("<tr><td class=\"top\" bgcolor=\"")
                .append(colour)
                .append("\" style=\"background:")
                .append(colour)
                .append(";color:#ffffff;padding:14px 16px\">");
        put("<h1 style=\"margin:0;font-size:22px;line-height:1.25;color:#ffffff\">%s</h1></td></tr>", what);
        html.append("<tr><td style=\"padding:16px\">");
    }

    private String end() {
        return html.append("</td></tr></table></td></tr></table></body></html>").toString();
    }

    private void button(URI page) {
        html.append(table("style=\"margin:0 0 16px\""))
                .append("<tr><td bgcolor=\"#1f5fbf\" style=\"background:#1f5fbf;border-radius:8px\">");
        put(
                "<a href=\"%s\" style=\"display:inline-block;padding:13px 22px;font-weight:700;color:#ffffff;"
                        + "text-decoration:none\">%s</a></td></tr></table>",
                page.toString(), Words.OPEN_PAGE.in(language));
    }

    private void written(URI page) {
        put(
                "<p class=\"soft\" style=\"margin:16px 0 0;font-size:13px;color:#5f6670;word-break:break-all\">"
                        + "<a class=\"link\" href=\"%s\" style=\"color:#1f5fbf\">%s</a></p>",
                page.toString(), page.toString());
    }

    /** Two side by side, on a phone as well; one alone gets all the room. */
    private void strip(Alert alert, List<BestFrame> frames) {
        Times times = Times.of(alert);
        String width = frames.size() == 1 ? "100%" : "48%";
        html.append("<div style=\"font-size:0\">");
        for (int i = 0; i < frames.size(); i++) {
            String time = times.second(frames.get(i).frame().capturedAt());
            put(
                    "<div style=\"display:inline-block;vertical-align:top;margin:0 2%% 10px 0;width:%s\">"
                            + "<img src=\"cid:frame-%s\" width=\"%s\" alt=\"%s\""
                            + " style=\"display:block;width:100%%;height:auto;border:0;border-radius:6px\"/>",
                    width, Integer.toString(i), Integer.toString(PICTURE), Words.PICTURE_OF.in(language, time));
            put(
                    "<p class=\"soft\" style=\"margin:3px 0 0;font-size:13px;color:#5f6670\">%s &#183; %s</p></div>",
                    time, Long.toString(Math.round(frames.get(i).confidence())));
        }
        html.append("</div>");
        int missing = frames.isEmpty() ? 0 : alert.incident().bestFrames().size() - frames.size();
        if (missing > 0) {
            put(
                    "<p class=\"soft\" style=\"margin:0 0 10px;font-size:13px;color:#5f6670\">%s</p>",
                    missing == 1 ? Words.ONE_MORE_PICTURE.in(language) : Words.MORE_PICTURES.in(language, missing));
        }
    }

    private void facts(List<Fact> facts) {
        html.append(table(""));
        for (Fact fact : facts) {
            put(
                    "<tr><td class=\"soft\" valign=\"top\" style=\"padding:2px 16px 2px 0;color:#5f6670;white-space:nowrap\">%s</td>"
                            + "<td valign=\"top\" style=\"padding:2px 0\">%s</td></tr>",
                    fact.name().in(language), fact.value());
        }
        html.append("</table>");
    }

    private void line(Alert alert) {
        put(
                "<p style=\"margin:8px 0 0\"><span class=\"soft\" style=\"font-size:13px;color:#5f6670\">%s</span><br/>",
                Times.of(alert).dated(alert.at()));
        if (alert.page().isPresent()) {
            put(
                    "<a class=\"link\" href=\"%s\" style=\"color:#1f5fbf\">%s</a></p>",
                    alert.page().get().toString(), AlertMail.line(alert));
        } else {
            put("%s</p>", AlertMail.line(alert));
        }
    }

    private static String table(String attributes) {
        return "<table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" " + attributes + ">";
    }

    /** Markup with texts in it, which are escaped. */
    private void put(String markup, String... texts) {
        Object[] escaped = new Object[texts.length];
        for (int i = 0; i < texts.length; i++) {
            escaped[i] = escape(texts[i]);
        }
        html.append(markup.formatted(escaped));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
