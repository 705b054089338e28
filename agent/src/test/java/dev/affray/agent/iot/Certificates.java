package dev.affray.agent.iot;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Self-signed identities for the tests, made by the JDK's keytool. Each is its own authority. */
public final class Certificates {
    private static final char[] PASSWORD = "changeit".toCharArray();

    /** An RSA key takes a second or more to find: each name has the same one in every folder. */
    private static final Map<String, byte[]> MADE = new ConcurrentHashMap<>();

    private Certificates() {}

    /** A key pair and certificate in a store, made when first asked for, and beside it as {@code name.pem} and {@code name.key}. */
    public static synchronized KeyStore make(Path folder, String name, String algorithm) throws Exception {
        Path file = folder.resolve(name + ".p12");
        if (Files.exists(file)) {
            return KeyStore.getInstance(file.toFile(), PASSWORD);
        }
        byte[] made = MADE.get(name + " " + algorithm);
        if (made == null) {
            generate(file, name, algorithm);
            MADE.put(name + " " + algorithm, Files.readAllBytes(file));
        } else {
            Files.write(file, made);
        }
        return written(folder, name);
    }

    private static KeyStore written(Path folder, String name) throws Exception {
        KeyStore store = KeyStore.getInstance(folder.resolve(name + ".p12").toFile(), PASSWORD);
        pem(
                folder.resolve(name + ".pem"),
                "CERTIFICATE",
                store.getCertificate("it").getEncoded());
        pem(
                folder.resolve(name + ".key"),
                "PRIVATE KEY",
                store.getKey("it", PASSWORD).getEncoded());
        return store;
    }

    /** The same, of a certificate that expired a week ago. */
    public static KeyStore makeExpired(Path folder, String name) throws Exception {
        generate(folder.resolve(name + ".p12"), name, "EC", "-startdate", "-9d");
        return written(folder, name);
    }

    private static void generate(Path file, String name, String algorithm, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", "it"));
        command.addAll(List.of("-keyalg", algorithm, "-validity", "2", "-dname", "CN=" + name));
        command.addAll(List.of("-ext", "SAN=dns:localhost", "-storetype", "PKCS12", "-storepass", "changeit"));
        command.addAll(List.of("-keystore", file.toString()));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command).inheritIO().start();
        if (process.waitFor() != 0) {
            throw new IOException("keytool failed");
        }
    }

    private static void pem(Path file, String type, byte[] content) throws IOException {
        String base64 =
                Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.UTF_8)).encodeToString(content);
        Files.writeString(file, "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n");
    }

    /** A TLS context of one store, which trusts the other. */
    public static SSLContext tls(KeyStore own, KeyStore trusted) throws GeneralSecurityException, IOException {
        KeyStore authorities = KeyStore.getInstance("PKCS12");
        authorities.load(null, null);
        authorities.setCertificateEntry("it", trusted.getCertificate("it"));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, PASSWORD);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(authorities);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
