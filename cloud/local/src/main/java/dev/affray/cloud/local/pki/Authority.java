package dev.affray.cloud.local.pki;

import dev.affray.frame.CameraId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate authority of this machine, in one folder: {@code ca.pem} and {@code ca.key}, the server's pair beside them, the gateways' pairs under
 * {@code gateways/}. It is made once, at the first start; afterwards a missing or damaged file is an error that names it, because every gateway
 * trusts this authority and no other. Thread-safe.
 */
public final class Authority {
    private static final Logger log = LoggerFactory.getLogger(Authority.class);
    private static final Duration AUTHORITY_LIFETIME = Duration.ofDays(3653);
    private static final Duration SERVER_LIFETIME = Duration.ofDays(1826);
    private static final Duration GATEWAY_LIFETIME = Duration.ofDays(731);
    private static final Duration RENEWED_BEFORE_EXPIRY = Duration.ofDays(366);

    /** The common name of the claim certificate, which no gateway can have. */
    public static final String CLAIM = "affray claim";

    /** How long a certificate is good that a gateway asked for itself. */
    public static final Duration ISSUED_LIFETIME = Duration.ofDays(366);

    private final Path folder;
    private final Clock clock;
    private final KeyPairFiles own;

    private Authority(Path folder, Clock clock, KeyPairFiles own) {
        this.folder = folder;
        this.clock = clock;
        this.own = own;
    }

    /**
     * Opens the authority in a folder, or makes one where the folder is empty or missing.
     *
     * @throws IOException when a file is missing, damaged or expired; the message names it
     */
    public static Authority open(Path folder) throws IOException {
        return open(folder, Clock.systemUTC());
    }

    static Authority open(Path where, Clock clock) throws IOException {
        Path folder = where.toAbsolutePath();
        OwnerOnly.folder(folder);
        Path certificate = folder.resolve("ca.pem");
        Path key = folder.resolve("ca.key");
        if (isUntouched(folder)) {
            create(certificate, key, clock.instant());
        }
        requireBoth(certificate, key);
        KeyPairFiles own = KeyPairFiles.read(certificate, key);
        warnBeforeExpiry(certificate, own.certificate(), clock.instant());
        return new Authority(folder, clock, own);
    }

    /** The file that clients trust. */
    public Path certificatePem() {
        return folder.resolve("ca.pem");
    }

    /**
     * This machine's server certificate, kept from the last start, renewed when it has less than a year to go.
     *
     * @throws IOException when a file is damaged or cannot be written; the message names it
     */
    public synchronized ServerIdentity server() throws IOException {
        Path certificate = folder.resolve("server.pem");
        Path key = folder.resolve("server.key");
        return new ServerIdentity(
                current(certificate, key, (subject, now) -> Issuer.server(own, subject, now, SERVER_LIFETIME)),
                own.certificate());
    }

    /**
     * A gateway's client certificate, issued at the first call for two years and renewed, with the same key, by a call in the second of them. So a
     * process that calls this at its start may run for a year.
     *
     * @throws IllegalArgumentException when the name is not {@link CameraId#NAME_RULE}
     * @throws IOException when a file is damaged or cannot be written; the message names it
     */
    public synchronized GatewayIdentity gateway(String thing) throws IOException {
        requireName(thing);
        Path gateways = folder.resolve("gateways");
        OwnerOnly.folder(gateways);
        Path certificate = gateways.resolve(thing + ".pem");
        Path key = gateways.resolve(thing + ".key");
        KeyPairFiles pair =
                current(certificate, key, (subject, now) -> Issuer.gateway(own, thing, subject, now, GATEWAY_LIFETIME));
        Instant expires = pair.certificate().getNotAfter().toInstant();
        return new GatewayIdentity(thing, certificate, key, certificatePem(), expires);
    }

    /**
     * A client certificate for the key of a signing request; the name in the request does not matter. Nothing of it is kept here until
     * {@link #register}.
     *
     * @param thing whom it is made out to
     * @throws IllegalArgumentException when the request cannot be read, is not signed by its own key, or asks for another kind of key than EC P-256
     */
    public String issue(String signingRequest, String thing, Duration lifetime) {
        requireName(thing);
        PublicKey key = SigningRequest.keyOf(signingRequest);
        X509Certificate certificate = Issuer.gateway(own, thing, key, clock.instant(), lifetime);
        return new String(Pem.of(certificate), StandardCharsets.US_ASCII);
    }

    /** Whether there ever was a gateway of that name here. */
    public synchronized boolean knows(String thing) {
        requireName(thing);
        return Files.exists(folder.resolve("gateways").resolve(thing + ".pem"))
                || Files.exists(folder.resolve("registered").resolve(thing + ".pem"));
    }

    /**
     * Keeps the newest certificate that a gateway asked for itself.
     *
     * @throws IOException when it cannot be written
     */
    public synchronized void register(String thing, String certificatePem) throws IOException {
        requireName(thing);
        Path registered = folder.resolve("registered");
        OwnerOnly.folder(registered);
        OwnerOnly.write(registered.resolve(thing + ".pem"), certificatePem.getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * The certificate that gateways to come share until they have their own: it opens nothing but the way to one. Made at the first call, renewed as
     * a gateway's.
     *
     * @throws IOException when a file is damaged or cannot be written; the message names it
     */
    public synchronized GatewayIdentity claim() throws IOException {
        Path certificate = folder.resolve("claim.pem");
        Path key = folder.resolve("claim.key");
        KeyPairFiles pair =
                current(certificate, key, (subject, now) -> Issuer.gateway(own, CLAIM, subject, now, GATEWAY_LIFETIME));
        Instant expires = pair.certificate().getNotAfter().toInstant();
        return new GatewayIdentity(CLAIM, certificate, key, certificatePem(), expires);
    }

    private static void requireName(String thing) {
        if (!CameraId.isName(thing)) {
            throw new IllegalArgumentException("thing '" + thing + "' is not " + CameraId.NAME_RULE);
        }
    }

    /** The key is written before the certificate and never replaced, so a crash between the two leaves a pair that the next call completes. */
    private KeyPairFiles current(Path certificate, Path key, Signing signing) throws IOException {
        Instant now = clock.instant();
        if (Files.exists(certificate)) {
            KeyPairFiles pair = KeyPairFiles.read(certificate, key);
            requireIssuedHere(certificate, pair.certificate());
            if (!endsSoon(pair.certificate(), now)) {
                return pair;
            }
            log.info(
                    "Renewing {}, which ends {}",
                    certificate,
                    pair.certificate().getNotAfter().toInstant());
            return write(certificate, signing.sign(pair.certificate().getPublicKey(), now), key);
        }
        KeyPair fresh = Issuer.newKey();
        OwnerOnly.write(key, Pem.of(fresh.getPrivate()));
        return write(certificate, signing.sign(fresh.getPublic(), now), key);
    }

    private static KeyPairFiles write(Path file, X509Certificate certificate, Path key) throws IOException {
        OwnerOnly.write(file, Pem.of(certificate));
        return KeyPairFiles.read(file, key);
    }

    private void requireIssuedHere(Path file, X509Certificate certificate) throws IOException {
        try {
            certificate.verify(own.certificate().getPublicKey());
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    file + " was not issued by " + certificatePem()
                            + ": delete it, and its .key, to have it issued anew",
                    e);
        }
    }

    private static void create(Path certificate, Path key, Instant now) throws IOException {
        KeyPair pair = Issuer.newKey();
        OwnerOnly.write(key, Pem.of(pair.getPrivate()));
        OwnerOnly.write(certificate, Pem.of(Issuer.authority(pair, now, AUTHORITY_LIFETIME)));
        log.info("Made this machine's certificate authority in {}", certificate.getParent());
    }

    /** Whether no authority ever worked here; files of others do not matter. */
    private static boolean isUntouched(Path folder) {
        return Stream.of("ca.pem", "ca.key", "server.pem", "server.key", "gateways")
                .map(folder::resolve)
                .noneMatch(Files::exists);
    }

    private static void requireBoth(Path certificate, Path key) throws IOException {
        for (Path file : new Path[] {certificate, key}) {
            if (!Files.exists(file)) {
                throw new IOException(file + " is missing: restore it from a backup, or empty the folder to start a new"
                        + " authority, which makes every certificate issued so far worthless");
            }
        }
    }

    private static void warnBeforeExpiry(Path file, X509Certificate certificate, Instant now) throws IOException {
        Instant end = certificate.getNotAfter().toInstant();
        if (!end.isAfter(now)) {
            throw new IOException(file + " expired " + end
                    + ": empty its folder to start a new authority, and give every" + " gateway its new certificate");
        }
        if (endsSoon(certificate, now)) {
            log.warn("{} ends {}; it is not renewed by itself", file, end);
        }
    }

    private static boolean endsSoon(X509Certificate certificate, Instant now) {
        return certificate.getNotAfter().toInstant().isBefore(now.plus(RENEWED_BEFORE_EXPIRY));
    }

    private interface Signing {
        X509Certificate sign(PublicKey subject, Instant now);
    }
}
