package dev.affray.agent.iot;

import dev.affray.agent.health.Trouble;
import dev.affray.agent.identity.FreshKey;
import dev.affray.agent.identity.IdentityFolder;
import dev.affray.agent.identity.IdentityStore;
import dev.affray.agent.identity.RenewalRules;
import dev.affray.health.CertificateHealth;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews the gateway's certificate in time, without anybody's help.
 *
 * <pre>
 * due -> new key, made here -> certificate for it, registered over the connection there is
 *     -> the connection is made anew with it -> it stands: adopted, the old one is deleted
 *                                            -> it does not: back to the old one, the new one is deleted, later again
 * </pre>
 *
 * All of it happens on one thread of its own.
 */
public final class CertificateRenewal implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CertificateRenewal.class);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(6);
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String thing;
    private final IotEndpoint broker;
    private final RenewalRules rules;
    private final IdentityStore store;
    private final MqttConnection connection;
    private final CredentialsEndpoint credentials;
    private final Clock clock;
    private final Duration patience;
    private volatile @Nullable Attempt last;
    private final Trouble renewing = new Trouble(log, "Renewing the certificate");
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("certificate").daemon().factory());

    private record Attempt(Instant at, @Nullable String problem) {}

    /** @param broker whatever its certificate: the one in force is the store's */
    public CertificateRenewal(
            String thing,
            IotEndpoint broker,
            RenewalRules rules,
            IdentityStore store,
            MqttConnection connection,
            CredentialsEndpoint credentials,
            Clock clock) {
        this(thing, broker, rules, store, connection, credentials, clock, PATIENCE);
    }

    /** @param patience for each answer, and for connecting anew */
    CertificateRenewal(
            String thing,
            IotEndpoint broker,
            RenewalRules rules,
            IdentityStore store,
            MqttConnection connection,
            CredentialsEndpoint credentials,
            Clock clock,
            Duration patience) {
        this.thing = thing;
        this.broker = broker;
        this.rules = rules;
        this.store = store;
        this.connection = connection;
        this.credentials = credentials;
        this.clock = clock;
        this.patience = patience;
    }

    /** Begins to watch, and returns at once. */
    public void start() {
        look(SHORTEST_PAUSE);
    }

    private void look(Duration pause) {
        var _ = thread.schedule(this::watch, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void watch() {
        Duration pause = LONGEST_PAUSE;
        try {
            pause = watched();
        } catch (IOException | RuntimeException e) {
            failed(e.getMessage() == null ? e.toString() : e.getMessage());
        }
        look(pause);
    }

    /** Returns how long to wait before the next look. */
    private Duration watched() throws IOException {
        X509Certificate certificate = store.certificate();
        Instant now = clock.instant();
        Duration left = Duration.between(now, certificate.getNotAfter().toInstant());
        Duration early = Duration.between(now, rules.due(certificate));
        if (early.isPositive()) {
            return bounded(early);
        }
        if (left.isNegative()) {
            failed("it has expired; enroll or provision this gateway anew");
        } else if (!connection.isConnected()) {
            log.debug("The certificate is due for renewal, but there is no connection");
        } else if (renew(certificate)) {
            last = new Attempt(clock.instant(), null);
            renewing.worked();
            left = Duration.between(now, store.certificate().getNotAfter().toInstant());
        }
        return bounded(left.dividedBy(4));
    }

    private void failed(String problem) {
        last = new Attempt(clock.instant(), problem);
        renewing.failed(problem);
    }

    /** The certificate in force, and what came of renewing it; null where it cannot be read. */
    public @Nullable CertificateHealth health() {
        Attempt attempt = last;
        try {
            return new CertificateHealth(
                    store.certificate().getNotAfter().toInstant(),
                    attempt == null ? null : attempt.at().truncatedTo(ChronoUnit.MILLIS),
                    attempt == null ? null : attempt.problem());
        } catch (IOException e) {
            log.debug("The certificate cannot be read", e);
            return null;
        }
    }

    private static Duration bounded(Duration pause) {
        if (pause.compareTo(LONGEST_PAUSE) > 0) {
            return LONGEST_PAUSE;
        }
        return pause.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : pause;
    }

    private boolean renew(X509Certificate old) throws IOException {
        log.info("Renewing the certificate, which ends {}", old.getNotAfter().toInstant());
        IdentityFolder renewed = store.renewed(clock.instant());
        try {
            FreshKey key = renewed.makeKey();
            Provisioned provisioned = connection.renew(key, rules.template(), Map.of(), patience);
            if (!provisioned.thing().equals(thing)) {
                throw new IOException("the certificate was registered for another thing, " + provisioned.thing());
            }
            IotEndpoint next = broker.with(renewed.certificateFile(), renewed.keyFile());
            if (!connection.change(next, patience)) {
                throw new IOException("there was no connection with the new certificate; the old one is in use again");
            }
        } catch (ProvisioningException e) {
            store.discard(renewed);
            failed(String.valueOf(e.getMessage()));
            return false;
        } catch (IOException | RuntimeException e) {
            store.discard(renewed);
            throw e;
        }
        store.adopt(renewed);
        credentials.use(
                broker.with(store.current().certificate(), store.current().key()));
        log.info(
                "The certificate is renewed, until {}",
                store.certificate().getNotAfter().toInstant());
        return true;
    }

    /** Waits for what is under way, some seconds at most. */
    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(patience.toSeconds(), TimeUnit.SECONDS)) {
                log.warn("Renewing the certificate is still under way");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
