package dev.affray.agent.capture;

import dev.affray.agent.iot.Certificates;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLServerSocket;

/** A TLS server that hands what it decrypts to a server without TLS: makes a secure camera of a plain one. */
final class TlsFront implements AutoCloseable {
    /** Bytes that anyone said through TLS. */
    final AtomicInteger heard = new AtomicInteger();

    private final SSLServerSocket server;
    private final KeyStore identity;
    private final int behind;

    private TlsFront(SSLServerSocket server, KeyStore identity, int behind) {
        this.server = server;
        this.identity = identity;
        this.behind = behind;
    }

    /** Shows a self-signed certificate made out to localhost alone. */
    static TlsFront before(int port, Path folder) throws Exception {
        KeyStore identity = Certificates.make(folder, "camera", "EC");
        SSLServerSocket server = (SSLServerSocket) Certificates.tls(identity, identity)
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        TlsFront front = new TlsFront(server, identity, port);
        Thread.ofVirtual().start(front::accept);
        return front;
    }

    int port() {
        return server.getLocalPort();
    }

    /** Of its certificate, in lower case without colons. */
    String fingerprint() throws Exception {
        byte[] certificate = identity.getCertificate("it").getEncoded();
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket plain = new Socket(InetAddress.getLoopbackAddress(), behind)) {
            Thread.ofVirtual().start(() -> copy(plain, client, new AtomicInteger()));
            copy(client, plain, heard);
        } catch (IOException e) {
            // Either side closed.
        }
    }

    private static void copy(Socket from, Socket to, AtomicInteger counter) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            byte[] some = new byte[8192];
            int length = in.read(some);
            while (length >= 0) {
                counter.addAndGet(length);
                to.getOutputStream().write(some, 0, length);
                length = in.read(some);
            }
        } catch (IOException e) {
            // Either side closed.
        }
    }
}
