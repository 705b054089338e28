package dev.affray.agent.capture;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;

/** A connection to a camera over HTTP or HTTPS, which carries one answer after another. For one thread at a time. */
final class HttpConnection implements Closeable {
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    /** How often a waiting read looks whether it is to end, in milliseconds. */
    private static final int LOOK_MILLIS = 250;

    private final Sockets all;
    private final String origin;
    private final Closeable mine;
    private final BurstInput in;
    private final OutputStream out;
    private volatile BooleanSupplier ends;
    private boolean answers;

    private HttpConnection(Sockets all, Closeable mine, String origin, Socket socket, BooleanSupplier ends)
            throws IOException {
        this.all = all;
        this.mine = mine;
        this.origin = origin;
        this.ends = ends;
        socket.setSoTimeout(LOOK_MILLIS);
        in = new BurstInput(socket.getInputStream(), () -> this.ends.getAsBoolean());
        out = socket.getOutputStream();
    }

    /**
     * Connects.
     *
     * @param all close this connection, too
     * @param trust of HTTPS
     * @param ends whether what waits for the camera is to end
     */
    static HttpConnection open(URI uri, Sockets all, SSLContext trust, int timeoutMillis, BooleanSupplier ends)
            throws IOException {
        boolean secure = "https".equalsIgnoreCase(uri.getScheme());
        int port = uri.getPort() >= 0 ? uri.getPort() : secure ? HTTPS_PORT : HTTP_PORT;
        Sockets sockets = new Sockets();
        Closeable mine = sockets::close;
        all.own(mine);
        try {
            Optional<SSLContext> tls = secure ? Optional.of(trust) : Optional.empty();
            Socket socket = sockets.connect(uri.getHost(), port, tls, timeoutMillis);
            return new HttpConnection(all, mine, origin(uri), socket, ends);
        } catch (IOException | RuntimeException e) {
            mine.close();
            all.disown(mine);
            throw e;
        }
    }

    /** Whether a request for this can be sent by it. */
    boolean leadsTo(URI uri) {
        return origin.equals(origin(uri));
    }

    /** Whether something came for the request sent last. A connection that was kept may be closed at its other end before that. */
    boolean answers() {
        return answers;
    }

    /** What from now on says whether what waits for the camera is to end. */
    void endsWhen(BooleanSupplier told) {
        ends = told;
    }

    /** Sends a request, and waits for the head of its answer. */
    HttpAnswer ask(String request) throws IOException {
        answers = false;
        out.write(request.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        int first = in.read();
        if (first < 0) {
            throw new EOFException("the camera closed it without an answer");
        }
        answers = true;
        return HttpAnswer.read(first, in, this);
    }

    @Override
    public void close() throws IOException {
        mine.close();
        all.disown(mine);
    }

    private static String origin(URI uri) {
        return uri.getScheme() + "://" + uri.getHost() + ":" + uri.getPort();
    }
}
