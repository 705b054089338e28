package dev.affray.cloud.local;

import dev.affray.cloud.local.pki.OwnerOnly;
import dev.affray.cloud.state.link.KeyRing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/** The keys of alert links, one a line, the one that signs first, in a file that only its owner may read. */
final class LinkKeyFile {
    private static final int BYTES = 32;

    private LinkKeyFile() {}

    /**
     * The keys in the file; where there is none, it is made with a new key in it.
     *
     * @throws IOException when the file cannot be used, saying why and what to do
     */
    static KeyRing read(Path file) throws IOException {
        if (!Files.exists(file)) {
            OwnerOnly.write(file, (fresh() + "\n").getBytes(StandardCharsets.US_ASCII));
        }
        try {
            return KeyRing.parse(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    file + " holds no keys of links: " + e.getMessage()
                            + "; delete it and a new one is made, which ends the links that are out",
                    e);
        }
    }

    private static String fresh() {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}
