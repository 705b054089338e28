package dev.affray.cloud.alerting;

import java.util.List;

/**
 * What was held back because too much was going out, told in one message.
 *
 * @param alerts what was held back, at least one, by the time it speaks of
 */
public record Digest(List<Alert> alerts) implements Message {
    /** How many of the alerts a message speaks of one by one; of the others it tells the number. So it stays within what SNS takes, 256 KiB. */
    public static final int MOST_TOLD = 50;

    /** @throws IllegalArgumentException when there is nothing to tell */
    public Digest {
        if (alerts.isEmpty()) {
            throw new IllegalArgumentException("a digest of nothing");
        }
        alerts = List.copyOf(alerts);
    }

    /** Those that a message speaks of one by one: the first ones. */
    public List<Alert> told() {
        return alerts.subList(0, Math.min(MOST_TOLD, alerts.size()));
    }

    @Override
    public String id() {
        return alerts.getFirst().id() + "-digest";
    }
}
