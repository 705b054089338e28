package dev.affray.cloud.alerting.webhook;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where a webhook is posted to. The URL may be a secret in itself, so that only its host is ever told. */
public final class WebhookTarget {
    private static final int LONGEST = 2048;
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");

    private final URI url;

    private WebhookTarget(URI url) {
        this.url = url;
    }

    /**
     * A target.
     *
     * @param text the URL
     * @param unprotected whether {@code http://} to another machine is meant
     * @throws IllegalArgumentException when nothing can be posted there, saying why and what would be right, without the URL
     */
    public static WebhookTarget of(String text, boolean unprotected) {
        URI url = parse(text);
        String host = Optional.ofNullable(url.getHost()).orElse("");
        String scheme = Optional.ofNullable(url.getScheme()).orElse("");
        if (host.isEmpty() || !(scheme.equals("https") || scheme.equals("http"))) {
            throw new IllegalArgumentException("is not a URL such as https://alarms.example.org/affray");
        }
        if (url.getRawUserInfo() != null || url.getRawFragment() != null) {
            throw new IllegalArgumentException("has a user, a password or a fragment, which a webhook has not");
        }
        if (scheme.equals("http") && !unprotected && !LOOPBACK.matcher(host).matches()) {
            throw new IllegalArgumentException(
                    "is http:// to another machine, where everybody on the way reads the alerts; use https://, or say unprotected: true in a file of recipients");
        }
        return new WebhookTarget(url);
    }

    private static URI parse(String text) {
        try {
            if (text.length() <= LONGEST) {
                return new URI(text);
            }
        } catch (URISyntaxException e) {
            // Its message holds the URL.
        }
        throw new IllegalArgumentException("is not a URL of at most " + LONGEST + " characters");
    }

    URI url() {
        return url;
    }

    /** What may be told of it: the host, with its port where one is named. */
    @Override
    public String toString() {
        return url.getPort() < 0 ? url.getHost() : url.getHost() + ":" + url.getPort();
    }
}
