package dev.affray.cloud.alerting.webhook;

import dev.affray.cloud.alerting.Message;
import dev.affray.cloud.alerting.Publisher;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Posts messages to one target. The receipt is the status of its answer, whose body is not read. */
final class WebhookPublisher implements Publisher {
    private static final Logger log = LoggerFactory.getLogger(WebhookPublisher.class);
    private static final int GONE = 410;

    private final HttpClient client;
    private final Duration total;
    private final WebhookTarget target;
    private final WebhookSecret secret;
    private final Function<Message, String> document;
    private final Clock clock;
    private volatile boolean gone;
    private volatile Instant notBefore = Instant.MIN;

    WebhookPublisher(
            HttpClient client,
            Duration total,
            WebhookTarget target,
            WebhookSecret secret,
            Function<Message, String> document,
            Clock clock) {
        this.client = client;
        this.total = total;
        this.target = target;
        this.secret = secret;
        this.document = document;
        this.clock = clock;
    }

    @Override
    public String publish(Message message) throws PublishException {
        Duration rest = Duration.between(clock.instant(), notBefore.isAfter(Instant.EPOCH) ? notBefore : Instant.EPOCH);
        if (gone) {
            return givenUp(message);
        }
        if (rest.isPositive()) {
            throw refused(Reason.UNAVAILABLE, "asked to be left alone for " + rest.toSeconds() + " more seconds");
        }
        HttpResponse<?> answer = send(request(message));
        int status = answer.statusCode();
        if (status / 100 == 2) {
            return "HTTP " + status;
        }
        if (status == GONE) {
            gone = true;
            log.error("webhook {} answered 410 Gone: it gets nothing more until the next start", target);
            return givenUp(message);
        }
        throw switch (status / 100) {
            case 3 ->
                refused(
                        Reason.UNAVAILABLE,
                        "answered " + status + ": redirects are not followed, so name the URL it leads to");
            case 4 ->
                status == 408 || status == 425 || status == 429
                        ? unavailable(answer)
                        : refused(Reason.UNFIT, "does not take this message: it answered " + status);
            default -> unavailable(answer);
        };
    }

    private String givenUp(Message message) {
        log.warn("webhook {} does not get {}: it answered 410 Gone", target, message.id());
        return "given up: 410 Gone";
    }

    private HttpRequest request(Message message) {
        String body = document.apply(message);
        long now = clock.instant().getEpochSecond();
        return HttpRequest.newBuilder(target.url())
                .timeout(total)
                .header("content-type", "application/json")
                .header("user-agent", "Affray")
                .header("webhook-id", message.id())
                .header("webhook-timestamp", Long.toString(now))
                .header("webhook-signature", secret.sign(message.id(), now, body))
                .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8))
                .build();
    }

    private HttpResponse<?> send(HttpRequest request) throws PublishException {
        try {
            HttpResponse<java.io.InputStream> answer = client.send(request, BodyHandlers.ofInputStream());
            // The status is all that counts; a body may come slowly, or never end.
            answer.body().close();
            return answer;
        } catch (IOException e) {
            throw isUnconnected(e)
                    ? failed(Reason.UNAVAILABLE, "cannot be reached", e)
                    : failed(Reason.UNANSWERED, "gave no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(Reason.UNANSWERED, "was not waited for", e);
        }
    }

    private PublishException unavailable(HttpResponse<?> answer) {
        Duration rest = RetryAfter.of(answer, clock.instant());
        notBefore = clock.instant().plus(rest);
        return refused(
                Reason.UNAVAILABLE,
                "answered " + answer.statusCode()
                        + (rest.isPositive() ? " and is left alone for " + rest.toSeconds() + " seconds" : ""));
    }

    private PublishException refused(Reason reason, String text) {
        return failed(reason, text, new IOException(text));
    }

    private PublishException failed(Reason reason, String text, Exception cause) {
        String told = cause instanceof IOException
                        && !String.valueOf(cause.getMessage()).equals(text)
                ? text + ": " + cause
                : text;
        return new PublishException(reason, "webhook " + target + " " + told, cause);
    }

    private static boolean isUnconnected(Throwable e) {
        return Stream.iterate(e, c -> c != null, Throwable::getCause)
                .limit(10)
                .anyMatch(c -> c instanceof ConnectException
                        || c instanceof HttpConnectTimeoutException
                        || c instanceof SSLHandshakeException);
    }
}
