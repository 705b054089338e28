package dev.affray.cloud.inference.rekognition;

import java.util.Collection;
import java.util.List;
import software.amazon.awssdk.services.rekognition.RekognitionClient;
import software.amazon.awssdk.services.rekognition.model.Image;

/**
 * Asks the model that Rekognition brings along, with {@code DetectModerationLabels}. It needs no training, and it was made to find violent pictures in
 * what people publish, not fights in surveillance footage: expect it to be weaker than a model of one's own.
 */
public final class ModerationDetector extends RekognitionDetector {
    /** The name of this kind in configuration. */
    public static final String KIND = "rekognition-moderation";

    /**
     * What means a fight in the taxonomy of moderation model 7: both are third-level labels under Violence, Graphic Violence. A second-level label would count
     * blood and explosions too.
     */
    public static final List<String> FIGHT_LABELS = List.of("Physical Violence", "Weapon Violence");

    private final RekognitionClient client;

    /**
     * Asks nothing yet.
     *
     * @param client as made by {@link Client}; stays the caller's
     * @param labels those of the taxonomy, of any level, that mean a fight
     * @throws IllegalArgumentException when no labels count
     */
    public ModerationDetector(RekognitionClient client, Pictures pictures, Collection<String> labels) {
        super(pictures, labels);
        this.client = client;
    }

    @Override
    public String name() {
        return KIND;
    }

    @Override
    List<CountedLabels.Seen> ask(Image image) {
        return client
                .detectModerationLabels(b -> b.image(image).minConfidence(MIN_CONFIDENCE))
                .moderationLabels()
                .stream()
                .map(label -> new CountedLabels.Seen(label.name(), label.confidence()))
                .toList();
    }
}
