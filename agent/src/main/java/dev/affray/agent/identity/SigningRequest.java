package dev.affray.agent.identity;

import java.security.KeyPair;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** A certificate signing request (PKCS#10): the public key and a name, signed with the private key, which is not in it. */
final class SigningRequest {
    private SigningRequest() {}

    /** In PEM. */
    static String of(KeyPair pair, String commonName) {
        try {
            byte[] request = new JcaPKCS10CertificationRequestBuilder(
                            new X500Principal("CN=" + commonName), pair.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
                    .getEncoded();
            return Pem.text("CERTIFICATE REQUEST", request);
        } catch (OperatorCreationException | java.io.IOException e) {
            throw new IllegalStateException("cannot sign a request with a key made here", e);
        }
    }
}
