package dev.affray.agent.config;

import dev.affray.document.Json;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An agent.yaml to begin with: what a gateway has to know, everything else at its default.
 *
 * @param thing the gateway's name
 * @param data the data folder
 * @param endpoint the MQTT broker's host
 * @param port its port
 * @param certificate the gateway's certificate
 * @param privateKey its key
 * @param authority whom to trust, where the system's trust does not do
 * @param credentialsEndpoint host, and port where it is not 443, of the credentials provider
 * @param roleAlias what to ask it for
 * @param bucket where frames go
 * @param region of the bucket
 * @param s3Endpoint of another S3 than AWS's
 */
public record NewAgentYaml(
        String thing,
        Path data,
        String endpoint,
        int port,
        Path certificate,
        Path privateKey,
        Optional<Path> authority,
        String credentialsEndpoint,
        String roleAlias,
        String bucket,
        String region,
        Optional<String> s3Endpoint) {
    /** The file's text, which {@link AgentYaml} accepts. */
    public String text() {
        StringBuilder text = new StringBuilder("""
                # The gateway's own configuration. Cameras are configured in its shadows. Every field: agent/README.md.
                thing: %s
                data: %s
                iot:
                  endpoint: %s
                """.formatted(quoted(thing), quoted(data), quoted(endpoint)));
        if (port != AgentConfig.DEFAULT_PORT) {
            text.append("  port: ").append(port).append('\n');
        }
        text.append("  certificate: ").append(quoted(certificate)).append('\n');
        text.append("  privateKey: ").append(quoted(privateKey)).append('\n');
        authority.ifPresent(
                file -> text.append("  authority: ").append(quoted(file)).append('\n'));
        text.append("""
                        credentials:
                          endpoint: %s
                          roleAlias: %s
                        s3:
                          bucket: %s
                          region: %s
                        """.formatted(
                        quoted("https://" + credentialsEndpoint), quoted(roleAlias), quoted(bucket), quoted(region)));
        s3Endpoint.ifPresent(
                url -> text.append("  endpoint: ").append(quoted(url)).append('\n'));
        return text.toString();
    }

    /** A JSON string is a YAML string. */
    private static String quoted(Object value) {
        return Json.write(value.toString());
    }
}
