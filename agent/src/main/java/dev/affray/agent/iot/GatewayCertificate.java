package dev.affray.agent.iot;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * The gateway's certificate as its files have it, to be judged.
 *
 * @param chain the gateway's own certificate, then those that stand after it in the file
 * @param authorities whom the gateway trusts; empty where that is left to the system
 * @param keyFits whether the private key is that of the certificate
 */
public record GatewayCertificate(List<X509Certificate> chain, List<X509Certificate> authorities, boolean keyFits) {
    public GatewayCertificate {
        chain = List.copyOf(chain);
        authorities = List.copyOf(authorities);
    }

    /** @throws IOException when a file cannot be read or is not what it should be; the message names the file and nothing of a key */
    public static GatewayCertificate load(IotEndpoint endpoint) throws IOException {
        List<X509Certificate> chain = certificates(endpoint.certificate());
        Optional<Path> authority = endpoint.authority();
        List<X509Certificate> authorities = authority.isPresent() ? certificates(authority.get()) : List.of();
        return new GatewayCertificate(chain, authorities, fits(Identity.key(endpoint.privateKey()), chain.getFirst()));
    }

    /** A TLS context that shows the certificate and trusts whom the gateway is to trust. */
    public static SSLContext tls(IotEndpoint endpoint) throws IOException {
        return Identity.tls(endpoint);
    }

    /** The first certificate that the one after it did not sign. */
    public Optional<X509Certificate> unsigned() {
        for (int i = 0; i + 1 < chain.size(); i++) {
            try {
                chain.get(i).verify(chain.get(i + 1).getPublicKey());
            } catch (GeneralSecurityException e) {
                return Optional.of(chain.get(i));
            }
        }
        return Optional.empty();
    }

    private static List<X509Certificate> certificates(Path file) throws IOException {
        return Identity.certificates(file).stream()
                .map(X509Certificate.class::cast)
                .toList();
    }

    private static boolean fits(PrivateKey key, X509Certificate certificate) {
        byte[] text = {1, 2, 3};
        String algorithm = key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(text);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(text);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
