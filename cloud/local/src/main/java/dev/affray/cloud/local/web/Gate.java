package dev.affray.cloud.local.web;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may come in. Being on this machine is not enough: any page in a browser here can send requests to loopback, and a name of its own can be made to
 * point there. So the Host must be one of ours, an Origin, where there is one, too, and the token must be shown.
 */
final class Gate {
    private static final String QUERY = "token";
    /** What the page that refuses needs; it says nothing about anybody. */
    private static final Set<String> OPEN_TO_ALL = Set.of("/page.css", "/icon.svg");

    private static final String BEARER = "Bearer ";
    private static final int COOKIE_SECONDS = 30 * 24 * 3600;

    private final AccessToken token;

    Gate(AccessToken token) {
        this.token = token;
    }

    /** Lets a request pass, or answers it and skips everything else. */
    void check(Context request, int port) {
        List<String> authorities = List.of("127.0.0.1:" + port, "localhost:" + port, "[::1]:" + port);
        boolean ours = authorities.contains(lower(request.header("Host")));
        if (ours && LinkRoutes.covers(request)) {
            // The link itself is the token; and a page without a referrer sends its buttons with the origin "null".
            return;
        }
        if (!ours || !originIsOurs(request, authorities)) {
            request.status(403).result("This console answers only to its own address on this machine.\n");
            request.skipRemainingHandlers();
        } else if (!OPEN_TO_ALL.contains(request.path()) && !signedIn(request, port)) {
            refuseOrSignIn(request, port);
            request.skipRemainingHandlers();
        }
    }

    private static boolean originIsOurs(Context request, List<String> authorities) {
        String origin = request.header("Origin");
        return origin == null
                || authorities.stream().anyMatch(a -> lower(origin).equals("http://" + a));
    }

    private static String lower(@Nullable String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }

    private boolean signedIn(Context request, int port) {
        if (request.queryParam(QUERY) != null) {
            return false;
        }
        String header = request.header("Authorization");
        if (header != null && header.startsWith(BEARER)) {
            return token.is(header.substring(BEARER.length()));
        }
        String cookie = request.cookie(cookieName(port));
        return cookie != null && token.is(cookie);
    }

    private void refuseOrSignIn(Context request, int port) {
        String shown = request.queryParam(QUERY);
        if (shown != null && token.is(shown)) {
            request.cookie(new Cookie(
                    cookieName(port), token.text(), "/", COOKIE_SECONDS, false, true, null, SameSite.STRICT));
            // Without the token, so that it stays in no history and no bookmark.
            request.redirect("/");
        } else if (request.path().startsWith("/api/")) {
            request.status(401).json(Map.of("error", "the console's token is missing or wrong"));
        } else {
            request.status(401).contentType("text/html; charset=utf-8").result(SIGN_IN);
        }
    }

    /** Loopback cookies are shared by all ports, so the port is part of the name. */
    private static String cookieName(int port) {
        return "affray-" + port;
    }

    private static final String SIGN_IN = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Affray: open the console with its link</title>
            <link rel="icon" href="/icon.svg" type="image/svg+xml">
            <link rel="stylesheet" href="/page.css">
            </head>
            <body>
            <header class="top"><div class="wrap"><span class="brand"><img src="/icon.svg" alt="" width="28" height="28">Affray</span></div></header>
            <main class="wrap letter">
            <h1>Open the console with its link</h1>
            <p>This console shows pictures of people, so it asks for a token.</p>
            <p>Affray prints a link that holds the token when it starts: look in the terminal where it runs. Open that link
            once; this browser is then remembered.</p>
            <p>The token is also kept in a file in the data directory that only its owner may read. Put it behind
            this address as <code>/?token=TOKEN</code>.</p>
            </main>
            </body>
            </html>
            """;
}
