package dev.affray.cloud.local;

import dev.affray.camera.AlertRule;
import dev.affray.cloud.inference.EdgeScoreDetector;
import dev.affray.cloud.inference.rekognition.CustomLabelsDetector;
import dev.affray.cloud.inference.rekognition.ModerationDetector;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which detector judges the frames, as asked for on the command line, and what it costs. */
sealed interface DetectorChoice {
    /** The gateway's own score. */
    String EDGE_SCORE = EdgeScoreDetector.KIND;

    /** Every kind, by its name on the command line. */
    List<String> KINDS = List.of(EDGE_SCORE, ModerationDetector.KIND, CustomLabelsDetector.KIND);

    /** What it costs an hour, for the terminal; empty when nothing. */
    Optional<String> cost(double framesPerSecond);

    /** What to think of before it runs, if anything. */
    default Optional<String> warning() {
        return Optional.empty();
    }

    /** The gateway's own score. */
    record EdgeScore() implements DetectorChoice {
        @Override
        public Optional<String> cost(double framesPerSecond) {
            return Optional.empty();
        }
    }

    /** One that costs money. */
    sealed interface Dear extends DetectorChoice {}

    /**
     * A dear detector, asked only about some of the frames.
     *
     * @param fromEdgeScore frames with this edge score or more, or with none, are asked about; the others have their edge score
     */
    record Cascade(int fromEdgeScore, Dear dear) implements DetectorChoice {
        @Override
        public Optional<String> cost(double framesPerSecond) {
            return dear.cost(framesPerSecond);
        }

        /** Frames below the score to ask from count by their edge score, if that is enough for the rule. */
        @Override
        public Optional<String> warning() {
            double minConfidence = AlertRule.DEFAULT.minConfidence(EDGE_SCORE);
            return fromEdgeScore <= minConfidence
                    ? Optional.empty()
                    : Optional.of(String.format(
                            Locale.ROOT,
                            "--from-edge-score %d: where a camera's alert.minConfidence is lower (%.0f for the edge score unless its document says otherwise),"
                                    + " frames between the two raise alarms that the detector was not asked about",
                            fromEdgeScore,
                            minConfidence));
        }
    }

    /**
     * Rekognition's content moderation.
     *
     * @param labels those that mean a fight
     * @param region absent for the one that the user's AWS configuration names
     */
    record Moderation(List<String> labels, Optional<String> region) implements Dear {
        /** For each of the first million images a month, in us-east-1 in 2026. */
        private static final double DOLLARS_AN_IMAGE = 0.001;

        @Override
        public Optional<String> cost(double framesPerSecond) {
            double images = framesPerSecond * 3600;
            return Optional.of(String.format(
                    Locale.ROOT,
                    "at most $%.2f an hour: up to %,.0f frames at $%.2f for a thousand",
                    images * DOLLARS_AN_IMAGE,
                    images,
                    1000 * DOLLARS_AN_IMAGE));
        }
    }

    /**
     * A model of the user's own.
     *
     * @param modelArn the model version
     * @param labels those that mean a fight
     */
    record CustomLabels(String modelArn, List<String> labels) implements Dear {
        /** For each inference unit, in us-east-1 in 2026. */
        private static final double DOLLARS_AN_HOUR = 4;

        @Override
        public Optional<String> cost(double framesPerSecond) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "$%.2f an hour for each inference unit of the model, for as long as the model runs, frames or not",
                    DOLLARS_AN_HOUR));
        }

        /** The region that the ARN names. */
        String region() {
            return modelArn.split(":", -1)[3];
        }
    }
}
