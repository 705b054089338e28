package dev.affray.cloud.local;

import dev.affray.cloud.local.pki.TlsFiles;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How alert links are reached from a phone. */
final class PublicOptions {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final int HTTPS = 443;
    private static final int BEHIND_A_PROXY = 8081;

    @Option(
            names = "--public-url",
            paramLabel = "URL",
            description = {
                "Where the links of alerts are reached from a phone, such as https://affray.example.org: nothing but their pages is served there.",
                "Default: links lead to this machine's own page, and work only here."
            })
    private @Nullable String url;

    @Option(
            names = "--tls-certificate",
            paramLabel = "PEM",
            description = {
                "The certificate for it, and those that it was signed by. May be replaced while Affray runs.",
                "Without it plain HTTP is served on 127.0.0.1, for a reverse proxy that speaks TLS."
            })
    private @Nullable Path certificate;

    @Option(names = "--tls-key", paramLabel = "PEM", description = "The certificate's private key, without a password.")
    private @Nullable Path key;

    @Option(
            names = "--public-port",
            paramLabel = "N",
            description = "Where to listen for it. Default: with a certificate the port of the URL, else 8081.")
    private @Nullable Integer port;

    /** @throws IllegalArgumentException when they cannot be so, saying why */
    Optional<PublicAddress> choice() {
        @Nullable String text = url;
        if (text == null) {
            if (certificate != null || key != null || port != null) {
                throw new IllegalArgumentException(
                        "--tls-certificate, --tls-key and --public-port need --public-url: nothing else is served to other machines");
            }
            return Optional.empty();
        }
        URI parsed = url(text);
        Optional<TlsFiles> tls = tls();
        boolean https = "https".equalsIgnoreCase(parsed.getScheme());
        if (tls.isPresent() && !https) {
            throw new IllegalArgumentException("--tls-certificate needs a --public-url that begins with https://");
        }
        return Optional.of(new PublicAddress(parsed, port(parsed, tls.isPresent()), tls));
    }

    private static URI url(String text) {
        URI parsed;
        try {
            parsed = new URI(text);
        } catch (URISyntaxException e) {
            throw notAnAddress(text);
        }
        String scheme = parsed.getScheme();
        boolean plain = "http".equalsIgnoreCase(scheme);
        boolean bare = (parsed.getRawPath() == null || parsed.getRawPath().matches("/?"))
                && parsed.getRawQuery() == null
                && parsed.getRawFragment() == null
                && parsed.getRawUserInfo() == null;
        if (parsed.getHost() == null || !bare || !(plain || "https".equalsIgnoreCase(scheme))) {
            throw notAnAddress(text);
        }
        if (plain && !LOOPBACK.contains(parsed.getHost())) {
            throw new IllegalArgumentException(
                    "--public-url '" + text
                            + "' is not protected: whoever listens on the way could use the links; it must begin with https://");
        }
        return parsed;
    }

    private static IllegalArgumentException notAnAddress(String text) {
        return new IllegalArgumentException("--public-url '" + text
                + "' is not https://HOST or https://HOST:PORT, such as https://affray.example.org");
    }

    private Optional<TlsFiles> tls() {
        @Nullable Path chain = certificate;
        @Nullable Path secret = key;
        if (chain == null && secret == null) {
            return Optional.empty();
        }
        if (chain == null || secret == null) {
            throw new IllegalArgumentException("--tls-certificate and --tls-key go together");
        }
        return Optional.of(new TlsFiles(
                chain.toAbsolutePath().normalize(), secret.toAbsolutePath().normalize()));
    }

    private int port(URI parsed, boolean tls) {
        @Nullable Integer asked = port;
        if (asked != null && (asked < 1 || asked > 65535)) {
            throw new IllegalArgumentException("--public-port " + asked + " is not 1 to 65535");
        }
        if (asked != null) {
            return asked;
        }
        int usual = parsed.getPort() > 0 ? parsed.getPort() : HTTPS;
        return tls ? usual : BEHIND_A_PROXY;
    }
}
