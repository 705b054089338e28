package dev.affray.agent.gate;

import dev.affray.document.Problem;
import dev.affray.document.Reading;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Turns the numbers of a window into the probability of a fight: they are weighed; the sum, the margin, is calibrated so that 0.5 means even odds on the clips
 * that the model was trained on. Immutable, thread-safe.
 *
 * @param codebook by which the numbers describe motion
 * @param weights one for each number; not to be written to
 * @param intercept what the weighted sum begins with
 * @param calibration from the margin to odds
 * @param facts how it came about
 */
@SuppressWarnings("ArrayRecordComponent") // only read, and never compared
public record ScoreModel(Codebook codebook, float[] weights, double intercept, Calibration calibration, Facts facts) {
    private static final String SHIPPED = "score-model.json";
    private static final long LONGEST_FILE = 1_000_000;

    /** Log odds are {@code slope * margin + offset}. */
    public record Calibration(double slope, double offset) {
        /** From 0 to 1. */
        public double probability(double margin) {
            return 1 / (1 + Math.exp(-(slope * margin + offset)));
        }
    }

    /**
     * What it was trained on, and what the evaluation on the same clips found, by cross-validation that never has a source on both sides.
     *
     * @param clips of which {@code fights} show one
     * @param seed by which the folds were drawn
     * @param recall share of fights found where one in ten others is taken for one
     */
    public record Facts(int clips, int fights, int sources, int seed, double auc, double accuracy, double recall) {}

    /** The one that comes with the agent. Read once. */
    public static ScoreModel shipped() {
        return Shipped.MODEL;
    }

    /**
     * Reads a model file.
     *
     * @throws IOException when it cannot be read, or is no model for this agent; the message says why, all problems at once
     */
    public static ScoreModel load(Path file) throws IOException {
        if (Files.size(file) > LONGEST_FILE) {
            throw new IOException(file + " is no score model: larger than " + LONGEST_FILE + " bytes");
        }
        return accepted(file.toString(), Files.readAllBytes(file));
    }

    /** How much the numbers speak for a fight; to be calibrated. */
    public double margin(float[] features) {
        double margin = intercept;
        for (int i = 0; i < features.length; i++) {
            margin += (double) weights[i] * features[i];
        }
        return margin;
    }

    /** The probability of a fight, from 0 to 1. */
    public double probability(float[] features) {
        return calibration.probability(margin(features));
    }

    private static ScoreModel accepted(String name, byte[] json) throws IOException {
        return switch (ScoreModelFile.read(json)) {
            case Reading.Accepted<ScoreModel>(ScoreModel model) -> model;
            case Reading.Refused<ScoreModel>(List<Problem> problems) -> {
                StringBuilder text = new StringBuilder(name + " is no score model for this agent:");
                problems.forEach(problem ->
                        text.append(System.lineSeparator()).append("  ").append(problem));
                throw new IOException(text.toString());
            }
        };
    }

    private static final class Shipped {
        static final ScoreModel MODEL = read();

        private static ScoreModel read() {
            try (InputStream in = Objects.requireNonNull(ScoreModel.class.getResourceAsStream(SHIPPED), SHIPPED)) {
                return accepted(SHIPPED, in.readAllBytes());
            } catch (IOException e) {
                throw new IllegalStateException("the agent's own score model cannot be used", e);
            }
        }
    }
}
