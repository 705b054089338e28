package dev.affray.agent.capture;

import dev.affray.agent.capture.CaptureSource.Stream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** The sockets of one connection to a camera, closed together. Thread-safe. */
final class Sockets implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int RTSP_PORT = 554;
    private static final int RTSPS_PORT = 322;

    private final Set<Closeable> open = new LinkedHashSet<>();
    private boolean closed;

    /** What nobody can guess: 128 bits. */
    static String token() {
        byte[] random = new byte[16];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /** From now on it is closed with the others, at once where they are closed already. */
    synchronized void own(Closeable socket) throws IOException {
        if (closed) {
            socket.close();
            throw new SocketException("closed");
        }
        open.add(socket);
    }

    /** It is closed already. */
    synchronized void disown(Closeable socket) {
        open.remove(socket);
    }

    /** Connects to the camera of an RTSP stream; over TLS, when it is the one that was meant. */
    Socket connect(Stream stream, int timeoutMillis, Encounter encounter) throws IOException {
        boolean secure = stream.scheme().equals("rtsps");
        int port = stream.url().getPort();
        if (port < 0) {
            port = secure ? RTSPS_PORT : RTSP_PORT;
        }
        Optional<SSLContext> trust =
                secure ? Optional.of(CameraTrust.context(stream.fingerprint(), encounter)) : Optional.empty();
        return connect(stream.url().getHost(), port, trust, timeoutMillis);
    }

    /**
     * Connects to a camera.
     *
     * @param trust says by TLS whether it is the one that was meant; without one there is no TLS
     */
    Socket connect(String named, int port, Optional<SSLContext> trust, int timeoutMillis) throws IOException {
        String host = named.replaceAll("[\\[\\]]", "");
        Socket plain = new Socket();
        own(plain);
        plain.setTcpNoDelay(true);
        plain.connect(new InetSocketAddress(host, port), timeoutMillis);
        if (trust.isEmpty()) {
            return plain;
        }
        plain.setSoTimeout(timeoutMillis);
        SSLSocket socket = (SSLSocket) trust.get().getSocketFactory().createSocket(plain, host, port, true);
        own(socket);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        socket.setSoTimeout(0);
        return socket;
    }

    /** Why there is no connection, in words for a person. */
    static String reason(Throwable failure, int timeoutMillis) {
        return CameraTrust.UntrustedException.in(failure).orElseGet(() -> switch (failure) {
            case InterruptedIOException _ -> "timed out after " + timeoutMillis / 1000 + " s";
            case UnknownHostException _ -> "the host name cannot be resolved";
            case ConnectException e -> lower(e);
            case SSLException e -> "no secure connection: " + lower(e);
            default -> "no connection: " + lower(failure);
        });
    }

    private static String lower(Throwable failure) {
        return String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    }

    @Override
    public synchronized void close() {
        closed = true;
        for (Closeable socket : open) {
            try {
                socket.close();
            } catch (IOException e) {
                // There is nothing left to do with it.
            }
        }
        open.clear();
    }
}
