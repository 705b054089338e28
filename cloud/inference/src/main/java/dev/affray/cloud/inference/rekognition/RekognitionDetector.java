package dev.affray.cloud.inference.rekognition;

import dev.affray.cloud.inference.Detector;
import dev.affray.frame.FrameKey;
import java.util.Collection;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.rekognition.model.Image;

/** What both kinds have in common: get the picture, ask, judge by the labels that count, and react to errors. Thread-safe. */
abstract sealed class RekognitionDetector implements Detector permits CustomLabelsDetector, ModerationDetector {
    /**
     * Labels of any confidence are asked for. The threshold belongs to the camera's alert rule, which may change later; what Rekognition would hold back
     * (below 50 for moderation, below the threshold found in training for custom labels) could not be stored as it was.
     */
    static final float MIN_CONFIDENCE = 0;

    private final Pictures pictures;
    private final CountedLabels counted;

    RekognitionDetector(Pictures pictures, Collection<String> labels) {
        this.pictures = pictures;
        this.counted = new CountedLabels(labels);
    }

    /** One question to Rekognition. */
    abstract List<CountedLabels.Seen> ask(Image image);

    @Override
    public final Opinion judge(String bucket, FrameKey key) {
        return switch (pictures.of(bucket, key)) {
            case Pictures.Picture.None(Opinion opinion) -> opinion;
            case Pictures.Picture.Ready(Image image) -> judge(image);
        };
    }

    private Opinion judge(Image image) {
        try {
            return counted.judge(name(), ask(image));
        } catch (SdkException e) {
            return Reaction.to(e);
        }
    }
}
