package dev.affray.cloud.local;

import dev.affray.frame.CameraId;
import java.util.List;
import picocli.CommandLine.Option;

/** Gateways besides the edition's own. */
final class GatewayOptions {
    private static final String CLAIM = "claim-";
    private static final int PORTS = 3;

    @Option(
            names = "--serial",
            paramLabel = "SERIAL",
            description = {
                "Let another gateway on this machine be provisioned by this serial number, which becomes its name. May be given several times.",
                "How is printed; each is good for one gateway."
            })
    private List<String> serials = List.of();

    @Option(
            names = "--gateway-port",
            paramLabel = "N",
            defaultValue = "0",
            description = {
                "MQTT on port N of 127.0.0.1, credentials on N+1, S3 on N+2. Default: free ports, other ones at every start.",
                "Other gateways need it, also after they are provisioned: the ports are in their configuration."
            })
    private int port;

    /** @throws IllegalArgumentException when they cannot be so, saying why */
    NewGateways choice() {
        if (port < 0 || port > 65536 - PORTS) {
            throw new IllegalArgumentException("--gateway-port " + port + " is not 0 to " + (65536 - PORTS));
        }
        if (!serials.isEmpty() && port == 0) {
            throw new IllegalArgumentException(
                    "--serial needs --gateway-port N: a gateway could not find this edition again");
        }
        for (String serial : serials) {
            if (!CameraId.isName(serial)) {
                throw new IllegalArgumentException("--serial '" + serial + "' is not " + CameraId.NAME_RULE);
            }
            if (serial.equals(Edition.THING) || serial.startsWith(CLAIM)) {
                throw new IllegalArgumentException("--serial '" + serial + "' is a name that this edition uses itself");
            }
        }
        return new NewGateways(serials, port);
    }
}
