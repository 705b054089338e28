package dev.affray.cloud.fleet;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The example documents that producers and consumers share. */
public final class Documents {
    private Documents() {}

    /** One of them, such as {@code good/health/streaming}. */
    public static String example(String name) {
        String resource = "/dev/affray/config/examples/" + name + ".json";
        try (InputStream in = Objects.requireNonNull(Documents.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
