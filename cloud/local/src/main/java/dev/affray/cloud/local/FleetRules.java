package dev.affray.cloud.local;

import dev.affray.cloud.fleet.Fleet;
import dev.affray.cloud.local.iot.Rules;

/** What the topic rules of AWS IoT do: hand messages to the fleet's functions. */
record FleetRules(Fleet fleet) implements Rules {
    @Override
    public void message(String topic, byte[] payload) {
        if (topic.endsWith("/health")) {
            fleet.health(topic, payload);
        } else if (topic.contains("/answers/")) {
            fleet.answer(topic, payload);
        } else {
            fleet.presence(topic, payload);
        }
    }

    @Override
    public void shadowDocuments(String thing, String shadowName, byte[] documentsJson) {
        fleet.shadowDocuments(thing, shadowName, documentsJson);
    }
}
