package dev.affray.agent.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Draws lots which source goes into which fold: folds of about the same size, all clips of a source in one of them. */
final class Folds {
    private Folds() {}

    /**
     * The fold of each source.
     *
     * @param count of the folds; no fewer sources than that
     * @param seed the same always gives the same folds
     */
    static Map<String, Integer> draw(List<ClipMotion> clips, int count, long seed) {
        Map<String, Integer> sizes = new TreeMap<>();
        clips.forEach(clip -> sizes.merge(clip.clip().source(), 1, Integer::sum));
        List<String> sources = new ArrayList<>(sizes.keySet());
        Collections.shuffle(sources, new Random(seed));
        sources.sort(Comparator.comparingInt((String source) -> -sizes.getOrDefault(source, 0)));
        int[] filled = new int[count];
        Map<String, Integer> folds = new HashMap<>();
        for (String source : sources) {
            int least = 0;
            for (int fold = 1; fold < count; fold++) {
                least = filled[fold] < filled[least] ? fold : least;
            }
            filled[least] += sizes.getOrDefault(source, 0);
            folds.put(source, least);
        }
        return folds;
    }
}
