package dev.affray.agent.capture;

import dev.affray.agent.capture.CaptureSource.Stream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks a camera over HTTP or HTTPS, with its login where it wants one. A redirect is followed on the camera's own host only, and never out of HTTPS.
 * Thread-safe.
 */
final class HttpFetch implements AutoCloseable {
    private static final int MAX_REDIRECTS = 5;

    private final Duration timeout;
    private final Encounter encounter;
    private final Optional<SignIn> signIn;
    private final HttpClient client;

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

    HttpFetch(Stream stream, Duration timeout, Encounter encounter) {
        this.encounter = encounter;
        this.timeout = timeout;
        signIn = stream.login().map(SignIn::new);
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout)
                .sslContext(CameraTrust.context(stream.fingerprint(), encounter))
                .build();
    }

    /**
     * The answer to a GET, once its head is there; whoever asks closes its body.
     *
     * @param range a range of bytes as the header has it; may be empty
     */
    HttpResponse<InputStream> get(URI asked, Optional<String> range) throws IOException, InterruptedException {
        URI uri = asked;
        int redirects = 0;
        int attempts = 0;
        while (true) {
            HttpResponse<InputStream> answer = send(uri, range);
            int status = answer.statusCode();
            if (status == 401) {
                encounter.challenged(answer.headers().allValues("WWW-Authenticate"));
            }
            if (status == 401
                    && signIn.isPresent()
                    && signIn.get().challenged(answer.headers().allValues("WWW-Authenticate"), attempts)) {
                attempts++;
            } else if (status / 100 == 3 && status != 304) {
                redirects++;
                uri = next(uri, answer.headers().firstValue("Location").orElse(""), redirects);
            } else {
                return answer;
            }
            answer.body().close();
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

    /** The client's own time-out would end bodies too, from Java 26 on. */
    private HttpResponse<InputStream> send(URI uri, Optional<String> range) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("User-Agent", "Affray");
        range.ifPresent(r -> request.header("Range", r));
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String target = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
        signIn.flatMap(s -> s.authorization("GET", target)).ifPresent(a -> request.header("Authorization", a));
        CompletableFuture<HttpResponse<InputStream>> answer =
                client.sendAsync(request.build(), BodyHandlers.ofInputStream());
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new SocketTimeoutException("no answer");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException known ? known : new IOException(e.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
