package dev.affray.cloud.console.link;

import dev.affray.camera.Language;

/** Answers that are words only, in the language of the browser: there is no site to ask. */
final class Letters {
    private static final int DEEPEST = 8;

    private Letters() {}

    static LinkResponse of(int status, Text title, LinkRequest request, Text... texts) {
        Language language = Text.ofBrowser(request.languages());
        StringBuilder words = new StringBuilder();
        for (Text text : texts) {
            words.append("<p>").append(Html.text(text.in(language))).append("</p>\n");
        }
        // It may lie at any depth, and no absolute path is known: a proxy may have put something before it.
        String up = "../".repeat((int)
                Math.min(DEEPEST, request.path().chars().filter(c -> c == '/').count()));
        String heading = title.in(language);
        String body = Html.top(up, "") + "<main class=\"wrap letter\">\n<h1>" + Html.text(heading) + "</h1>\n" + words
                + "</main>\n";
        return LinkResponse.html(status, Html.page(language.code(), heading, up, "", body));
    }

    static LinkResponse notDone(LinkRequest request, String allowed) {
        return of(405, Text.NOT_DONE_TITLE, request, Text.NOT_DONE).with("Allow", allowed);
    }
}
