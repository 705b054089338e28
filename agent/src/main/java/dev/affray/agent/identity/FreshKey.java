package dev.affray.agent.identity;

import dev.affray.agent.disk.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;

/** A key pair (EC P-256) just made, which waits for its certificate. The private key is in its file already, and in no text of this object. */
public final class FreshKey {
    private final Path keyFile;
    private final Path certificateFile;
    private final KeyPair pair;

    private FreshKey(Path keyFile, Path certificateFile, KeyPair pair) {
        this.keyFile = keyFile;
        this.certificateFile = certificateFile;
        this.pair = pair;
    }

    /** Makes one, and writes the private key to its file before anybody is asked for a certificate: no certificate is ever without its key. */
    static FreshKey write(Path keyFile, Path certificateFile) throws IOException {
        KeyPair pair;
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            pair = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no EC P-256", e);
        }
        PrivateFile.write(keyFile, Pem.text("PRIVATE KEY", pair.getPrivate().getEncoded()));
        return new FreshKey(keyFile, certificateFile, pair);
    }

    /** The request for its certificate, in PEM. */
    public String signingRequest(String commonName) {
        return SigningRequest.of(pair, commonName);
    }

    /**
     * Keeps the certificate that was issued.
     *
     * @throws IOException when it is none, or another key's, or cannot be written
     */
    public X509Certificate keep(String certificatePem) throws IOException {
        X509Certificate certificate;
        try {
            certificate = Pem.certificate(certificatePem);
        } catch (IOException e) {
            throw new IOException("the certificate that was issued cannot be read: " + e.getMessage(), e);
        }
        if (!certificate.getPublicKey().equals(pair.getPublic())) {
            throw new IOException("the certificate that was issued is for another key");
        }
        PrivateFile.write(certificateFile, certificatePem.strip() + "\n");
        return certificate;
    }

    /** Deletes the key, and its certificate if it has one: neither counts for anything. */
    public void discard() throws IOException {
        Files.deleteIfExists(certificateFile);
        Files.deleteIfExists(keyFile);
    }
}
