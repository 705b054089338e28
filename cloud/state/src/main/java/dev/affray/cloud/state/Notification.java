package dev.affray.cloud.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One message: about one step of one incident, to one channel.
 *
 * @param key which
 * @param attempts how often somebody claimed it; above 1 it may have gone out more than once
 * @param lead the incident of which this message was an update; absent where it stood for itself
 * @param due it waits until then, by the cloud's clock; absent where it does not wait
 * @param outcome how it ended; absent until then
 * @param settledAt when it ended, by the cloud's clock; absent until then
 * @param receipt what the publisher returned for it, such as a message id, or what else became of it; absent until it ended
 */
public record Notification(
        Key key,
        int attempts,
        @Nullable String lead,
        @Nullable Instant due,
        @Nullable Outcome outcome,
        @Nullable Instant settledAt,
        @Nullable String receipt) {
    /**
     * What makes a message one.
     *
     * @param incident the incident's id; of a mute the mute's
     * @param step what is announced
     * @param channel by which way
     */
    public record Key(String incident, Step step, String channel) {
        @Override
        public String toString() {
            return incident + " " + step + " " + channel;
        }
    }

    /** How a message ended. */
    public enum Outcome {
        /** It was handed over. */
        SENT,
        /** It was held back for a while, and told among others in one message. */
        DIGESTED,
        /** Its incident turned out to be part of another that was announced, or to contain one. */
        AS_ANOTHER,
        /** Nobody took it for so long that it was given up. */
        GIVEN_UP,
        /** Its camera was muted until the incident was over. */
        MUTED,
        /** What it would have said was said by another message, or there was no more need. */
        NOT_NEEDED
    }

    /** The incident's id; of a mute the mute's. */
    public String incident() {
        return key.incident();
    }

    /** What is announced. */
    public Step step() {
        return key.step();
    }

    /** By which way. */
    public String channel() {
        return key.channel();
    }

    /** Whether people were told. */
    public boolean isTold() {
        return outcome == Outcome.SENT || outcome == Outcome.DIGESTED;
    }

    /** Whether it ended, in whichever way. */
    public boolean isSettled() {
        return outcome != null;
    }
}
