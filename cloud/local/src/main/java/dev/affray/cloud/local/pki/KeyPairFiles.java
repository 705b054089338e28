package dev.affray.cloud.local.pki;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;

/** A certificate and its private key, as read from two files that belong together. */
record KeyPairFiles(X509Certificate certificate, PrivateKey key) {
    static KeyPairFiles read(Path certificateFile, Path keyFile) throws IOException {
        if (!Files.exists(keyFile)) {
            throw new IOException(keyFile + " is missing, although " + certificateFile + " is there");
        }
        X509Certificate certificate = Pem.certificate(certificateFile);
        PrivateKey key = Pem.key(keyFile);
        if (!belongs(key, certificate.getPublicKey())) {
            throw new IOException(keyFile + " is damaged: it is not the key of the certificate in " + certificateFile);
        }
        return new KeyPairFiles(certificate, key);
    }

    private static boolean belongs(PrivateKey key, PublicKey publicKey) {
        byte[] sample = "do these belong together?".getBytes(StandardCharsets.US_ASCII);
        try {
            Signature signing = Signature.getInstance("SHA256withECDSA");
            signing.initSign(key);
            signing.update(sample);
            Signature checking = Signature.getInstance("SHA256withECDSA");
            checking.initVerify(publicKey);
            checking.update(sample);
            return checking.verify(signing.sign());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "KeyPairFiles[" + certificate.getSubjectX500Principal() + "]";
    }
}
