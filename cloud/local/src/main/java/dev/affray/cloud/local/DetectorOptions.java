package dev.affray.cloud.local;

import dev.affray.cloud.inference.Cascade;
import dev.affray.cloud.inference.rekognition.CustomLabelsDetector;
import dev.affray.cloud.inference.rekognition.ModerationDetector;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The part of the command line that says what judges the frames. */
final class DetectorOptions {
    @Option(
            names = "--detector",
            paramLabel = "KIND",
            defaultValue = DetectorChoice.EDGE_SCORE,
            description = {
                "What judges the frames: edge-score (the agent's own, free), rekognition-moderation or rekognition-custom-labels."
                        + " Default: ${DEFAULT-VALUE}.",
                "The latter two send every frame to AWS, with your own credentials, at your cost, which is told before they start."
            })
    private String detector = DetectorChoice.EDGE_SCORE;

    @Option(
            names = "--model",
            paramLabel = "ARN",
            description = "The model version that rekognition-custom-labels asks. It must be running.")
    private @Nullable String model;

    @Option(
            names = "--label",
            paramLabel = "NAME",
            description = {
                "A label of Rekognition that means a fight. May be given several times.",
                "Default for rekognition-moderation: Physical Violence, Weapon Violence."
            })
    private List<String> labels = List.of();

    @Option(
            names = "--aws-region",
            paramLabel = "REGION",
            description = "Where rekognition-moderation is asked. Default: that of your AWS configuration.")
    private @Nullable String awsRegion;

    @Option(
            names = "--from-edge-score",
            paramLabel = "N",
            description = {
                "Ask rekognition only about frames whose edge score is N (1 to 100) or more, or that have none; the others have their edge score.",
                "Default: every frame is asked about."
            })
    private @Nullable Integer fromEdgeScore;

    /** @throws IllegalArgumentException when the options do not go together */
    DetectorChoice choice() {
        if (!DetectorChoice.KINDS.contains(detector)) {
            throw new IllegalArgumentException(
                    "--detector '" + detector + "' is not one of " + String.join(", ", DetectorChoice.KINDS));
        }
        boolean custom = detector.equals(CustomLabelsDetector.KIND);
        boolean moderation = detector.equals(ModerationDetector.KIND);
        if (model != null && !custom) {
            throw new IllegalArgumentException("--model goes with --detector " + CustomLabelsDetector.KIND + " only");
        }
        if (awsRegion != null && !moderation) {
            throw new IllegalArgumentException("--aws-region goes with --detector " + ModerationDetector.KIND
                    + " only; a model's ARN names its region");
        }
        if (!labels.isEmpty() && !custom && !moderation) {
            throw new IllegalArgumentException("--label goes with the rekognition detectors only");
        }
        if (!custom && !moderation) {
            if (fromEdgeScore != null) {
                throw new IllegalArgumentException("--from-edge-score goes with the rekognition detectors only");
            }
            return new DetectorChoice.EdgeScore();
        }
        DetectorChoice.Dear dear = custom ? customLabels() : moderation();
        return fromEdgeScore == null ? dear : cascade(fromEdgeScore, dear);
    }

    private static DetectorChoice cascade(int from, DetectorChoice.Dear dear) {
        if (from < Cascade.LEAST || from > Cascade.MOST) {
            throw new IllegalArgumentException(
                    "--from-edge-score " + from + " is not " + Cascade.LEAST + " to " + Cascade.MOST);
        }
        return new DetectorChoice.Cascade(from, dear);
    }

    private DetectorChoice.Dear moderation() {
        return new DetectorChoice.Moderation(
                labels.isEmpty() ? ModerationDetector.FIGHT_LABELS : List.copyOf(labels),
                Optional.ofNullable(awsRegion));
    }

    private DetectorChoice.Dear customLabels() {
        if (model == null || labels.isEmpty()) {
            throw new IllegalArgumentException("--detector " + CustomLabelsDetector.KIND
                    + " needs --model ARN, and --label NAME for each label that means a fight");
        }
        if (!CustomLabelsDetector.isModel(model)) {
            throw new IllegalArgumentException("--model is not the ARN of a model version, which ends in"
                    + " project/PROJECT/version/VERSION/TIMESTAMP");
        }
        return new DetectorChoice.CustomLabels(model, List.copyOf(labels));
    }
}
