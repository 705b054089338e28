package dev.affray.agent.identity;

import dev.affray.agent.disk.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Optional;

/** A folder with one identity: {@code private.key} and {@code certificate.pem}, for the owner alone. */
public final class IdentityFolder {
    private final Path folder;

    /** Names the folder; nothing is made yet. */
    public IdentityFolder(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /** Where it is. */
    public Path path() {
        return folder;
    }

    /** The certificate's file. */
    public Path certificateFile() {
        return folder.resolve("certificate.pem");
    }

    /** The private key's file. */
    public Path keyFile() {
        return folder.resolve("private.key");
    }

    /**
     * The certificate, if there is one.
     *
     * @throws IOException when its file is damaged, or the key that belongs to it is missing
     */
    public Optional<X509Certificate> certificate() throws IOException {
        if (!Files.exists(certificateFile())) {
            return Optional.empty();
        }
        if (!Files.exists(keyFile())) {
            throw new IOException(keyFile() + " is missing, although " + certificateFile()
                    + " is there: a certificate without its key is worth nothing; delete it");
        }
        return Optional.of(read(certificateFile()));
    }

    /**
     * The first certificate of a file.
     *
     * @throws IOException when it cannot be read, or is none; the message names the file
     */
    public static X509Certificate read(Path file) throws IOException {
        try {
            return Pem.certificate(Files.readString(file));
        } catch (IOException e) {
            throw new IOException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** A new key, written in place of one that never got its certificate. */
    public FreshKey makeKey() throws IOException {
        if (Files.exists(certificateFile())) {
            throw new IOException(certificateFile() + " is there; its key is not replaced");
        }
        PrivateFile.folder(folder);
        return FreshKey.write(keyFile(), certificateFile());
    }

    /** What AWS IoT calls a certificate by: the SHA-256 of its binary form, in hexadecimal. */
    public static String idOf(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot take the SHA-256 of a certificate", e);
        }
    }
}
