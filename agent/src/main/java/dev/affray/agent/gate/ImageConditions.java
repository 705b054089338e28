package dev.affray.agent.gate;

import dev.affray.health.ImageCondition;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether the picture shows something at all, looking about once a second. What it says changes only when it has held for some time, a minute for
 * {@code FROZEN}, and the bounds for leaving a state are wider than those for entering it. Not thread-safe.
 */
public final class ImageConditions {
    /** Pictures nearer than this, in seconds, are not looked at. */
    private static final double APART = 1;

    /** How long a condition must hold, in seconds, and over how many pictures. */
    private static final double HOLDS = 10;

    private static final double FROZEN_HOLDS = 60;
    private static final int PICTURES = 3;

    /** Grey levels that nearly all of a dark picture stays below: at most so many to be dark, more to be dark no longer. */
    private static final int DARK = 24;

    private static final int DARK_NO_LONGER = 32;

    /** Mean difference of near pixels: at most so much to be covered, more to be covered no longer. */
    private static final double COVERED = 0.9;

    private static final double COVERED_NO_LONGER = 1.5;

    private @Nullable ImageCondition told;
    private @Nullable ImageCondition coming;
    private @Nullable Luma last;
    private double lastSeconds;
    private double comingSince;
    private double sameSince;
    private int pictures;

    /** What it is; null before enough pictures were seen. */
    public @Nullable ImageCondition now() {
        return told;
    }

    /** Takes a picture, at a time in seconds on any steady line. */
    public void add(Luma picture, double seconds) {
        Luma before = last;
        if (before != null && seconds - lastSeconds < APART) {
            return;
        }
        if (before == null || !before.sameAs(picture)) {
            sameSince = seconds;
        }
        last = picture;
        lastSeconds = seconds;
        ImageCondition seen = judge(picture, seconds);
        if (seen != coming) {
            coming = seen;
            comingSince = seconds;
            pictures = 0;
        }
        pictures++;
        boolean held = seconds - comingSince >= HOLDS && pictures >= PICTURES;
        if (held || seen == ImageCondition.FROZEN || told == ImageCondition.FROZEN) {
            told = seen;
        }
    }

    private ImageCondition judge(Luma picture, double seconds) {
        if (brightParts(picture) <= (told == ImageCondition.DARK ? DARK_NO_LONGER : DARK)) {
            return ImageCondition.DARK;
        }
        if (seconds - sameSince >= FROZEN_HOLDS) {
            return ImageCondition.FROZEN;
        }
        double bound = told == ImageCondition.COVERED ? COVERED_NO_LONGER : COVERED;
        return detail(picture) <= bound ? ImageCondition.COVERED : ImageCondition.OK;
    }

    /** The grey level that 98 of 100 pixels do not exceed. */
    private static int brightParts(Luma picture) {
        int[] counts = new int[256];
        for (int row = 0; row < Luma.HEIGHT; row++) {
            for (int column = 0; column < Luma.WIDTH; column++) {
                counts[picture.at(column, row)]++;
            }
        }
        int seen = 0;
        int level = -1;
        while (seen < Luma.WIDTH * Luma.HEIGHT * 0.98) {
            seen += counts[++level];
        }
        return level;
    }

    /** The mean difference of squares of two by two pixels that lie side by side, which noise hardly changes. */
    private static double detail(Luma picture) {
        double sum = 0;
        int count = 0;
        for (int row = 0; row < Luma.HEIGHT; row += 2) {
            for (int column = 2; column < Luma.WIDTH; column += 2) {
                sum += Math.abs(square(picture, column, row) - square(picture, column - 2, row));
                count++;
            }
        }
        return sum / count;
    }

    private static double square(Luma picture, int column, int row) {
        int sum = picture.at(column, row)
                + picture.at(column + 1, row)
                + picture.at(column, row + 1)
                + picture.at(column + 1, row + 1);
        return sum / 4.0;
    }
}
