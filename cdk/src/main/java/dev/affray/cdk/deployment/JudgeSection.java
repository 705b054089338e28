package dev.affray.cdk.deployment;

import dev.affray.document.Fields;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** The section {@code detector}. */
final class JudgeSection {
    /** CloudFormation hands the labels to the function as one text, separated by commas. */
    private static final Pattern LABEL = Pattern.compile("[^,\\s]([^,]{0,98}[^,\\s])?");

    private static final Pattern MODEL_ARN = Pattern.compile(
            "arn:aws[a-z-]*:rekognition:[a-z0-9-]+:[0-9]{12}:project/[A-Za-z0-9._-]+/version/[A-Za-z0-9._-]+/[0-9]+");

    private JudgeSection() {}

    static Judge read(Fields fields) {
        String kind = fields.text("kind", 64, "edge-score");
        List<String> labels = Texts.distinct(
                fields, "labels", LABEL, "a label of 1 to 100 characters without a comma or a space around it");
        Optional<String> modelArn =
                fields.optionalText("modelArn", MODEL_ARN, "the ARN of a version of a Custom Labels model");
        OptionalInt fromEdgeScore = fields.optionalInteger("fromEdgeScore", 1, 100);
        return switch (kind) {
            case "edge-score" -> {
                absent(fields, "labels", kind);
                absent(fields, "modelArn", kind);
                absent(fields, "fromEdgeScore", kind);
                yield new Judge.EdgeScore();
            }
            case "rekognition-moderation" -> {
                needsLabels(fields, labels, kind);
                absent(fields, "modelArn", kind);
                yield from(fromEdgeScore, new Judge.Moderation(labels));
            }
            case "rekognition-custom-labels" -> {
                needsLabels(fields, labels, kind);
                if (modelArn.isEmpty()) {
                    fields.problem("modelArn", "is missing; " + kind + " needs the ARN of a version of a model");
                }
                yield from(fromEdgeScore, new Judge.CustomLabels(labels, modelArn.orElse("")));
            }
            default -> {
                fields.problem(
                        "kind",
                        "is '" + kind
                                + "'; must be one of edge-score, rekognition-moderation, rekognition-custom-labels");
                yield new Judge.EdgeScore();
            }
        };
    }

    private static Judge from(OptionalInt fromEdgeScore, Judge.Dear dear) {
        return fromEdgeScore.isPresent() ? new Judge.Cascade(fromEdgeScore.getAsInt(), dear) : dear;
    }

    private static void needsLabels(Fields fields, List<String> labels, String kind) {
        if (labels.isEmpty()) {
            fields.problem("labels", "is missing or empty; " + kind + " needs the labels that mean a fight");
        }
    }

    private static void absent(Fields fields, String field, String kind) {
        if (fields.has(field)) {
            fields.problem(field, "has no meaning for " + kind + "; take it out or choose another kind");
        }
    }
}
