package dev.affray.cloud.local.iot;

import dev.affray.cloud.local.pki.Authority;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * On what terms gateways get certificates of their own.
 *
 * @param serials the serial numbers that a claim may provision, each becoming the name of a gateway
 * @param lifetime of a certificate
 * @param configuration what a new gateway is told with its certificate, as AWS IoT tells a template's {@code DeviceConfiguration}
 */
public record Enrolling(Set<String> serials, Duration lifetime, Map<String, String> configuration) {
    /** No new gateways; those that are there may renew their certificates. */
    public static final Enrolling NOBODY_NEW = new Enrolling(Set.of(), Authority.ISSUED_LIFETIME, Map.of());

    public Enrolling {
        serials = Set.copyOf(serials);
        configuration = Map.copyOf(configuration);
    }
}
