package dev.affray.cloud.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/** The files of the static page. They need nothing from anywhere else, and hold no script or style inline. */
public final class ConsolePage {
    private static final Map<String, String> TYPES = Map.of(
            "index.html", "text/html; charset=utf-8",
            "page.css", "text/css; charset=utf-8",
            "page.js", "text/javascript; charset=utf-8",
            "icon.svg", "image/svg+xml");

    private ConsolePage() {}

    /** The media type of a file of the page; empty when there is none of that name. */
    public static Optional<String> type(String file) {
        return Optional.ofNullable(TYPES.get(file));
    }

    /**
     * A file of the page.
     *
     * @throws IllegalArgumentException when there is none of that name
     */
    public static byte[] bytes(String file) {
        if (!TYPES.containsKey(file)) {
            throw new IllegalArgumentException("no file of the page is called " + file);
        }
        try (InputStream in = ConsolePage.class.getResourceAsStream("page/" + file)) {
            if (in == null) {
                throw new IllegalStateException("page/" + file + " is missing from the build");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
