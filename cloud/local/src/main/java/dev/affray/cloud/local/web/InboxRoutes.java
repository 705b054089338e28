package dev.affray.cloud.local.web;

import dev.affray.cloud.local.web.InboxPages.Heading;
import dev.affray.cloud.local.web.InboxPages.Image;
import dev.affray.cloud.local.web.InboxPages.Mail;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The inbox. A mail's HTML is shown in a frame without scripts, forms or anything from elsewhere; its links open in a window of their own. */
final class InboxRoutes {
    private static final Pattern CID = Pattern.compile("(?i)(\\bsrc\\s*=\\s*[\"']?)cid:([^\"'\\s>]+)");
    private static final Pattern HEAD = Pattern.compile("(?i)<head(\\s[^>]*)?>");
    private static final String NEW_WINDOW = "<base target=\"_blank\">";
    private static final String MAIL_POLICY =
            "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; "
                    + "frame-ancestors 'self'; sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox";

    private final InboxPages inbox;

    InboxRoutes(InboxPages inbox) {
        this.inbox = inbox;
    }

    /** A mail as the page reads it; its HTML is fetched by the frame that shows it. */
    record MailView(String id, String from, String to, String subject, Instant date, String text, boolean hasHtml) {}

    void addTo(RoutesConfig routes) {
        routes.get("/api/inbox", request -> ConsoleRoutes.json(request, inbox.list()));
        routes.get("/api/inbox/{id}", request -> mail(request, mail -> ConsoleRoutes.json(request, view(mail))));
        routes.get("/inbox/{id}/html", request -> mail(request, mail -> html(request, mail)));
        routes.get("/inbox/{id}/images/{cid}", request -> mail(request, mail -> image(request, mail)));
    }

    private void mail(Context request, Consumer<Mail> show) {
        inbox.read(request.pathParam("id"))
                .ifPresentOrElse(show, () -> ConsoleRoutes.missing(request, "There is no such mail."));
    }

    private static MailView view(Mail mail) {
        Heading heading = mail.heading();
        return new MailView(
                heading.id(),
                heading.from(),
                heading.to(),
                heading.subject(),
                heading.date(),
                mail.text(),
                mail.html() != null);
    }

    private static void html(Context request, Mail mail) {
        String html = mail.html();
        if (html == null) {
            ConsoleRoutes.missing(request, "This mail has no HTML.");
            return;
        }
        request.header("Content-Security-Policy", MAIL_POLICY);
        request.header("X-Frame-Options", "SAMEORIGIN");
        request.contentType("text/html; charset=utf-8").result(linksInNewWindow(imagesFromHere(html)));
    }

    private static String imagesFromHere(String html) {
        return CID.matcher(html)
                .replaceAll(match -> Matcher.quoteReplacement(match.group(1) + "images/" + encoded(match.group(2))));
    }

    private static String linksInNewWindow(String html) {
        Matcher head = HEAD.matcher(html);
        return head.find()
                ? html.substring(0, head.end()) + NEW_WINDOW + html.substring(head.end())
                : NEW_WINDOW + html;
    }

    private static String encoded(String cid) {
        return URLEncoder.encode(cid, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static void image(Context request, Mail mail) {
        Image image = mail.images().get(request.pathParam("cid"));
        if (image == null || !isPicture(image.type())) {
            ConsoleRoutes.missing(request, "This mail has no such image.");
            return;
        }
        request.header("Cache-Control", "private, max-age=3600");
        request.contentType(image.type()).result(image.bytes());
    }

    private static boolean isPicture(String type) {
        String lower = type.toLowerCase(Locale.ROOT);
        return lower.startsWith("image/") && !lower.startsWith("image/svg");
    }
}
