package dev.affray.cloud.alerting;

import java.util.List;

/**
 * What was held back because too much was going out, told in one message.
 *
 * @param alerts what was held back, at least one, by the time it speaks of
 */
public record Digest(List<Alert> alerts) implements Message {
    /** @throws IllegalArgumentException when there is nothing to tell */
    public Digest {
        if (alerts.isEmpty()) {
            throw new IllegalArgumentException("a digest of nothing");
        }
        alerts = List.copyOf(alerts);
    }

    @Override
    public String id() {
        return alerts.getFirst().id() + "-digest";
    }
}
