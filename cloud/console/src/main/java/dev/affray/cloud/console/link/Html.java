package dev.affray.cloud.console.link;

/** Text in HTML. Whatever comes from outside goes through here. */
final class Html {
    private Html() {}

    /** Text as content or as a quoted attribute's value. Control characters, also those that turn the direction of what follows, are left out. */
    static String text(String raw) {
        StringBuilder html = new StringBuilder(raw.length() + 16);
        raw.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                default -> {
                    if (!Character.isISOControl(c) && !isDirection(c)) {
                        html.appendCodePoint(c);
                    }
                }
            }
        });
        return html.toString();
    }

    private static boolean isDirection(int c) {
        return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
    }

    /**
     * A whole page.
     *
     * @param up from where it lies to {@code /i/}: empty, or {@code ../} some times
     * @param head more for its head, as HTML
     * @param body as HTML
     */
    static String page(String language, String title, String up, String head, String body) {
        return """
                <!doctype html>
                <html lang="%s">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="robots" content="noindex, nofollow, noarchive">
                <meta name="referrer" content="no-referrer">
                <meta name="format-detection" content="telephone=no, date=no, address=no">
                %s<title>%s</title>
                <link rel="icon" href="%s" type="image/svg+xml">
                <link rel="stylesheet" href="%s">
                </head>
                <body>
                %s</body>
                </html>
                """.formatted(language, head, text(title), up + LinkPage.ICON, up + LinkPage.STYLE, body);
    }

    /** What every page begins with. */
    static String top(String up, String place) {
        return """
                <header class="top"><div class="wrap">
                <span class="brand"><img src="%s" alt="" width="28" height="28">Affray</span>
                <span class="place">%s</span>
                </div></header>
                """.formatted(up + LinkPage.ICON, text(place));
    }
}
