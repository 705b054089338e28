package dev.affray.cloud.alerting.lambda;

import dev.affray.cloud.function.Environment;
import dev.affray.cloud.state.link.AlertLinks;
import dev.affray.cloud.state.link.secretsmanager.SecretLinkKeys;
import dev.affray.incident.Incident;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.http.SdkHttpClient;

/** The links that messages hold. While their keys cannot be read, messages go without: none waits for a link. Thread-safe. */
final class Links implements BiFunction<Incident, Instant, Optional<URI>> {
    private static final int MOST_DAYS = 365;
    private static final Logger LOG = LoggerFactory.getLogger(Links.class);

    private final Optional<AlertLinks> links;

    private Links(Optional<AlertLinks> links) {
        this.links = links;
    }

    /** Of {@code LINK_BASE_URL}, {@code LINK_SECRET_ARN} and {@code LINK_DAYS}; none where the first two are missing. What is wrong is told to the environment. */
    static Links of(Environment environment, SdkHttpClient http, Clock clock) {
        Optional<String> base = environment.optional("LINK_BASE_URL");
        Optional<String> secret = environment.optional("LINK_SECRET_ARN");
        OptionalInt days = environment.optionalWhole("LINK_DAYS", 1, MOST_DAYS);
        if (base.isEmpty() != secret.isEmpty()) {
            environment.problem("LINK_BASE_URL and LINK_SECRET_ARN go together");
        }
        if (base.isEmpty() || secret.isEmpty()) {
            return new Links(Optional.empty());
        }
        try {
            return new Links(Optional.of(new AlertLinks(
                    URI.create(base.get()),
                    new SecretLinkKeys(SecretLinkKeys.client(http), secret.get(), clock),
                    days.isPresent() ? Duration.ofDays(days.getAsInt()) : AlertLinks.LAST)));
        } catch (IllegalArgumentException e) {
            environment.problem("LINK_BASE_URL: " + e.getMessage());
            return new Links(Optional.empty());
        }
    }

    @Override
    public Optional<URI> apply(Incident incident, Instant now) {
        try {
            return links.map(l -> l.of(incident, now));
        } catch (IllegalStateException e) {
            LOG.warn("incident {} is told without a link: {}", incident.id(), e.getMessage());
            return Optional.empty();
        }
    }
}
