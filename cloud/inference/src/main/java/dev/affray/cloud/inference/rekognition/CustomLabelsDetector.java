package dev.affray.cloud.inference.rekognition;

import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.rekognition.RekognitionClient;
import software.amazon.awssdk.services.rekognition.model.Image;

/** Asks a model that the deployment trained, with {@code DetectCustomLabels}. The model must be running; Affray neither starts nor stops it. */
public final class CustomLabelsDetector extends RekognitionDetector {
    /** The name of this kind in configuration. */
    public static final String KIND = "rekognition-custom-labels";

    private static final Pattern MODEL =
            Pattern.compile("arn:[a-z0-9-]+:rekognition:[a-z0-9-]+:\\d{12}:project/[\\w.-]+/version/([\\w.-]+)/\\d+");

    private final RekognitionClient client;
    private final String modelArn;
    private final String name;

    /**
     * Asks nothing yet.
     *
     * @param client as made by {@link Client}; stays the caller's
     * @param modelArn the model version's ARN; it is in the client's region
     * @param labels the model's labels that mean a fight, such as {@code fight}
     * @throws IllegalArgumentException when the ARN is none of a model version, or no labels count
     */
    public CustomLabelsDetector(
            RekognitionClient client, Pictures pictures, String modelArn, Collection<String> labels) {
        super(pictures, labels);
        Matcher model = MODEL.matcher(modelArn);
        if (!model.matches()) {
            throw new IllegalArgumentException("the model is not given by the ARN of a version, which ends in"
                    + " project/PROJECT/version/VERSION/TIMESTAMP");
        }
        this.client = client;
        this.modelArn = modelArn;
        this.name = KIND + "/" + model.group(1);
    }

    /** Whether a text is the ARN of a model version. */
    public static boolean isModel(String arn) {
        return MODEL.matcher(arn).matches();
    }

    /** The kind and the model version's name, without the account. */
    @Override
    public String name() {
        return name;
    }

    @Override
    List<CountedLabels.Seen> ask(Image image) {
        return client
                .detectCustomLabels(
                        b -> b.projectVersionArn(modelArn).image(image).minConfidence(MIN_CONFIDENCE))
                .customLabels()
                .stream()
                .map(label -> new CountedLabels.Seen(label.name(), label.confidence()))
                .toList();
    }
}
