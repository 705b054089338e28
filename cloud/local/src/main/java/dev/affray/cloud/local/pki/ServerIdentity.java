package dev.affray.cloud.local.pki;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** This machine as a TLS server on localhost, 127.0.0.1 and ::1, which believes only clients that the local authority signed. Immutable. */
public final class ServerIdentity {
    private final PrivateKey key;
    private final X509Certificate certificate;
    private final X509Certificate authority;

    ServerIdentity(KeyPairFiles server, X509Certificate authority) {
        this.key = server.key();
        this.certificate = server.certificate();
        this.authority = authority;
    }

    /** When the certificate ends. */
    public Instant expires() {
        return certificate.getNotAfter().toInstant();
    }

    /** A context for servers in this process. Asking clients for a certificate is the server's own setting. */
    public SSLContext sslContext() {
        char[] password = new char[0];
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(keyStore(password), password);
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(trustStore());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot set up TLS for the local servers", e);
        }
    }

    /** Key and certificate chain as a PKCS#12 file, for servers that take no other. */
    public byte[] keyStoreFile(char[] password) {
        return file(keyStore(password), password);
    }

    /** The authority's certificate as a PKCS#12 file, for servers that take no other. */
    public byte[] trustStoreFile(char[] password) {
        return file(trustStore(), password);
    }

    private KeyStore keyStore(char[] password) {
        try {
            KeyStore store = empty();
            store.setKeyEntry("server", key, password, new Certificate[] {certificate, authority});
            return store;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot build the server's key store", e);
        }
    }

    private KeyStore trustStore() {
        try {
            KeyStore store = empty();
            store.setCertificateEntry("authority", authority);
            return store;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot build the server's trust store", e);
        }
    }

    private static KeyStore empty() throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            return store;
        } catch (IOException e) {
            throw new IllegalStateException("an empty key store cannot fail to load", e);
        }
    }

    private static byte[] file(KeyStore store, char[] password) {
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            store.store(out, password);
            return out.toByteArray();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("cannot encode a key store", e);
        }
    }
}
