package dev.affray.cloud.local.pki;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** Certificates and PKCS#8 keys as PEM files. A file that is no such thing gives an error with its path, never with its content. */
final class Pem {
    private static final String KEY_BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String KEY_END = "-----END PRIVATE KEY-----";
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private Pem() {}

    static byte[] of(X509Certificate certificate) {
        try {
            return text("CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot encode a certificate of our own", e);
        }
    }

    static byte[] of(PrivateKey key) {
        return text("PRIVATE KEY", key.getEncoded());
    }

    static X509Certificate certificate(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(content));
        } catch (GeneralSecurityException e) {
            throw new IOException(file + " is damaged: it holds no certificate in PEM form", e);
        }
    }

    static PrivateKey key(Path file) throws IOException {
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        int begin = content.indexOf(KEY_BEGIN);
        int end = content.indexOf(KEY_END);
        if (begin < 0 || end < begin) {
            throw new IOException(file + " is damaged: it holds no private key in PKCS#8 PEM form");
        }
        try {
            byte[] encoded = Base64.getMimeDecoder().decode(content.substring(begin + KEY_BEGIN.length(), end));
            return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(file + " is damaged: its private key cannot be decoded", e);
        }
    }

    private static byte[] text(String label, byte[] encoded) {
        String body = LINES.encodeToString(encoded);
        return ("-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
