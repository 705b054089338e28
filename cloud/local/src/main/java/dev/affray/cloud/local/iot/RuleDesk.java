package dev.affray.cloud.local.iot;

/** Hands messages to the rules through a lane, so that a slow rule never holds the broker up. */
final class RuleDesk {
    private final Lane lane;
    private final Rules rules;

    RuleDesk(Lane lane, Rules rules) {
        this.lane = lane;
        this.rules = rules;
    }

    void message(String topic, byte[] payload) {
        var _ = lane.offer(() -> rules.message(topic, payload));
    }

    void documents(String thing, String name, byte[] documents) {
        var _ = lane.offer(() -> rules.shadowDocuments(thing, name, documents));
    }
}
