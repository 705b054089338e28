package dev.affray.cloud.state.link;

import dev.affray.incident.Incident;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** The links that alerts hold. Thread-safe. */
public final class AlertLinks {
    /** What the path of a link begins with. */
    public static final String PATH = "/i/";

    /** How long a link is good unless somebody says otherwise. */
    public static final Duration LAST = Duration.ofDays(7);

    private final URI base;
    private final LinkToken tokens;
    private final Duration last;

    /**
     * Links to one address.
     *
     * @param base where the page is served, such as {@code https://affray.example.org}: no path, query or fragment
     * @param last how long a link is good, and up to an hour more
     * @throws IllegalArgumentException when the base is no such address
     */
    public AlertLinks(URI base, LinkKeys keys, Duration last) {
        this.base = base(base);
        this.tokens = new LinkToken(keys);
        this.last = last;
    }

    /** The link to the page of an incident; the same for an hour. */
    public URI of(Incident incident, Instant now) {
        return base.resolve(PATH + tokens.sign(incident.id(), now.plus(last)));
    }

    private static URI base(URI base) {
        String scheme = base.getScheme() == null ? "" : base.getScheme().toLowerCase(Locale.ROOT);
        String path = base.getRawPath() == null ? "" : base.getRawPath();
        boolean bare = base.getRawQuery() == null && base.getRawFragment() == null && base.getRawUserInfo() == null;
        if (!scheme.matches("https?") || base.getHost() == null || !path.matches("/?") || !bare) {
            throw new IllegalArgumentException(
                    "'" + base + "' is not the address of a page such as https://affray.example.org");
        }
        return base;
    }
}
