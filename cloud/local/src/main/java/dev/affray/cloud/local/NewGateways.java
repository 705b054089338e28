package dev.affray.cloud.local;

import dev.affray.cloud.local.iot.Enrolling;
import dev.affray.cloud.local.pki.Authority;
import dev.affray.cloud.local.store.LocalS3;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which gateways may come besides this edition's own, and where they find it. Their configuration names the ports, so these must stay.
 *
 * @param serials the serial numbers that may be provisioned, each once; they become names
 * @param firstPort of three in a row: MQTT, credentials, S3; 0 for any free ones, which no other gateway finds again
 */
record NewGateways(List<String> serials, int firstPort) {
    NewGateways {
        serials = List.copyOf(serials);
    }

    int mqttPort() {
        return firstPort;
    }

    int credentialsPort() {
        return firstPort == 0 ? 0 : firstPort + 1;
    }

    int s3Port() {
        return firstPort == 0 ? 0 : firstPort + 2;
    }

    /** On what terms they get certificates, and what they are told with them. */
    Enrolling enrolling(String roleAlias) {
        return serials.isEmpty()
                ? Enrolling.NOBODY_NEW
                : new Enrolling(
                        Set.copyOf(serials),
                        Authority.ISSUED_LIFETIME,
                        Map.of(
                                "credentialsEndpoint",
                                "localhost:" + credentialsPort(),
                                "roleAlias",
                                roleAlias,
                                "s3Endpoint",
                                "http://127.0.0.1:" + s3Port(),
                                "bucket",
                                LocalS3.BUCKET,
                                "region",
                                LocalS3.REGION));
    }
}
