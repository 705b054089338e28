package dev.affray.agent.capture;

import java.net.URI;
import java.net.URISyntaxException;

/** What is said of a camera that sends elsewhere. It is not followed: a login goes only where a person let it go. */
final class Redirects {
    private Redirects() {}

    /** @param location where to; shown without user information and query */
    static String refused(String location) {
        return "the camera redirects to " + shown(location)
                + ", which is not followed; put that address into source.url if it is right";
    }

    private static String shown(String location) {
        try {
            URI uri = new URI(location);
            if (uri.getHost() != null) {
                String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
                String path = uri.getRawPath() == null ? "" : uri.getRawPath();
                return uri.getScheme() + "://" + uri.getHost() + port + path;
            }
        } catch (URISyntaxException e) {
            // It is not shown.
        }
        return "an address that cannot be shown";
    }
}
