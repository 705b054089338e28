package dev.affray.cloud.local;

import dev.affray.cloud.fleet.Model;
import dev.affray.cloud.fleet.rekognition.ModelVersion;
import dev.affray.cloud.fleet.rekognition.RekognitionModel;
import dev.affray.cloud.inference.Cascade;
import dev.affray.cloud.inference.Cause;
import dev.affray.cloud.inference.Detector;
import dev.affray.cloud.inference.Detector.Opinion;
import dev.affray.cloud.inference.EdgeScoreDetector;
import dev.affray.cloud.inference.rekognition.Client;
import dev.affray.cloud.inference.rekognition.CustomLabelsDetector;
import dev.affray.cloud.inference.rekognition.ModerationDetector;
import dev.affray.cloud.inference.rekognition.Pictures;
import dev.affray.frame.CameraId;
import dev.affray.frame.Frame;
import dev.affray.frame.FrameKey;
import dev.affray.frame.Line;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import javax.imageio.ImageIO;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.rekognition.RekognitionClient;

/**
 * The detector of this run. Those of Rekognition are asked with the user's own AWS credentials, found as every AWS program finds them, and get each frame's
 * bytes: nothing is stored in AWS.
 */
final class Judge implements AutoCloseable {
    private static final int PROBE_PIXELS = 128;

    private final Function<Pictures, Detector> kind;
    private final Optional<RekognitionClient> client;
    private final Model model;

    private Judge(Function<Pictures, Detector> kind, Optional<RekognitionClient> client, Model model) {
        this.kind = kind;
        this.client = client;
        this.model = model;
    }

    /**
     * Asks nothing yet.
     *
     * @throws IllegalArgumentException when no region is named anywhere
     */
    static Judge of(DetectorChoice choice) {
        return switch (choice) {
            case DetectorChoice.EdgeScore() -> new Judge(_ -> new EdgeScoreDetector(), Optional.empty(), Model.ALWAYS);
            case DetectorChoice.Cascade(int fromEdgeScore, DetectorChoice.Dear asked) -> {
                Judge dear = of(asked);
                yield new Judge(
                        pictures -> new Cascade(fromEdgeScore, dear.kind.apply(pictures)), dear.client, dear.model);
            }
            case DetectorChoice.Moderation moderation -> {
                RekognitionClient client = client(moderation.region().orElseGet(Judge::configuredRegion));
                yield new Judge(
                        pictures -> new ModerationDetector(client, pictures, moderation.labels()),
                        Optional.of(client),
                        Model.ALWAYS);
            }
            case DetectorChoice.CustomLabels custom -> {
                RekognitionClient client = client(custom.region());
                yield new Judge(
                        pictures -> new CustomLabelsDetector(client, pictures, custom.modelArn(), custom.labels()),
                        Optional.of(client),
                        new RekognitionModel(
                                client, ModelVersion.of(custom.modelArn()).orElseThrow()));
            }
        };
    }

    /** What the watch asks whether frames can be judged. */
    Model model() {
        return model;
    }

    /** The detector over stored frames. */
    Detector over(FrameStore frames) {
        return kind.apply(Pictures.ofBytes(frames::read));
    }

    /**
     * Asks about one grey picture, so that a missing permission shows now and not with the first fight. Blocks for some seconds at most.
     *
     * @return why frames will have to wait, when that can pass while they do
     * @throws IllegalStateException when only a person can mend it
     */
    Optional<String> check() {
        if (client.isEmpty()) {
            return Optional.empty();
        }
        byte[] picture = greyPicture();
        Frame frame = new Frame(new CameraId("check", "check"), Instant.EPOCH, 0, OptionalInt.empty());
        Opinion opinion =
                kind.apply(Pictures.ofBytes(_ -> Optional.of(picture))).judge("", new FrameKey(Line.LIVE, frame));
        return switch (opinion) {
            case Opinion.Judged _ -> Optional.empty();
            case Opinion.Later(Cause cause, String reason)
            when cause == Cause.DENIED || cause == Cause.MISCONFIGURED -> throw new IllegalStateException(reason);
            case Opinion.Later(Cause _, String reason) -> Optional.of(reason);
            case Opinion.Unusable(String reason) -> throw new IllegalStateException(reason);
        };
    }

    @Override
    public void close() {
        client.ifPresent(RekognitionClient::close);
    }

    private static RekognitionClient client(String region) {
        return Client.builder()
                .region(Region.of(region))
                .credentialsProvider(DefaultCredentialsProvider.builder().build())
                .httpClientBuilder(ApacheHttpClient.builder())
                .build();
    }

    private static String configuredRegion() {
        try {
            return DefaultAwsRegionProviderChain.builder().build().getRegion().id();
        } catch (SdkClientException e) {
            throw new IllegalArgumentException(
                    "no AWS region is named: use --aws-region, or set AWS_REGION or the profile's region", e);
        }
    }

    private static byte[] greyPicture() {
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        try {
            ImageIO.write(new BufferedImage(PROBE_PIXELS, PROBE_PIXELS, BufferedImage.TYPE_BYTE_GRAY), "jpeg", jpeg);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return jpeg.toByteArray();
    }
}
