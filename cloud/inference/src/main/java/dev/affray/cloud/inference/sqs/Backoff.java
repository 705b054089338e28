package dev.affray.cloud.inference.sqs;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long a message rests that was put off: five seconds after its first delivery, doubled with each further one, up to 15 minutes; of that, a random part
 * between a half and the whole, so that what was throttled together does not come back together. Thread-safe when its random generator is.
 */
final class Backoff {
    static final Duration FIRST = Duration.ofSeconds(5);
    static final Duration LONGEST = Duration.ofMinutes(15);

    /** Five seconds doubled this often are more than {@link #LONGEST}. */
    private static final int MOST_DOUBLINGS = 8;

    private final RandomGenerator random;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** The rest in whole seconds, at least one. */
    int seconds(int receiveCount) {
        int doublings = Math.clamp(receiveCount - 1L, 0, MOST_DOUBLINGS);
        int most = (int) Math.min(LONGEST.toSeconds(), FIRST.toSeconds() << doublings);
        return random.nextInt(most / 2, most + 1);
    }
}
