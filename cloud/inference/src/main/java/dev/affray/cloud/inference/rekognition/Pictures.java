package dev.affray.cloud.inference.rekognition;

import dev.affray.cloud.inference.Detector.Opinion;
import dev.affray.frame.FrameKey;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.rekognition.model.Image;

/** How Rekognition gets to see a frame. Implementations are thread-safe. */
@FunctionalInterface
public interface Pictures {
    /** Rekognition takes up to this much as bytes; an object in S3 may have 15 MB. */
    int MOST_BYTES = 5 * 1024 * 1024;

    /** A picture to ask about, or why there is nothing to ask. */
    sealed interface Picture {
        /** It can be sent. */
        record Ready(Image image) implements Picture {}

        /** It cannot; this is the opinion then. */
        record None(Opinion opinion) implements Picture {}
    }

    /** The picture of a frame. */
    Picture of(String bucket, FrameKey key);

    /** Rekognition reads the object itself, in its own region, with the caller's permission to read it. Nothing passes through this program. */
    static Pictures inS3() {
        return (bucket, key) -> new Picture.Ready(Image.builder()
                .s3Object(s3 -> s3.bucket(bucket).name(key.format()))
                .build());
    }

    /**
     * The bytes travel with the question.
     *
     * @param frames a frame's JPEG by its key, empty when there is none, or no longer
     */
    static Pictures ofBytes(Function<String, Optional<byte[]>> frames) {
        return (_, key) -> frames.apply(key.format())
                .map(Pictures::ready)
                .orElseGet(() -> none("there is no such frame, or no longer"));
    }

    private static Picture ready(byte[] jpeg) {
        if (jpeg.length > MOST_BYTES) {
            return none("the picture has " + jpeg.length + " bytes, and Rekognition takes at most " + MOST_BYTES);
        }
        return new Picture.Ready(
                Image.builder().bytes(SdkBytes.fromByteArray(jpeg)).build());
    }

    private static Picture none(String reason) {
        return new Picture.None(new Opinion.Unusable(reason));
    }
}
