package dev.affray.agent.iot;

import java.util.Map;

/**
 * What came of registering a gateway.
 *
 * @param thing the name it was given
 * @param configuration what the provisioning template tells its gateways
 */
public record Provisioned(String thing, Map<String, String> configuration) {
    public Provisioned {
        configuration = Map.copyOf(configuration);
    }
}
