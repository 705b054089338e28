package dev.affray.agent.config;

import dev.affray.agent.iot.CredentialsSource;
import dev.affray.agent.iot.IotEndpoint;
import dev.affray.agent.spool.SpoolBounds;
import dev.affray.agent.upload.Bucket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * All of {@code agent.yaml}; {@code agent.schema.json} describes it.
 *
 * @param thing the gateway's AWS IoT thing name
 * @param data the folder for everything the agent keeps
 * @param iot the MQTT broker
 * @param credentials where AWS credentials come from
 * @param s3 where frames go
 * @param spool the bounds of the queue between them
 * @param uploads how many frames are uploaded at once
 * @param healthInterval between health reports
 * @param secrets the secrets file
 */
public record AgentConfig(
        String thing,
        Path data,
        IotEndpoint iot,
        CredentialsSource credentials,
        Bucket s3,
        SpoolBounds spool,
        int uploads,
        Duration healthInterval,
        Optional<Path> secrets) {
    public static final int DEFAULT_PORT = 8883;
    public static final int DEFAULT_UPLOADS = 4;
    public static final Duration DEFAULT_HEALTH_INTERVAL = Duration.ofSeconds(30);
}
