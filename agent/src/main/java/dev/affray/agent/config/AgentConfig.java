package dev.affray.agent.config;

import dev.affray.agent.camera.SecretsFile;
import dev.affray.agent.capture.ClipBounds;
import dev.affray.agent.identity.RenewalRules;
import dev.affray.agent.iot.CredentialsSource;
import dev.affray.agent.iot.IotEndpoint;
import dev.affray.agent.spool.Fsync;
import dev.affray.agent.spool.SpoolBounds;
import dev.affray.agent.upload.Bucket;
import dev.affray.agent.upload.UploadLimits;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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
 * @param fsync when frames are forced to the disk
 * @param upload how much is uploaded at once, and how fast
 * @param healthInterval between health reports
 * @param clips how much video each camera keeps for clips
 * @param scoreModel the file of the score's model; without it the one that comes with the agent
 * @param secrets the secrets file
 * @param renewal when the certificate is renewed
 * @param status where the status page and the metrics are; empty for nowhere
 */
public record AgentConfig(
        String thing,
        Path data,
        IotEndpoint iot,
        CredentialsSource credentials,
        Bucket s3,
        SpoolBounds spool,
        Fsync fsync,
        UploadLimits upload,
        Duration healthInterval,
        ClipBounds clips,
        Optional<Path> scoreModel,
        Optional<SecretsFile> secrets,
        RenewalRules renewal,
        Optional<InetSocketAddress> status) {
    public static final int DEFAULT_PORT = 8883;
    public static final Fsync DEFAULT_FSYNC = Fsync.BATCH;
    public static final ClipBounds DEFAULT_CLIPS = new ClipBounds(Duration.ZERO, ClipBounds.DEFAULT.maxBytes());
    public static final Duration DEFAULT_HEALTH_INTERVAL = Duration.ofSeconds(30);

    public static final Optional<InetSocketAddress> DEFAULT_STATUS =
            Optional.of(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 9464));

    /** The same, as another at the broker: a renewed certificate need not be the one that the file names. */
    public AgentConfig with(IotEndpoint other) {
        return new AgentConfig(
                thing,
                data,
                other,
                credentials,
                s3,
                spool,
                fsync,
                upload,
                healthInterval,
                clips,
                scoreModel,
                secrets,
                renewal,
                status);
    }
}
