package dev.affray.agent.capture;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A playlist of HLS. FFmpeg must ask the relay for its parts; where it names the camera's own address, FFmpeg would go there by itself, without a login. */
final class Playlist {
    private static final Pattern ADDRESS =
            Pattern.compile("(?m)(^|URI=\")(https?://[^\\s\"]+)", Pattern.CASE_INSENSITIVE);

    private Playlist() {}

    /** @param type the media type that came with it, in lower case */
    static boolean is(String type) {
        return type.contains("mpegurl");
    }

    /** The same playlist with addresses on the camera itself made relative; others stay. */
    static String relative(String playlist, URI camera) {
        return ADDRESS.matcher(playlist).replaceAll(match -> {
            String address = match.group(2);
            return Matcher.quoteReplacement(match.group(1) + (isOf(camera, address) ? path(address) : address));
        });
    }

    private static boolean isOf(URI camera, String address) {
        try {
            URI uri = URI.create(address);
            return uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getScheme().equalsIgnoreCase(camera.getScheme())
                    && uri.getHost().equalsIgnoreCase(camera.getHost())
                    && port(uri) == port(camera);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String path(String address) {
        URI uri = URI.create(address);
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return uri.getScheme().toLowerCase(Locale.ROOT).equals("https") ? 443 : 80;
    }
}
