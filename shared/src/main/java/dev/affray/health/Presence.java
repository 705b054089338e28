package dev.affray.health;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether a gateway is there, on {@code affray/{thing}/presence}: published online after connecting, offline on a clean stop, and offline by the
 * broker as the last will. The will is written before it is needed, so it carries no time.
 *
 * @param online whether it is there
 * @param at when, by the gateway's clock; absent in the last will
 */
public record Presence(boolean online, @Nullable Instant at) {
    /** The topic of a gateway's presence. */
    public static String topic(String thing) {
        return "affray/" + thing + "/presence";
    }
}
