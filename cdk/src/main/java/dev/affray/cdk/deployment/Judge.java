package dev.affray.cdk.deployment;

import java.util.List;
import java.util.Optional;

/** What judges a frame: the setting {@code detector}. */
public sealed interface Judge {
    /** The gateway's own measure of motion. */
    record EdgeScore() implements Judge {}

    /** One that costs something for each frame, or by the hour. */
    sealed interface Dear extends Judge {
        /** The labels that mean a fight. */
        List<String> labels();
    }

    /** The dear one is asked only about frames whose edge score is at least {@code fromEdgeScore}, or that have none; the others have their edge score. */
    record Cascade(int fromEdgeScore, Dear dear) implements Judge {}

    /** Amazon Rekognition's content moderation; {@code labels} are those that mean a fight. */
    record Moderation(List<String> labels) implements Dear {
        public Moderation {
            labels = List.copyOf(labels);
        }
    }

    /** A Rekognition Custom Labels model; {@code modelArn} is that of its version. */
    record CustomLabels(List<String> labels, String modelArn) implements Dear {
        public CustomLabels {
            labels = List.copyOf(labels);
        }

        /** The ARN of the model's project, but for the time at its end, which a version's ARN does not tell. */
        public String projectArn() {
            return modelArn.substring(0, modelArn.indexOf("/version/"));
        }
    }

    /** The model that can be off, if there is one. */
    default Optional<CustomLabels> model() {
        return switch (this) {
            case EdgeScore _, Moderation _ -> Optional.empty();
            case Cascade(var _, Dear dear) -> dear.model();
            case CustomLabels model -> Optional.of(model);
        };
    }

    /** As deployment.yaml and the inference function call it. */
    default String kind() {
        return switch (this) {
            case EdgeScore _ -> "edge-score";
            case Cascade(var _, Dear dear) -> dear.kind();
            case Moderation _ -> "rekognition-moderation";
            case CustomLabels _ -> "rekognition-custom-labels";
        };
    }
}
