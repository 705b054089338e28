package dev.affray.agent.command;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** How many commands are begun in a minute. Thread-safe. */
final class Rates {
    static final int OF_A_CAMERA = 6;
    static final int OF_THE_GATEWAY = 30;

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final LongSupplier nanos;
    private final TokenBucket gateway;
    private final Map<String, TokenBucket> cameras = new ConcurrentHashMap<>();

    /** @param nanos a monotonic clock */
    Rates(LongSupplier nanos) {
        this.nanos = nanos;
        this.gateway = new TokenBucket(OF_THE_GATEWAY, MINUTE, nanos);
    }

    /**
     * Counts a command.
     *
     * @param camera one that this gateway serves: each is remembered
     * @return why it is one too many; empty where it is not
     */
    Optional<String> count(String camera) {
        TokenBucket own = cameras.computeIfAbsent(camera, _ -> new TokenBucket(OF_A_CAMERA, MINUTE, nanos));
        if (!own.take()) {
            return Optional.of(tooMany(OF_A_CAMERA, "a camera", own));
        }
        return gateway.take() ? Optional.empty() : Optional.of(tooMany(OF_THE_GATEWAY, "a gateway", gateway));
    }

    private static String tooMany(int most, String whose, TokenBucket bucket) {
        return "too many commands: " + most + " a minute is the most for " + whose + "; try again in "
                + (bucket.untilNext().toSeconds() + 1) + " s";
    }
}
