package dev.affray.agent.iot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.document.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * AWS credentials for the gateway's certificate, from the AWS IoT credentials provider. They are fetched when first asked for and again five minutes
 * before they expire (or at half their life, where that is shorter than ten minutes); while a new fetch fails, the old ones serve as long as they
 * last, and another is tried twice a minute at most. Their life is measured by the monotonic clock from the endpoint's own time, so a wrong clock here does no harm. Thread-safe; one fetch at a time.
 */
public final class CredentialsEndpoint implements AwsCredentialsProvider, AutoCloseable {
    private static final Duration AHEAD = Duration.ofMinutes(5);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private record Held(AwsSessionCredentials credentials, long sinceNanos, long refreshNanos, long expiryNanos) {}

    private volatile HttpClient http;
    private final HttpRequest request;
    private final Clock clock;
    private final Duration patience;
    private @Nullable Held held;
    private long forcedNanos;
    private boolean forcedBefore;
    private volatile @Nullable Long skewMillis;

    /** @throws IOException when the certificate or key cannot be used; nothing is connected yet */
    public CredentialsEndpoint(CredentialsSource source, String thing, IotEndpoint identity, Clock clock)
            throws IOException {
        this(source, thing, identity, clock, PATIENCE);
    }

    /** @param patience for connecting, and for the answer to begin; its end is waited for as long again */
    public CredentialsEndpoint(
            CredentialsSource source, String thing, IotEndpoint identity, Clock clock, Duration patience)
            throws IOException {
        this.patience = patience;
        this.http = client(identity);
        URI uri = source.endpoint().resolve("/role-aliases/" + source.roleAlias() + "/credentials");
        this.request = HttpRequest.newBuilder(uri)
                .header("x-amzn-iot-thingname", thing)
                .timeout(patience)
                .build();
        this.clock = clock;
    }

    private HttpClient client(IotEndpoint identity) throws IOException {
        return HttpClient.newBuilder()
                .sslContext(Identity.tls(identity))
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(patience)
                .build();
    }

    /**
     * Asks by another identity from now on.
     *
     * @throws IOException when its certificate or key cannot be used; then by the old one
     */
    synchronized void use(IotEndpoint identity) throws IOException {
        HttpClient old = http;
        http = client(identity);
        old.shutdownNow();
    }

    /** @throws SdkClientException when there are none, saying why without saying a secret */
    @Override
    public synchronized AwsCredentials resolveCredentials() {
        long now = System.nanoTime();
        Held current = held;
        if (current != null && now - current.refreshNanos() < 0 && now - current.expiryNanos() < 0) {
            return current.credentials();
        }
        try {
            Held fetched = fetch();
            held = fetched;
            return fetched.credentials();
        } catch (IOException e) {
            if (current != null && now - current.expiryNanos() < 0) {
                held = new Held(
                        current.credentials(),
                        current.sinceNanos(),
                        System.nanoTime() + PAUSE.toNanos(),
                        current.expiryNanos());
                return current.credentials();
            }
            throw SdkClientException.create("no credentials: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SdkClientException.create("no credentials: interrupted");
        }
    }

    /**
     * Sees to it that there are credentials now.
     *
     * @throws IOException when there are none, saying why without saying a secret
     */
    public void require() throws IOException {
        try {
            AwsCredentials _ = resolveCredentials();
        } catch (SdkClientException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /**
     * The service refused a request that began at this {@link System#nanoTime} for its credentials: others are fetched when they are next asked for,
     * whatever the expiry of these says, but so not more than twice a minute.
     *
     * @return whether asking will give others
     */
    public synchronized boolean refused(long beganNanos) {
        Held current = held;
        if (current == null || current.sinceNanos() - beganNanos > 0) {
            return true;
        }
        long now = System.nanoTime();
        if (forcedBefore && now - forcedNanos < PAUSE.toNanos()) {
            return false;
        }
        forcedBefore = true;
        forcedNanos = now;
        held = new Held(current.credentials(), current.sinceNanos(), now, current.expiryNanos());
        return true;
    }

    /** For how long the credentials in hand are still good; empty before the first ones. */
    public synchronized Optional<Duration> lifeLeft() {
        return Optional.ofNullable(held).map(h -> Duration.ofNanos(h.expiryNanos() - System.nanoTime()));
    }

    /** This machine's clock minus the endpoint's, to about a second; null before the first answer. */
    public @Nullable Long clockSkewMillis() {
        return skewMillis;
    }

    private Held fetch() throws IOException, InterruptedException {
        HttpResponse<byte[]> response = send();
        long answeredNanos = System.nanoTime();
        Instant here = clock.instant();
        Instant there = date(response).orElse(here);
        skewMillis = Duration.between(there, here).toMillis();
        if (response.statusCode() != 200) {
            throw new IOException("the credentials endpoint answered " + response.statusCode());
        }
        return held(response.body(), there, answeredNanos);
    }

    /** The request's own time-out ends with the headers; an answer that stops in its middle must not hold up every upload. */
    private HttpResponse<byte[]> send() throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
        try {
            return answer.get(2 * patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw failed(e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("the credentials endpoint did not finish its answer");
        } finally {
            answer.cancel(true);
        }
    }

    private static IOException failed(@Nullable Throwable e) {
        if (e instanceof SSLException) {
            return new IOException("TLS with the credentials endpoint failed: " + e.getMessage());
        }
        String why = e == null || e.getMessage() == null ? String.valueOf(e) : e.getMessage();
        return new IOException("the credentials endpoint cannot be reached: " + why);
    }

    private static Held held(byte[] body, Instant there, long answeredNanos) throws IOException {
        try {
            JsonNode node = Json.tree(body).path("credentials");
            AwsSessionCredentials credentials = AwsSessionCredentials.create(
                    text(node, "accessKeyId"), text(node, "secretAccessKey"), text(node, "sessionToken"));
            long life = Duration.between(there, Instant.parse(text(node, "expiration")))
                    .toNanos();
            long ahead = Math.min(AHEAD.toNanos(), life / 2);
            return new Held(credentials, answeredNanos, answeredNanos + life - ahead, answeredNanos + life);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IOException("the credentials endpoint's answer cannot be read");
        }
    }

    private static String text(JsonNode node, String field) {
        String text = node.path(field).asText();
        if (text.isEmpty()) {
            throw new IllegalArgumentException(field);
        }
        return text;
    }

    private static Optional<Instant> date(HttpResponse<?> response) {
        return response.headers().firstValue("Date").flatMap(text -> {
            try {
                return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant());
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        });
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    @Override
    public String toString() {
        return "CredentialsEndpoint[" + request.uri() + "]";
    }
}
