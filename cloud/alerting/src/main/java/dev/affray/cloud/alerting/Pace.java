package dev.affray.cloud.alerting;

import dev.affray.cloud.state.CounterStore;
import dev.affray.cloud.state.Step;
import dev.affray.frame.Line;
import dev.affray.incident.Incident;
import java.time.Duration;
import java.time.Instant;

/**
 * How much goes out, by each channel for itself. There is no cool-down: a new fight goes out at once, whatever went out just before. Only when there are very
 * many does the rest wait for a digest; half of the room is kept for the beginnings of live fights. What people did (took charge, muted) is never held back.
 *
 * <p>Besides, no more than a few messages go in any one second, see {@link Policy#aSecond}.
 */
final class Pace {
    /** What the numbers of {@link Policy} count in. */
    static final Duration WINDOW = Duration.ofMinutes(10);

    /** Digests are made for spans of this length. */
    static final Duration DIGEST = Duration.ofMinutes(2);

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final CounterStore counters;
    private final Policy policy;

    Pace(CounterStore counters, Policy policy) {
        this.counters = counters;
        this.policy = policy;
    }

    /** What may become of a message now. */
    sealed interface Room {
        /** It may go. */
        record Free() implements Room {}

        /** This second is full. */
        record NextSecond() implements Room {}

        /** It goes with the digest that is due then. */
        record Digest(Instant due) implements Room {}
    }

    /** Takes the room for a message, where there is any. */
    Room take(Channel channel, Incident incident, Step step, Instant now) {
        if (!counters.take(second(channel), SECOND, policy.aSecond(), now)) {
            return new Room.NextSecond();
        }
        if (!isCounted(step)) {
            return new Room.Free();
        }
        if (!counters.take(camera(channel, incident), WINDOW, share(policy.perCamera(), incident, step), now)) {
            return new Room.Digest(nextDigest(now));
        }
        if (!counters.take(all(channel), WINDOW, share(policy.all(), incident, step), now)) {
            counters.giveBack(camera(channel, incident), WINDOW, now);
            return new Room.Digest(nextDigest(now));
        }
        return new Room.Free();
    }

    /** Gives the room back, of a message that did not go. */
    void giveBack(Channel channel, Incident incident, Step step, Instant taken) {
        if (isCounted(step)) {
            counters.giveBack(camera(channel, incident), WINDOW, taken);
            counters.giveBack(all(channel), WINDOW, taken);
        }
    }

    private static boolean isCounted(Step step) {
        return switch (step) {
            case OPENED, RAISED, CLOSED -> true;
            case ESCALATED, ACKNOWLEDGED, FALSE_ALARM, MUTED, UNMUTED -> false;
        };
    }

    private static int share(int most, Incident incident, Step step) {
        boolean first = step == Step.OPENED && incident.line() == Line.LIVE;
        return first ? most : most / 2;
    }

    private static Instant nextDigest(Instant now) {
        long millis = DIGEST.toMillis();
        return Instant.ofEpochMilli((Math.floorDiv(now.toEpochMilli(), millis) + 1) * millis);
    }

    private static String second(Channel channel) {
        return "second " + channel.name();
    }

    private static String camera(Channel channel, Incident incident) {
        return "camera " + channel.name() + " " + incident.camera();
    }

    private static String all(Channel channel) {
        return "all " + channel.name();
    }
}
