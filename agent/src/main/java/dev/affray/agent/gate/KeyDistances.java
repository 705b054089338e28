package dev.affray.agent.gate;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * How the sizes of packets go with their distance from the key packet before them, in packets: an encoder often needs a few large ones after it, or spends less
 * until it is made up for. Learned while the scene was known to be quiet; taken out, what is left tells of the scene. Not thread-safe.
 */
final class KeyDistances {
    /** Those farther off are taken together. */
    private static final int FAR = 64;

    /** So many distances between key packets must be known. */
    private static final int LEARNED = 3;

    /** How much of what is known a new size changes, at least. */
    private static final double PACE = 0.02;

    private static final int MOST_UNCONFIRMED = 4096;

    private record Size(int distance, int bytes) {}

    private final double[] usual = new double[FAR + 1];
    private final int[] known = new int[FAR + 1];
    private final Deque<Size> unconfirmed = new ArrayDeque<>();
    private int distance;
    private double mean;

    /** A key packet came. */
    void key() {
        distance = 0;
    }

    /** Another packet came. Returns its size without what its distance adds or takes; as it is, while that is not known. */
    double flatten(int bytes) {
        distance = Math.min(FAR, distance + 1);
        unconfirmed.addLast(new Size(distance, bytes));
        if (unconfirmed.size() > MOST_UNCONFIRMED) {
            unconfirmed.removeFirst();
        }
        return hasLearned() && known[distance] >= LEARNED ? bytes * mean / usual[distance] : bytes;
    }

    /** What came since the last call was of a quiet scene. Returns whether enough is known now, and was not before. */
    boolean confirm() {
        boolean before = hasLearned();
        for (Size size : unconfirmed) {
            int at = size.distance;
            known[at]++;
            usual[at] += Math.max(PACE, 1.0 / known[at]) * (size.bytes - usual[at]);
        }
        if (!unconfirmed.isEmpty()) {
            unconfirmed.clear();
            mean = Arrays.stream(usual).filter(bytes -> bytes > 0).average().orElse(0);
        }
        return hasLearned() && !before;
    }

    /** What came since the last call may have been anything. */
    void discard() {
        unconfirmed.clear();
    }

    private boolean hasLearned() {
        return known[1] >= LEARNED;
    }
}
