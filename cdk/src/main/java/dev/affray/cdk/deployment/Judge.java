package dev.affray.cdk.deployment;

import java.util.List;

/** What judges a frame: the setting {@code detector}. */
public sealed interface Judge {
    /** The gateway's own measure of motion. */
    record EdgeScore() implements Judge {}

    /** Amazon Rekognition's content moderation; {@code labels} are those that mean a fight. */
    record Moderation(List<String> labels) implements Judge {
        public Moderation {
            labels = List.copyOf(labels);
        }
    }

    /** A Rekognition Custom Labels model; {@code modelArn} is that of its version. */
    record CustomLabels(List<String> labels, String modelArn) implements Judge {
        public CustomLabels {
            labels = List.copyOf(labels);
        }
    }

    /** As deployment.yaml and the inference function call it. */
    default String kind() {
        return switch (this) {
            case EdgeScore _ -> "edge-score";
            case Moderation _ -> "rekognition-moderation";
            case CustomLabels _ -> "rekognition-custom-labels";
        };
    }
}
