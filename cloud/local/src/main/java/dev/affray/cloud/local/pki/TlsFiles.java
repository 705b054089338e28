package dev.affray.cloud.local.pki;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/**
 * A server's certificate and key as somebody else made them and will renew them. Keys of any usual kind and form, but none with a password.
 *
 * @param certificate the certificate first, then those that it was signed by
 * @param key its private key
 */
public record TlsFiles(Path certificate, Path key) {
    /**
     * What the files hold.
     *
     * @param keyStore certificate and key
     * @param password of the key in it
     * @param expires when the certificate ends
     * @param doubt why browsers will warn of it, if they will
     */
    public record Read(KeyStore keyStore, String password, Instant expires, Optional<String> doubt) {}

    /** Changes whenever one of the files was replaced. */
    public String version() throws IOException {
        FileTime chain = Files.getLastModifiedTime(certificate);
        return chain + " " + Files.getLastModifiedTime(key);
    }

    /**
     * Reads them.
     *
     * @param host that browsers will ask for
     * @throws IOException when a server cannot use them, saying which file and why, and nothing of its content
     */
    public Read read(String host, Instant now) throws IOException {
        List<X509Certificate> chain = certificates();
        X509Certificate first = chain.getFirst();
        PrivateKey secret = privateKey();
        if (!belongs(secret, first)) {
            throw new IOException("the key " + key + " does not belong to the first certificate of " + certificate);
        }
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            String password = "in-memory-only";
            store.setKeyEntry("server", secret, password.toCharArray(), chain.toArray(Certificate[]::new));
            return new Read(store, password, first.getNotAfter().toInstant(), doubt(first, host, now));
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificate " + certificate + " cannot be used with its key", e);
        }
    }

    private Optional<String> doubt(X509Certificate first, String host, Instant now) {
        if (now.isAfter(first.getNotAfter().toInstant())) {
            return Optional.of("the certificate " + certificate + " expired at "
                    + first.getNotAfter().toInstant());
        }
        if (now.isBefore(first.getNotBefore().toInstant())) {
            return Optional.of("the certificate " + certificate + " is not valid before "
                    + first.getNotBefore().toInstant());
        }
        List<String> names = names(first);
        return names.stream().anyMatch(name -> covers(name, host))
                ? Optional.empty()
                : Optional.of("the certificate " + certificate + " is made out to "
                        + (names.isEmpty() ? "no name" : String.join(", ", names)) + ", not to " + host);
    }

    private List<X509Certificate> certificates() throws IOException {
        List<X509Certificate> chain = new ArrayList<>();
        try (PEMParser parser = parser(certificate)) {
            for (Object part = parser.readObject(); part != null; part = parser.readObject()) {
                if (part instanceof X509CertificateHolder holder) {
                    chain.add(new JcaX509CertificateConverter().getCertificate(holder));
                }
            }
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            throw unreadable(certificate, "certificate", e);
        }
        if (chain.isEmpty()) {
            throw new IOException(certificate + " holds no certificate in PEM form");
        }
        return chain;
    }

    private PrivateKey privateKey() throws IOException {
        try (PEMParser parser = parser(key)) {
            for (Object part = parser.readObject(); part != null; part = parser.readObject()) {
                switch (part) {
                    case PEMKeyPair pair -> {
                        return converter().getPrivateKey(pair.getPrivateKeyInfo());
                    }
                    case PrivateKeyInfo info -> {
                        return converter().getPrivateKey(info);
                    }
                    default -> {}
                }
            }
        } catch (IOException | RuntimeException e) {
            throw unreadable(key, "private key", e);
        }
        throw new IOException(key + " holds no private key in PEM form, or one with a password");
    }

    private static JcaPEMKeyConverter converter() {
        JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
        // As this Java calls it.
        converter.setAlgorithmMapping(X9ObjectIdentifiers.id_ecPublicKey, "EC");
        return converter;
    }

    private static IOException unreadable(Path file, String what, Exception why) {
        return why instanceof FileSystemException
                ? new IOException(file + " cannot be read: " + why.getClass().getSimpleName(), why)
                : new IOException(file + " is damaged: its " + what + " cannot be decoded", why);
    }

    private static PEMParser parser(Path file) throws IOException {
        Reader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1);
        return new PEMParser(reader);
    }

    private static boolean belongs(PrivateKey secret, X509Certificate certificate) {
        String algorithm = switch (secret.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC", "ECDSA" -> "SHA256withECDSA";
            default -> secret.getAlgorithm();
        };
        try {
            Signature signer = Signature.getInstance(algorithm);
            byte[] sample = {1, 2, 3};
            signer.initSign(secret);
            signer.update(sample);
            byte[] signed = signer.sign();
            signer.initVerify(certificate.getPublicKey());
            signer.update(sample);
            return signer.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** Its DNS names and IP addresses; the common name counts for nothing with browsers. */
    private static List<String> names(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream()
                            .filter(name -> name.get(1) instanceof String)
                            .map(name -> String.valueOf(name.get(1)))
                            .toList();
        } catch (GeneralSecurityException e) {
            return List.of();
        }
    }

    private static boolean covers(String name, String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        String pattern = name.toLowerCase(Locale.ROOT);
        int dot = lower.indexOf('.');
        return pattern.equals(lower)
                || (pattern.startsWith("*.") && dot > 0 && pattern.substring(1).equals(lower.substring(dot)));
    }
}
