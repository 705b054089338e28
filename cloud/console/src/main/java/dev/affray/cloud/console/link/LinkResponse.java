package dev.affray.cloud.console.link;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** What a host is to answer, all of it: it adds no header of its own that says otherwise. Immutable. */
public final class LinkResponse {
    /** No script, no frame, nothing from elsewhere; nobody learns the address; no search engine keeps it. */
    private static final Map<String, String> ALWAYS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; img-src 'self'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
            "Referrer-Policy",
            "no-referrer",
            "X-Robots-Tag",
            "noindex, nofollow, noarchive",
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Cache-Control",
            "no-store");

    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    private LinkResponse(int status, Map<String, String> headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    static LinkResponse html(int status, String html) {
        return of(status, "text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8));
    }

    static LinkResponse of(int status, String type, byte[] body) {
        TreeMap<String, String> headers = new TreeMap<>(ALWAYS);
        headers.put("Content-Type", type);
        return new LinkResponse(status, headers, body);
    }

    LinkResponse with(String header, String value) {
        TreeMap<String, String> more = new TreeMap<>(headers);
        more.put(header, value);
        return new LinkResponse(status, more, body);
    }

    LinkResponse withoutBody() {
        return new LinkResponse(status, headers, new byte[0]);
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** Its headers, by name; each is there once. */
    public Map<String, String> headers() {
        return Map.copyOf(headers);
    }

    /** A copy of its body. */
    public byte[] body() {
        return body.clone();
    }
}
