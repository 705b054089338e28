package dev.affray.agent.capture;

import dev.affray.agent.capture.Access.Trust;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a camera is the one that was meant: by Java's trusted authorities and the name of the host, or by a pinned certificate alone, whatever its
 * name and dates. Thread-safe.
 */
final class CameraTrust extends X509ExtendedTrustManager {
    private static final HexFormat SHOWN = HexFormat.ofDelimiter(":").withUpperCase();

    private final X509ExtendedTrustManager authorities;
    private final Optional<String> fingerprint;
    private final Encounter encounter;

    /** A certificate that is not to be trusted. The message is for people. */
    static final class UntrustedException extends CertificateException {
        private static final long serialVersionUID = 1;

        private UntrustedException(String message) {
            super(message);
        }

        /** What was wrong with the certificate, where that is what made a handshake fail. */
        static Optional<String> in(@Nullable Throwable failure) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof UntrustedException) {
                    return Optional.ofNullable(cause.getMessage());
                }
            }
            return Optional.empty();
        }
    }

    private CameraTrust(X509ExtendedTrustManager authorities, Optional<String> fingerprint, Encounter encounter) {
        this.authorities = authorities;
        this.fingerprint = fingerprint;
        this.encounter = encounter;
    }

    /**
     * A context that trusts one camera's certificate, and nobody as a client.
     *
     * @param fingerprint SHA-256 of the only certificate to trust, in lower-case hexadecimal digits; without one the authorities decide
     * @param encounter learns of the certificate, whether it is trusted or not
     */
    static SSLContext context(Optional<String> fingerprint, Encounter encounter) {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            X509ExtendedTrustManager authorities = Arrays.stream(factory.getTrustManagers())
                    .filter(X509ExtendedTrustManager.class::isInstance)
                    .map(X509ExtendedTrustManager.class::cast)
                    .findFirst()
                    .orElseThrow();
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new CameraTrust(authorities, fingerprint, encounter)}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no TLS", e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        check(chain, () -> authorities.checkServerTrusted(chain, type, socket));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        check(chain, () -> authorities.checkServerTrusted(chain, type, engine));
    }

    /** Without a connection there is no name to compare, so only a pinned certificate passes. */
    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        check(chain, () -> {
            throw new CertificateException("No name");
        });
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        throw new CertificateException("no clients are served");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        throw new CertificateException("no clients are served");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("no clients are served");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authorities.getAcceptedIssuers();
    }

    private interface Check {
        void run() throws CertificateException;
    }

    private void check(X509Certificate[] chain, Check byAuthorities) throws CertificateException {
        byte[] shown = sha256(chain[0]);
        encounter.showed(SHOWN.formatHex(shown), Trust.NONE);
        if (fingerprint.isPresent()) {
            if (!MessageDigest.isEqual(shown, HexFormat.of().parseHex(fingerprint.get()))) {
                throw new UntrustedException("its certificate is not the pinned one: SHA-256 " + SHOWN.formatHex(shown)
                        + "; change source.fingerprint if the camera's was renewed");
            }
            encounter.showed(SHOWN.formatHex(shown), Trust.PINNED);
            return;
        }
        try {
            byAuthorities.run();
        } catch (CertificateException e) {
            throw new UntrustedException("its certificate is not trusted, " + why(e) + ": SHA-256 "
                    + SHOWN.formatHex(shown) + "; pin it with source.fingerprint if it is yours");
        }
        encounter.showed(SHOWN.formatHex(shown), Trust.AUTHORITY);
    }

    private static String why(CertificateException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException) {
                return "it has expired";
            }
            if (cause instanceof CertificateNotYetValidException) {
                return "it is not valid yet";
            }
        }
        return String.valueOf(e.getMessage()).startsWith("No ")
                ? "it is made out to another host"
                : "no known authority vouches for it";
    }

    private static byte[] sha256(X509Certificate certificate) throws CertificateEncodingException {
        try {
            return MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
