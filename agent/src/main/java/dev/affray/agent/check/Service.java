package dev.affray.agent.check;

import dev.affray.agent.config.AgentConfig;
import java.net.URI;

/**
 * One of the three that a gateway speaks to.
 *
 * @param setting the field of agent.yaml that names it
 * @param host its name
 * @param port of TCP
 * @param tls whether it speaks TLS
 * @param identity whether the gateway shows its certificate there
 */
record Service(String setting, String host, int port, boolean tls, boolean identity) {
    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    static Service mqtt(AgentConfig config) {
        return new Service("iot.endpoint", config.iot().host(), config.iot().port(), true, true);
    }

    static Service credentials(AgentConfig config) {
        URI uri = config.credentials().endpoint();
        return new Service("credentials.endpoint", uri.getHost(), port(uri), true, true);
    }

    static Service s3(AgentConfig config) {
        return config.s3()
                .endpoint()
                .map(uri -> new Service(
                        "s3.endpoint", uri.getHost(), port(uri), uri.getScheme().equals("https"), false))
                .orElseGet(() -> {
                    String region = config.s3().region();
                    String domain = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
                    return new Service("s3.region", "s3." + region + "." + domain, HTTPS, true, false);
                });
    }

    private static int port(URI uri) {
        return uri.getPort() > 0 ? uri.getPort() : uri.getScheme().equals("https") ? HTTPS : HTTP;
    }

    String address() {
        return host + ":" + port;
    }
}
