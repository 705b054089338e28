package dev.affray.agent.gate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The numbers that describe how things move over a window of time: what a {@link ScoreModel} weighs. For the motion and for its edges, both where most of it
 * happens (3 x 3 cells) and in the whole picture: how the directions are spread, how strong it is and how that varies, how fast directions change. Then how
 * much of the variation is fast, how much is in one place, and how like consecutive steps are.
 *
 * <p>Another set of numbers needs another {@link #SET}, and a model trained on it.
 */
public final class FlowFeatures {
    /** The name of this set; a model fits one set alone. */
    public static final String SET = "flow-1";

    /** The frequencies of the spectrum, in steps of ten a second: at most so many fit into one. */
    private static final int SPECTRUM = 32;

    /** The first one that counts as fast. */
    private static final int FAST = 6;

    private static final float LITTLE = 1e-3f;
    private static final int[] CONCENTRATION = {0, 2, 5, 10, 20};
    private static final List<String> NAMES = names(new ArrayList<>());

    private final List<FlowStep> steps;
    private final float[] values = new float[NAMES.size()];
    private int count;

    private FlowFeatures(List<FlowStep> steps) {
        this.steps = steps;
    }

    /** What the numbers are, in their order. */
    public static List<String> names() {
        return NAMES;
    }

    /** @param steps in their order, three at least */
    static float[] of(List<FlowStep> steps) {
        FlowFeatures features = new FlowFeatures(steps);
        features.compute();
        return features.values;
    }

    private interface Cells {
        float[] of(FlowStep step);
    }

    private void compute() {
        double[] total = total();
        boolean[] place = strongest(total);
        boolean[] everywhere = new boolean[FlowStep.CELLS];
        Arrays.fill(everywhere, true);
        for (Cells cells : List.<Cells>of(step -> step.motion, step -> step.acrossEdges, step -> step.downEdges)) {
            directions(cells, place);
            directions(cells, everywhere);
        }
        double[] local = energy(place);
        double[] all = energy(everywhere);
        double[] localChange = change(place);
        double[] allChange = change(everywhere);
        course(local);
        course(all);
        course(localChange);
        course(allChange);
        add(sum(local) / (sum(all) + LITTLE));
        add(sum(localChange) / (sum(allChange) + LITTLE));
        likeness();
        concentration(total);
    }

    private double[] total() {
        double[] total = new double[FlowStep.CELLS];
        for (FlowStep step : steps) {
            for (int cell = 0; cell < FlowStep.CELLS; cell++) {
                total[cell] += step.energy(cell) / (double) steps.size();
            }
        }
        return total;
    }

    /** The 3 x 3 cells, fewer at the edge, around where their sum is largest; beyond the edge the picture counts as mirrored. */
    private static boolean[] strongest(double[] total) {
        double best = -1;
        int at = 0;
        for (int cell = 0; cell < FlowStep.CELLS; cell++) {
            double sum = 0;
            for (int y = -1; y <= 1; y++) {
                for (int x = -1; x <= 1; x++) {
                    int row = mirrored(cell / FlowStep.COLUMNS + y, FlowStep.ROWS);
                    int column = mirrored(cell % FlowStep.COLUMNS + x, FlowStep.COLUMNS);
                    sum += total[row * FlowStep.COLUMNS + column];
                }
            }
            if (sum > best) {
                best = sum;
                at = cell;
            }
        }
        boolean[] place = new boolean[FlowStep.CELLS];
        for (int cell = 0; cell < FlowStep.CELLS; cell++) {
            place[cell] = Math.abs(cell / FlowStep.COLUMNS - at / FlowStep.COLUMNS) <= 1
                    && Math.abs(cell % FlowStep.COLUMNS - at % FlowStep.COLUMNS) <= 1;
        }
        return place;
    }

    private static int mirrored(int index, int size) {
        return index < 0 ? -index : index >= size ? 2 * size - 2 - index : index;
    }

    private void directions(Cells cells, boolean[] place) {
        int length = steps.size();
        double[] strength = new double[length];
        double[] entropy = new double[length];
        double[][] shares = new double[length][FlowStep.DIRECTIONS];
        double[] mean = new double[FlowStep.DIRECTIONS];
        double[] turns = new double[length - 1];
        for (int i = 0; i < length; i++) {
            double[] sums = sums(cells.of(steps.get(i)), place);
            double sum = sum(sums);
            strength[i] = Math.log1p(sum);
            for (int d = 0; d < FlowStep.DIRECTIONS; d++) {
                shares[i][d] = sums[d] / (sum + LITTLE);
                mean[d] += shares[i][d] / length;
                entropy[i] -= shares[i][d] * Math.log(shares[i][d] + 1e-6);
                if (i > 0) {
                    turns[i - 1] += Math.abs(shares[i][d] - shares[i - 1][d]);
                }
            }
        }
        Arrays.sort(mean);
        for (int d = FlowStep.DIRECTIONS - 1; d >= 0; d--) {
            add(mean[d]);
        }
        add(mean(strength));
        add(deviation(strength));
        add(Arrays.stream(strength).max().orElseThrow());
        add(mean(turns));
        add(deviation(turns));
        add(mean(entropy));
        add(deviation(entropy));
    }

    private static double[] sums(float[] cells, boolean[] place) {
        double[] sums = new double[FlowStep.DIRECTIONS];
        for (int i = 0; i < cells.length; i++) {
            if (place[i / FlowStep.DIRECTIONS]) {
                sums[i % FlowStep.DIRECTIONS] += cells[i];
            }
        }
        return sums;
    }

    private double[] energy(boolean[] place) {
        return steps.stream().mapToDouble(step -> sum(sums(step.motion, place))).toArray();
    }

    private double[] change(boolean[] place) {
        double[] change = new double[steps.size()];
        for (int i = 0; i < change.length; i++) {
            for (int cell = 0; cell < FlowStep.CELLS; cell++) {
                change[i] += place[cell] ? steps.get(i).change[cell] : 0;
            }
        }
        return change;
    }

    /** How something goes up and down over time. */
    private void course(double[] amounts) {
        double[] logs = Arrays.stream(amounts).map(Math::log1p).toArray();
        double jumps = 0;
        for (int i = 1; i < logs.length; i++) {
            jumps += Math.abs(logs[i] - logs[i - 1]) / (logs.length - 1);
        }
        add(mean(logs));
        add(deviation(logs));
        add(jumps);
        Arrays.sort(logs);
        add(percentile(logs, 0.9) - percentile(logs, 0.1));
        add(fastShare(amounts));
    }

    /** The share of what varies fast. By the times of the steps, so that their rate does not matter. */
    private double fastShare(double[] amounts) {
        double mean = mean(amounts);
        double fast = 0;
        double all = 0;
        for (int frequency = 0; frequency <= SPECTRUM / 2; frequency++) {
            double real = 0;
            double imaginary = 0;
            for (int i = 0; i < amounts.length; i++) {
                double tenths = (steps.get(i).seconds - steps.getFirst().seconds) * 10;
                double angle = 2 * Math.PI * frequency * tenths / SPECTRUM;
                real += (amounts[i] - mean) * Math.cos(angle);
                imaginary += (amounts[i] - mean) * Math.sin(angle);
            }
            double strength = Math.hypot(real, imaginary);
            all += strength;
            fast += frequency >= FAST ? strength : 0;
        }
        return fast / (all + LITTLE);
    }

    /** How like each step is to the one before, cell by cell and direction by direction. */
    private void likeness() {
        double[] likeness = new double[steps.size() - 1];
        for (int i = 0; i < likeness.length; i++) {
            float[] a = steps.get(i).motion;
            float[] b = steps.get(i + 1).motion;
            double product = 0;
            double squareA = 0;
            double squareB = 0;
            for (int k = 0; k < a.length; k++) {
                product += (double) a[k] * b[k];
                squareA += (double) a[k] * a[k];
                squareB += (double) b[k] * b[k];
            }
            likeness[i] = product / (Math.sqrt(squareA) * Math.sqrt(squareB) + LITTLE);
        }
        add(mean(likeness));
        add(deviation(likeness));
        add(Arrays.stream(likeness).min().orElseThrow());
    }

    /** What share of the motion is in the strongest cells. */
    private void concentration(double[] total) {
        double[] sorted = total.clone();
        Arrays.sort(sorted);
        double all = sum(sorted) + LITTLE;
        double share = 0;
        int next = 0;
        for (int i = 0; next < CONCENTRATION.length; i++) {
            share += sorted[sorted.length - 1 - i] / all;
            if (i == CONCENTRATION[next]) {
                add(share);
                next++;
            }
        }
    }

    private void add(double value) {
        values[count++] = (float) value;
    }

    private static double sum(double[] values) {
        return Arrays.stream(values).sum();
    }

    private static double mean(double[] values) {
        return sum(values) / values.length;
    }

    private static double deviation(double[] values) {
        double mean = mean(values);
        return Math.sqrt(Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / values.length);
    }

    private static double percentile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    private static List<String> names(List<String> names) {
        for (String what : List.of("motion", "acrossEdges", "downEdges")) {
            for (String where : List.of("local", "all")) {
                String prefix = what + "." + where + ".";
                for (int i = 1; i <= FlowStep.DIRECTIONS; i++) {
                    names.add(prefix + "direction" + i);
                }
                for (String name :
                        List.of("mean", "deviation", "max", "turns", "turnsDeviation", "entropy", "entropyDeviation")) {
                    names.add(prefix + name);
                }
            }
        }
        for (String what : List.of("motion.local", "motion.all", "change.local", "change.all")) {
            for (String name : List.of("level", "levelDeviation", "jumps", "range", "fastShare")) {
                names.add(what + "." + name);
            }
        }
        names.addAll(List.of(
                "motion.localShare", "change.localShare", "likeness.mean", "likeness.deviation", "likeness.min"));
        for (int cells : CONCENTRATION) {
            names.add("concentration." + (cells + 1));
        }
        return List.copyOf(names);
    }
}
