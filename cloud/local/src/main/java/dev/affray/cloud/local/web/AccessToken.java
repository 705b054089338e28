package dev.affray.cloud.local.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/** The one secret that opens the console: 192 random bits, made once and kept in a file that only its owner may read. */
final class AccessToken {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{32}");
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final String text;

    private AccessToken(String text) {
        this.text = text;
    }

    /**
     * The token in the file, which is made when it is not there.
     *
     * @throws IllegalStateException when the file holds something else
     */
    static AccessToken in(Path file) {
        try {
            if (!Files.exists(file)) {
                write(file, fresh());
            }
            restrict(file);
            String text = Files.readString(file).strip();
            if (!FORM.matcher(text).matches()) {
                throw new IllegalStateException(file + " holds no console token; delete it and a new one is made");
            }
            return new AccessToken(text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the console's token in " + file + ": " + e.getMessage(), e);
        }
    }

    /** Whether a candidate is this token; takes the same time whichever character differs. */
    boolean is(String candidate) {
        return MessageDigest.isEqual(
                text.getBytes(StandardCharsets.US_ASCII), candidate.getBytes(StandardCharsets.UTF_8));
    }

    /** The token itself, for the link and the cookie. */
    String text() {
        return text;
    }

    @Override
    public String toString() {
        return "AccessToken[...]";
    }

    private static String fresh() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Restricted before anything is in it. */
    private static void write(Path file, String token) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        if (posix(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        } else {
            Files.createFile(file);
        }
        Files.writeString(file, token + "\n", StandardOpenOption.WRITE);
    }

    private static void restrict(Path file) throws IOException {
        if (posix(file)) {
            Files.setPosixFilePermissions(file, OWNER_ONLY);
        }
    }

    private static boolean posix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
