package dev.affray.agent.identity;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.OperatorException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/** An authority that issues certificates for signing requests, as AWS IoT's does. */
public final class TestAuthority {
    private static final X500Name NAME = new X500Name("CN=test authority");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final KeyPair pair = key();
    private final X509Certificate certificate = sign(NAME, pair.getPublic(), Duration.ofDays(2), true);

    private static KeyPair key() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private X509Certificate sign(X500Name subject, PublicKey key, Duration lifetime, boolean authority) {
        Instant now = Instant.now();
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                NAME,
                new BigInteger(120, RANDOM),
                Date.from(now.minusSeconds(3600)),
                Date.from(now.plus(lifetime)),
                subject,
                key);
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            if (subject.equals(new X500Name("CN=localhost"))) {
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(new GeneralName(GeneralName.dNSName, "localhost")));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
        } catch (IOException | GeneralSecurityException | OperatorException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A certificate for a request whose signature is right, in PEM. */
    public String issue(String signingRequest, Duration lifetime) {
        try (PEMParser parser = new PEMParser(new StringReader(signingRequest))) {
            JcaPKCS10CertificationRequest request =
                    new JcaPKCS10CertificationRequest((PKCS10CertificationRequest) parser.readObject());
            if (!request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(request.getPublicKey()))) {
                throw new IllegalArgumentException("the request is not signed by its own key");
            }
            return pem(sign(request.getSubject(), request.getPublicKey(), lifetime, false));
        } catch (IOException | GeneralSecurityException | OperatorException | PKCSException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** An identity in a folder, as a gateway would have it. */
    public IdentityFolder identity(Path folder, String name, Duration lifetime) throws IOException {
        IdentityFolder identity = new IdentityFolder(folder);
        FreshKey key = identity.makeKey();
        key.keep(issue(key.signingRequest(name), lifetime));
        return identity;
    }

    private static String pem(X509Certificate certificate) throws GeneralSecurityException {
        return Pem.text("CERTIFICATE", certificate.getEncoded());
    }

    /** Writes what clients are to trust. */
    public Path write(Path file) throws Exception {
        return Files.writeString(file, pem(certificate));
    }

    /** A server called localhost, which trusts clients of this authority. */
    public SSLContext server() throws Exception {
        KeyPair own = key();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        X509Certificate leaf = sign(new X500Name("CN=localhost"), own.getPublic(), Duration.ofDays(1), false);
        store.setKeyEntry("server", own.getPrivate(), new char[0], new X509Certificate[] {leaf, certificate});
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("authority", certificate);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
