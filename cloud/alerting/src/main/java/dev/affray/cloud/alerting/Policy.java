package dev.affray.cloud.alerting;

import java.time.Duration;
import java.util.Optional;

/**
 * What holds for all cameras.
 *
 * @param escalateAfter how long a fight may be without anybody in charge before others are told; absent for no escalation
 * @param perCamera how many messages about one camera go by one channel within {@link Pace#WINDOW}, before the rest goes as a digest
 * @param all the same for all cameras together
 * @param aSecond how many messages go by one channel within a second, before the others wait for the next. Amazon SNS delivers ten a second to an e-mail
 *     address and suspends the subscription of one that gets more; seconds that follow each other may double the number here
 */
public record Policy(Optional<Duration> escalateAfter, int perCamera, int all, int aSecond) {
    /** No escalation; ten messages a camera and forty altogether, in ten minutes and by each channel. */
    public static final Policy DEFAULT = new Policy(Optional.empty(), 10, 40, 5);

    /** @throws IllegalArgumentException when a number is too small to tell anything */
    public Policy {
        if (escalateAfter.isPresent() && escalateAfter.get().isNegative()) {
            throw new IllegalArgumentException("escalateAfter " + escalateAfter.get() + " is negative");
        }
        if (aSecond < 1) {
            throw new IllegalArgumentException("aSecond " + aSecond + " is less than 1");
        }
        if (perCamera < 2 || all < perCamera) {
            throw new IllegalArgumentException(
                    "at least 2 messages a camera, and for all no fewer; not " + perCamera + " and " + all);
        }
    }

    /** The same with escalations. */
    public Policy escalatingAfter(Duration after) {
        return new Policy(Optional.of(after), perCamera, all, aSecond);
    }
}
