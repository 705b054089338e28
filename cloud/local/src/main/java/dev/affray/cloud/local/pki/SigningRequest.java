package dev.affray.cloud.local.pki;

import java.io.IOException;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/** A certificate signing request from outside, in PEM. */
final class SigningRequest {
    private static final int FIELD_BITS = 256;

    private SigningRequest() {}

    /**
     * The key that the request is for, and was signed with.
     *
     * @throws IllegalArgumentException when it is no such thing
     */
    static PublicKey keyOf(String pem) {
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            if (!(parser.readObject() instanceof PKCS10CertificationRequest parsed)) {
                throw new IllegalArgumentException("it is no certificate signing request in PEM form");
            }
            JcaPKCS10CertificationRequest request = new JcaPKCS10CertificationRequest(parsed);
            PublicKey key = request.getPublicKey();
            if (!(key instanceof ECPublicKey ec)
                    || ec.getParams().getCurve().getField().getFieldSize() != FIELD_BITS) {
                throw new IllegalArgumentException("its key is not EC P-256");
            }
            if (!request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
                throw new IllegalArgumentException("it is not signed with its own key");
            }
            return key;
        } catch (IOException | GeneralSecurityException | OperatorCreationException | PKCSException e) {
            throw new IllegalArgumentException("it cannot be read as a certificate signing request", e);
        }
    }
}
