package dev.affray.cloud.local.iot;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** Keys and certificate signing requests, good and bad. */
final class SigningRequests {
    private SigningRequests() {}

    static KeyPair key(String algorithm, int bits) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        return generator.generateKeyPair();
    }

    static String of(KeyPair key, KeyPair signer, String algorithm) throws Exception {
        byte[] request = new JcaPKCS10CertificationRequestBuilder(new X500Principal("CN=somebody"), key.getPublic())
                .build(new JcaContentSignerBuilder(algorithm).build(signer.getPrivate()))
                .getEncoded();
        return "-----BEGIN CERTIFICATE REQUEST-----\n"
                + Base64.getMimeEncoder().encodeToString(request)
                + "\n-----END CERTIFICATE REQUEST-----\n";
    }
}
