package dev.affray.agent.gate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** The numbers that describe a stretch of motion, by a codebook: what a {@link ScoreModel} weighs. */
public final class FisherVector {
    /** So many patches count at least: where fewer move, those that move most. */
    private static final int FEWEST = 20;

    private FisherVector() {}

    /**
     * The numbers of all of a stretch, however long.
     *
     * @param steps in their order; where one does not follow the other, no patch goes across
     */
    public static float[] of(List<MotionCells> steps, Codebook codebook) {
        return of(
                patches(steps).stream().map(p -> new MotionMoment(codebook, p)).toList(), codebook);
    }

    static float[] of(Collection<MotionMoment> moments, Codebook codebook) {
        FisherSums sums = new FisherSums();
        int moving = moments.stream().mapToInt(m -> m.moving().patches()).sum();
        float bar = moving < FEWEST
                ? bar(moments.stream().map(MotionMoment::patches).toList())
                : 0;
        for (MotionMoment moment : moments) {
            sums.add(moving < FEWEST ? moment.from(bar) : moment.moving());
        }
        return sums.vector(codebook);
    }

    /**
     * The patches of a stretch that count, each as its numbers in the three channels: what a codebook is fitted to.
     *
     * @param steps in their order
     */
    public static List<float[][]> counting(List<MotionCells> steps) {
        List<MotionPatches> all = patches(steps);
        List<float[][]> counting = counting(all, Math.nextUp(MotionMoment.MOVES));
        return counting.size() < FEWEST ? counting(all, bar(all)) : counting;
    }

    private static List<float[][]> counting(List<MotionPatches> all, float energy) {
        List<float[][]> counting = new ArrayList<>();
        for (MotionPatches patches : all) {
            for (int patch = 0; patch < patches.count(); patch++) {
                if (patches.energies()[patch] >= energy) {
                    float[][] numbers = new float[MotionPatches.CHANNELS][];
                    for (int channel = 0; channel < numbers.length; channel++) {
                        numbers[channel] = new float[MotionPatches.size(channel)];
                        patches.describe(patch, channel, numbers[channel]);
                    }
                    counting.add(numbers);
                }
            }
        }
        return counting;
    }

    private static List<MotionPatches> patches(List<MotionCells> steps) {
        List<MotionPatches> patches = new ArrayList<>();
        int begin = 0;
        for (int end = 1; end <= steps.size(); end++) {
            begin = end > 1 && !steps.get(end - 1).follows(steps.get(end - 2)) ? end - 1 : begin;
            if (end - begin >= MotionPatches.STEPS) {
                patches.add(new MotionPatches(steps.subList(end - MotionPatches.STEPS, end)));
            }
        }
        return patches;
    }

    /** How much the last of the fewest that count moves. */
    private static float bar(List<MotionPatches> all) {
        float[] energies = new float[all.stream().mapToInt(MotionPatches::count).sum()];
        int at = 0;
        for (MotionPatches patches : all) {
            System.arraycopy(patches.energies(), 0, energies, at, patches.count());
            at += patches.count();
        }
        Arrays.sort(energies);
        return energies.length == 0 ? 0 : energies[Math.max(0, energies.length - FEWEST)];
    }
}
