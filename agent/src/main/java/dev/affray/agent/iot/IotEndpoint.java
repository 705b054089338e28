package dev.affray.agent.iot;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The MQTT broker, and who the gateway is to it.
 *
 * @param host its name
 * @param port of MQTT over TLS
 * @param certificate the gateway's, PEM
 * @param privateKey its key, PEM, PKCS#8
 * @param authority the authority to trust, PEM; absent for the system's own trust, which knows AWS
 */
public record IotEndpoint(String host, int port, Path certificate, Path privateKey, Optional<Path> authority) {
    /** The same broker, by another identity. */
    public IotEndpoint with(Path otherCertificate, Path otherKey) {
        return new IotEndpoint(host, port, otherCertificate, otherKey, authority);
    }
}
