package dev.affray.cloud.alerting.webhook;

import dev.affray.cloud.alerting.Message;
import dev.affray.cloud.alerting.Publisher;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/** What all webhooks share: the connections. They trust what Java trusts, and follow no redirect, which could lead a signed message anywhere. Thread-safe. */
public final class Webhooks implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(2);

    /** Connecting included: well within the lease of a claim. */
    private static final Duration TOTAL = Duration.ofSeconds(8);

    private final HttpClient client;
    private final Function<Message, String> document;
    private final Clock clock;
    private final Duration total;

    /** @param document a message as the JSON that is posted */
    public Webhooks(Function<Message, String> document, Clock clock) {
        this(document, clock, builder(CONNECT).build(), TOTAL);
    }

    private Webhooks(Function<Message, String> document, Clock clock, HttpClient client, Duration total) {
        this.document = document;
        this.clock = clock;
        this.client = client;
        this.total = total;
    }

    /** One that trusts others and waits for less. */
    static Webhooks trusting(
            SSLContext trusted, Duration connect, Duration total, Function<Message, String> document, Clock clock) {
        return new Webhooks(
                document, clock, builder(connect).sslContext(trusted).build(), total);
    }

    private static HttpClient.Builder builder(Duration connect) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(connect)
                .followRedirects(HttpClient.Redirect.NEVER);
    }

    /** What posts to one target. */
    public Publisher to(WebhookTarget target, WebhookSecret secret) {
        return new WebhookPublisher(client, total, target, secret, document, clock);
    }

    /** Ends what is under way. */
    @Override
    public void close() {
        client.shutdownNow();
    }
}
