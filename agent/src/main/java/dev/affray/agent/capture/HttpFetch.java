package dev.affray.agent.capture;

import dev.affray.agent.capture.CaptureSource.Stream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Asks a camera over HTTP or HTTPS, with its login where it wants one. A redirect is followed on the camera's own host only, and never out of HTTPS. A
 * connection whose answer was read to its end is used once more. Thread-safe.
 */
final class HttpFetch implements AutoCloseable {
    private static final int MAX_REDIRECTS = 5;

    private final int timeoutMillis;
    private final Encounter encounter;
    private final Optional<SignIn> signIn;
    private final SSLContext trust;
    private final Sockets sockets = new Sockets();
    private final AtomicReference<@Nullable HttpConnection> idle = new AtomicReference<>();

    /** A camera that sends elsewhere. The message is for people. */
    static final class RedirectException extends IOException {
        private static final long serialVersionUID = 1;

        RedirectException(String message) {
            super(message);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }

    /** @param timeout how long connecting may take, and each step of a TLS handshake */
    HttpFetch(Stream stream, Duration timeout, Encounter encounter) {
        this.encounter = encounter;
        timeoutMillis = (int) timeout.toMillis();
        signIn = stream.login().map(SignIn::new);
        trust = CameraTrust.context(stream.fingerprint(), encounter);
    }

    /**
     * The answer to a GET, once its head is there; whoever asks gives it to {@link #done}.
     *
     * @param range a range of bytes as the header has it; may be empty
     * @param ends whether to wait no longer, for the head and then for the body: an {@link InterruptedIOException} says so
     */
    HttpAnswer get(URI asked, Optional<String> range, BooleanSupplier ends) throws IOException {
        URI uri = asked;
        int redirects = 0;
        int attempts = 0;
        while (true) {
            HttpAnswer answer = send(uri, range, ends);
            try {
                List<String> challenges = answer.headers("WWW-Authenticate");
                if (answer.status() == 401) {
                    encounter.challenged(challenges);
                }
                if (answer.status() == 401 && signIn.isPresent() && signIn.get().challenged(challenges, attempts)) {
                    attempts++;
                } else if (answer.status() / 100 == 3 && answer.status() != 304) {
                    redirects++;
                    uri = next(uri, answer.header("Location").orElse(""), redirects);
                } else {
                    return answer;
                }
            } catch (IOException | RuntimeException e) {
                answer.close();
                throw e;
            }
            done(answer);
        }
    }

    /** Lets go of an answer. */
    void done(HttpAnswer answer) throws IOException {
        Optional<HttpConnection> connection = answer.reusable();
        if (connection.isEmpty()) {
            answer.close();
            return;
        }
        HttpConnection other = idle.getAndSet(connection.get());
        if (other != null) {
            other.close();
        }
    }

    private static URI next(URI from, String location, int redirects) throws RedirectException {
        if (redirects > MAX_REDIRECTS) {
            throw new RedirectException("the camera redirects again and again");
        }
        URI to;
        try {
            to = from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new RedirectException(Redirects.refused(location));
        }
        boolean safe = "https".equalsIgnoreCase(to.getScheme())
                || ("http".equalsIgnoreCase(to.getScheme()) && "http".equalsIgnoreCase(from.getScheme()));
        if (!safe || !from.getHost().equalsIgnoreCase(to.getHost()) || to.getRawUserInfo() != null) {
            throw new RedirectException(Redirects.refused(to.toString()));
        }
        return to;
    }

    private HttpAnswer send(URI uri, Optional<String> range, BooleanSupplier ends) throws IOException {
        HttpConnection kept = idle.getAndSet(null);
        if (kept != null && kept.leadsTo(uri)) {
            try {
                kept.endsWhen(ends);
                return ask(kept, uri, range);
            } catch (IOException e) {
                if (kept.answers() || e instanceof InterruptedIOException) {
                    throw e;
                }
                // The camera had closed it meanwhile.
            }
        } else if (kept != null) {
            kept.close();
        }
        return ask(HttpConnection.open(uri, sockets, trust, timeoutMillis, ends), uri, range);
    }

    private HttpAnswer ask(HttpConnection connection, URI asked, Optional<String> range) throws IOException {
        URI uri = URI.create(asked.toASCIIString());
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String target = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
        StringBuilder request = new StringBuilder("GET " + target + " HTTP/1.1\r\nHost: " + uri.getRawAuthority());
        request.append("\r\nUser-Agent: Affray\r\n");
        range.ifPresent(r -> request.append("Range: " + r + "\r\n"));
        signIn.flatMap(s -> s.authorization("GET", target))
                .ifPresent(a -> request.append("Authorization: " + a + "\r\n"));
        try {
            return connection.ask(request + "\r\n");
        } catch (IOException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** What is to be closed so that no call waits any longer. */
    Sockets sockets() {
        return sockets;
    }

    @Override
    public void close() {
        sockets.close();
    }
}
