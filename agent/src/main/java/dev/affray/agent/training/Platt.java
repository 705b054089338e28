package dev.affray.agent.training;

import dev.affray.agent.gate.ScoreModel.Calibration;
import java.util.List;

/** Finds the odds that margins mean: Platt's logistic curve, by Newton's method, its slope held a little towards 1. */
final class Platt {
    private static final int STEPS = 100;
    private static final double RIDGE = 0.1;

    private Platt() {}

    /** @param judged clips with the margins of models that have not seen them. Fights and others count the same in all, so that 50 are even odds */
    static Calibration fit(List<Judged> judged) {
        double fights = judged.stream().filter(j -> j.clip().fight()).count();
        double others = judged.size() - fights;
        double slope = 1;
        double offset = 0;
        for (int step = 0; step < STEPS; step++) {
            double onSlope = RIDGE * (slope - 1);
            double onOffset = 0;
            double slopes = RIDGE;
            double both = 0;
            double offsets = 1e-6;
            for (Judged clip : judged) {
                double x = clip.value();
                double p = new Calibration(slope, offset).probability(x);
                double count = judged.size() / 2.0 / (clip.clip().fight() ? fights : others);
                double error = count * (p - (clip.clip().fight() ? 1 : 0));
                double bend = count * p * (1 - p);
                onSlope += error * x;
                onOffset += error;
                slopes += bend * x * x;
                both += bend * x;
                offsets += bend;
            }
            double determinant = slopes * offsets - both * both;
            slope -= (offsets * onSlope - both * onOffset) / determinant;
            offset -= (slopes * onOffset - both * onSlope) / determinant;
        }
        return new Calibration(Math.max(0, slope), offset);
    }
}
