package dev.affray.cloud.console.link;

import dev.affray.camera.Language;
import dev.affray.cloud.console.ConsolePage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What the page needs beside itself. None of it says anything about anybody. */
final class PageFiles {
    private PageFiles() {}

    /** The console's style, and what only this page has. */
    static LinkResponse style() {
        byte[] shared = ConsolePage.bytes("page.css");
        byte[] own = own();
        byte[] both = Arrays.copyOf(shared, shared.length + own.length);
        System.arraycopy(own, 0, both, shared.length, own.length);
        return kept("text/css; charset=utf-8", both);
    }

    static LinkResponse icon() {
        return kept(ConsolePage.type(LinkPage.ICON).orElseThrow(), ConsolePage.bytes(LinkPage.ICON));
    }

    /** Browsers show the picture of an answer that says 404, too. */
    static LinkResponse noPicture(Language language) {
        String svg = """
                <svg xmlns="http://www.w3.org/2000/svg" width="640" height="360" viewBox="0 0 640 360">
                <rect width="640" height="360" fill="#7d8a90"/>
                <text x="320" y="196" font-family="sans-serif" font-size="44" fill="#ffffff" text-anchor="middle">%s</text>
                </svg>
                """.formatted(Html.text(Text.NO_PICTURE.in(language)));
        return LinkResponse.of(404, "image/svg+xml", svg.getBytes(StandardCharsets.UTF_8));
    }

    private static LinkResponse kept(String type, byte[] content) {
        return LinkResponse.of(200, type, content).with("Cache-Control", "public, max-age=3600");
    }

    private static byte[] own() {
        try (InputStream in = PageFiles.class.getResourceAsStream("link.css")) {
            if (in == null) {
                throw new IllegalStateException("link.css is missing from the build");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
