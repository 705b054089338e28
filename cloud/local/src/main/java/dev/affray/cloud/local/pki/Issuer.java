package dev.affray.cloud.local.pki;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes EC P-256 keys and signs the three kinds of certificate; keeps nothing. */
final class Issuer {
    private static final SecureRandom RANDOM = new SecureRandom();
    /** A clock that was stepped back by less than this still finds a new certificate valid. */
    private static final Duration BACKDATED = Duration.ofHours(1);

    private static final GeneralNames LOOPBACK = new GeneralNames(new GeneralName[] {
        new GeneralName(GeneralName.dNSName, "localhost"),
        new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
        new GeneralName(GeneralName.iPAddress, "::1")
    });

    private Issuer() {}

    static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no EC P-256", e);
        }
    }

    /** The authority's own certificate: it may sign certificates, but no further authority. */
    static X509Certificate authority(KeyPair key, Instant now, Duration lifetime) {
        String mark = Long.toHexString(RANDOM.nextLong() | Long.MIN_VALUE).substring(0, 8);
        X500Name name = name("Affray local authority " + mark);
        return sign(name, key.getPrivate(), name, key.getPublic(), now, lifetime, (builder, extensions) -> {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        });
    }

    static X509Certificate server(KeyPairFiles authority, PublicKey key, Instant now, Duration lifetime) {
        return leaf(authority, "localhost", key, now, lifetime, (builder, extensions) -> {
            builder.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            builder.addExtension(Extension.subjectAlternativeName, false, LOOPBACK);
        });
    }

    static X509Certificate gateway(
            KeyPairFiles authority, String thing, PublicKey key, Instant now, Duration lifetime) {
        return leaf(
                authority,
                thing,
                key,
                now,
                lifetime,
                (builder, extensions) -> builder.addExtension(
                        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth)));
    }

    private static X509Certificate leaf(
            KeyPairFiles authority,
            String commonName,
            PublicKey key,
            Instant now,
            Duration lifetime,
            Extensions purpose) {
        X500Name issuer = X500Name.getInstance(
                authority.certificate().getSubjectX500Principal().getEncoded());
        return sign(issuer, authority.key(), name(commonName), key, now, lifetime, (builder, extensions) -> {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    extensions.createAuthorityKeyIdentifier(
                            authority.certificate().getPublicKey()));
            purpose.add(builder, extensions);
        });
    }

    private static X509Certificate sign(
            X500Name issuer,
            PrivateKey issuerKey,
            X500Name subject,
            PublicKey subjectKey,
            Instant now,
            Duration lifetime,
            Extensions purpose) {
        Date from = Date.from(now.minus(BACKDATED));
        Date until = Date.from(now.plus(lifetime));
        BigInteger serial = new BigInteger(127, RANDOM).setBit(126);
        try {
            JcaX509v3CertificateBuilder builder =
                    new JcaX509v3CertificateBuilder(issuer, serial, from, until, subject, subjectKey);
            JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
            builder.addExtension(
                    Extension.subjectKeyIdentifier, false, extensions.createSubjectKeyIdentifier(subjectKey));
            purpose.add(builder, extensions);
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKey)));
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("cannot sign a certificate for " + subject, e);
        }
    }

    private static X500Name name(String commonName) {
        return new X500NameBuilder().addRDN(BCStyle.CN, commonName).build();
    }

    /** What sets one kind of certificate apart. */
    private interface Extensions {
        void add(JcaX509v3CertificateBuilder builder, JcaX509ExtensionUtils extensions) throws IOException;
    }
}
